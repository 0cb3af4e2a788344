"""Frames of a throttled page: the longest while a reader pans, zooms and steps."""

from dataclasses import dataclass, field
from pathlib import Path

from pages import STEP, STORY_READY, THROTTLING, opened
from playwright.sync_api import Browser, Page

STEPS = 3
DRAGS = ((-260, 0), (160, 140), (120, -120))
"""pixels of each drag across and down"""
WHEEL_PX = (-240, -240, 360)

RECORD = """() => {
    let last = performance.now()
    bench.longest = 0
    bench.recording = true
    requestAnimationFrame(function take() {
        const now = performance.now()
        bench.longest = Math.max(bench.longest, now - last)
        last = now
        if (bench.recording) requestAnimationFrame(take)
    })
}"""
STOP = """() => new Promise((done) => setTimeout(() => {
    bench.recording = false
    done(bench.longest)
}, 600))"""
"""after what comes when all is at rest again"""
MIDDLE = """() => {
    const {left, top, width, height} = document.getElementById("sm-map").getBoundingClientRect()
    return [left + width / 2, top + height / 2]
}"""


@dataclass(slots=True)
class Longest:
    """The longest frame of each run, in milliseconds, throttled."""

    panning: list[float] = field(default_factory=list)
    zooming: list[float] = field(default_factory=list)
    stepping: list[float] = field(default_factory=list)


def longest(browser: Browser, story: Path, runs: int) -> Longest:
    """Pan, zoom and step through a story."""
    found = Longest()
    for _ in range(runs):
        with opened(browser, story, STORY_READY, THROTTLING) as page:
            page.evaluate(STEP)  # what is made once is made
            x, y = page.evaluate(MIDDLE)
            page.evaluate(RECORD)
            _pan(page, x, y)
            found.panning.append(page.evaluate(STOP))
            page.evaluate(RECORD)
            _zoom(page, x, y)
            found.zooming.append(page.evaluate(STOP))
            page.evaluate(RECORD)
            for _ in range(STEPS):
                page.evaluate(STEP)
            found.stepping.append(page.evaluate(STOP))
    return found


def _pan(page: Page, x: float, y: float) -> None:
    for across, down in DRAGS:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + across, y + down, steps=20)
        page.mouse.up()


def _zoom(page: Page, x: float, y: float) -> None:
    page.mouse.move(x, y)
    for distance in WHEEL_PX:
        page.mouse.wheel(0, distance)
        page.wait_for_timeout(700)
