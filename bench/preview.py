"""The preview, timed from the save of a file to the page in the browser."""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser
from processes import ROOT

sys.path.insert(0, str(ROOT))
from storymap import pipeline

STEP, FILE = "journey", "090-journey.md"
"""the step that is read, and the file that is edited"""
LIMIT_S = 30
PAUSE_S = 1
"""between saves: nobody saves again while the last page is still being painted"""

STORY = "document.querySelector('iframe:not([aria-hidden])')"
NOTE = f"""
    window.painted = []
    const watched = {{childList: true, attributes: true, subtree: true}}
    new MutationObserver(() => {{
        const story = {STORY}
        if (!story) return
        const title = story.contentDocument.querySelector("#{STEP} h2").textContent
        if (title === painted.at(-1)?.title) return
        const step = story.contentWindow.storymap.state().step
        requestAnimationFrame(() => setTimeout(() => painted.push({{title, step, at: Date.now()}})))
    }}).observe(document.getElementById("story"), watched)
"""
"""keeps, of each page that comes to be read, its step's title and when that was painted, in ms"""


def rebuilds(runs: int, folder: Path) -> list[float]:
    """Return the milliseconds in which a process makes the page of a copy, *folder*, again."""
    story = shutil.copytree(ROOT / "places", folder)
    pipeline.preview(story)
    taken = []
    for number in range(runs):
        retitle(story, f"Title {number}")
        started = time.perf_counter()
        pipeline.preview(story)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def reloads(browser: Browser, runs: int, folder: Path) -> list[float]:
    """Return the milliseconds from the save of an event in a copy to its step, painted anew."""
    story = shutil.copytree(ROOT / "places", folder)
    taken = []
    with served(story) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}#{STEP}")
        page.evaluate(NOTE)
        for number in range(runs + 1):  # the first one warms the browser up
            title = f"Title {number}"
            saved = retitle(story, title)
            limit = time.monotonic() + LIMIT_S
            while not (shown := page.evaluate("painted.at(-1)")) or shown["title"] != title:
                if time.monotonic() > limit:
                    message = f"{title!r} was not shown in {LIMIT_S} s"
                    raise TimeoutError(message)
                time.sleep(0.05)
            if shown["step"] != STEP:
                message = f"the preview went to {shown['step']!r}"
                raise RuntimeError(message)
            taken.append(shown["at"] - 1000 * saved)
            time.sleep(PAUSE_S)
        page.close()
    return taken[1:]


def retitle(story: Path, title: str) -> float:
    """Save the event under another title; return when, in seconds of the clock."""
    path = story / "events" / FILE
    text = re.sub("(?m)^title: .*$", f"title: {title}", path.read_text(encoding="utf-8"), count=1)
    saved = time.time()
    path.write_text(text, encoding="utf-8")
    return saved


@contextmanager
def served(story: Path) -> Iterator[str]:
    """Run `storymap serve` and give its address."""
    command = [sys.executable, "-m", "storymap", "serve", str(story), "--no-open"]
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=null, text=True) as server:
        try:
            yield next(iter(server.stdout or ())).strip()
        finally:
            server.send_signal(signal.SIGINT)
