"""Pages, timed from the inside of a browser."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

THROTTLING = 4  # times slower than this processor
LIMIT_S = 45
SETTLING = 1.0  # seconds in which a new window loads parts of its own

Ready = tuple[str, str]
"""a condition, and the changes of the document after which it is asked: no more than need be,
since telling of them takes a page time"""

STORY_READY: Ready = (
    'document.documentElement.dataset.storymap === "ready"',
    'attributeFilter: ["data-storymap"]',
)
PEER_READY = 'document.querySelectorAll(".leaflet-marker-icon").length === %d'
WATCH = """
    window.bench = {ready: 0, painted: 0, tasks: []}
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) bench.tasks.push(entry.duration)
    }).observe({type: "longtask", buffered: true})
    const watcher = new MutationObserver(() => {
        if (!(%s)) return
        watcher.disconnect()
        bench.ready = performance.now()
        requestAnimationFrame(() => setTimeout(() => { bench.painted = performance.now() }))
    })
    watcher.observe(document, {subtree: true, %s})
"""

STEP = """() => new Promise((done) => {
    const map = window[JSON.parse(document.getElementById("storymap-data").textContent).map]
    const started = performance.now()
    let frames = 0
    let flying = false
    const take = ({type}) => { flying = type === "movestart" }
    map.on("movestart moveend", take)
    requestAnimationFrame(function count(now) {
        frames += 1
        if (flying || now - started < 1000) return requestAnimationFrame(count)
        map.off("movestart moveend", take)
        done(1000 * (frames - 1) / (now - started))
    })
    storymap.next()
})"""


@dataclass(slots=True)
class Loads:
    """What loading pages came to, in milliseconds, throttled."""

    story: list[float] = field(default_factory=list)
    """when the story was ready, as the contract has it"""
    painted: list[float] = field(default_factory=list)
    """when that was on the screen, with names and time axis"""
    peer: list[float] = field(default_factory=list)
    """when the peer's markers were painted"""
    longest_tasks: list[float] = field(default_factory=list)
    """the longest task of each of the story's loads and its first steps; 0 if none took 50 ms"""


def load(browser: Browser, story: Path, peer: Path, markers: int, runs: int) -> Loads:
    """Load the story and the peer in turns."""
    loads = Loads()
    peer_ready = (PEER_READY % markers, "childList: true")
    for _ in range(runs):
        with opened(browser, peer, peer_ready, THROTTLING) as page:
            loads.peer.append(page.evaluate("bench.painted"))
        with opened(browser, story, STORY_READY, THROTTLING) as page:
            loads.story.append(page.evaluate("bench.ready"))
            loads.painted.append(page.evaluate("bench.painted"))
            for _ in range(3):
                page.evaluate(STEP)
            loads.longest_tasks.append(page.evaluate("Math.max(0, ...bench.tasks)"))
    return loads


def transitions(browser: Browser, story: Path, most: int) -> list[float]:
    """Frames a second of each step of a story, from its start to the end of its flight."""
    with opened(browser, story, STORY_READY, throttling=1) as page:
        steps = page.evaluate("storymap.state().count")
        return [page.evaluate(STEP) for _ in range(min(most, steps))]


def heap_mb(page: Page) -> float:
    """Return what a page keeps after a collection of garbage, outside of the script's heap too."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    kept = ("usedSize", "embedderHeapUsedSize", "backingStorageSize")
    return float(sum(usage.get(name, 0) for name in kept)) / 1e6


@contextmanager
def opened(
    browser: Browser,
    path: Path,
    ready: Ready,
    throttling: int,
    requests: set[str] | None = None,
) -> Iterator[Page]:
    """Open a page in a window of its own, and wait until it is ready and painted.

    The addresses that it asks for are added to *requests*.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    if requests is not None:
        page.on("request", lambda request: requests.add(request.url))
    try:
        page.add_init_script(WATCH % ready)
        session = page.context.new_cdp_session(page)
        time.sleep(SETTLING)
        session.send("Emulation.setCPUThrottlingRate", {"rate": throttling})
        page.goto(path.as_uri())
        limit = time.monotonic() + LIMIT_S
        while not page.evaluate("bench.painted"):  # not `wait_for_function`: it needs `eval`
            if time.monotonic() > limit:
                message = f"{path.name} was not painted in {LIMIT_S} s"
                raise TimeoutError(message)
            time.sleep(0.05)
        yield page
    finally:
        page.close()
