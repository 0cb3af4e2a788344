"""Measures large gazetteers and long stories against folium, and prints one table.

    .venv/bin/python bench/scale.py            medians of three; ends with 1 where a limit is missed
    .venv/bin/python bench/scale.py --smoke    once each, smaller, limits shown but not held

Both tools make pages of the same CSV; what counts is time, bytes and heap beyond the same tool's
page of the story's own thirty places. A page is timed until its points are painted, ours too,
though it is ready before that.
"""

import argparse
import math
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import many
import pages
import peer
from pages import STEP, STORY_READY, heap_mb, opened
from playwright.sync_api import Browser, sync_playwright
from processes import ROOT
from run import FLAGS, program
from table import Row, row

sys.path.insert(0, str(ROOT))
import hatch_build

RUNS = 3
SIZES = (0, 1_000, 10_000, 100_000)
COMPARED = 10_000
STEPS = (20, 500)
TENTH, QUARTER = 0.1, 0.25

DOTS_READY: pages.Ready = (
    "document.querySelector('.leaflet-further-pane canvas')",
    "childList: true",
)
DRAGS = ((-300, 60), (260, -120), (-200, 100), (240, -40)) * 2
COUNT = """() => {
    bench.frames = 0
    bench.started = performance.now()
    bench.counting = true
    requestAnimationFrame(function take() {
        bench.frames += 1
        if (bench.counting) requestAnimationFrame(take)
    })
}"""
COUNTED = """() => {
    bench.counting = false
    return 1000 * (bench.frames - 1) / (performance.now() - bench.started)
}"""
STEP_TIME = """() => new Promise((done) => {
    const started = performance.now()
    storymap.next()
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)))
})"""
REST = 0.4  # seconds between steps


@dataclass(slots=True)
class Made:
    """What making a page came to, each of its runs."""

    seconds: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)
    """memory of the whole process"""
    size: int = 0
    """bytes of the page"""


@dataclass(slots=True)
class Opened:
    """What opening a page came to, each of its runs."""

    painted: list[float] = field(default_factory=list)
    """milliseconds until all points are on the screen"""
    ready: list[float] = field(default_factory=list)
    heap: list[float] = field(default_factory=list)
    """megabytes after a collection of garbage, with what is kept outside of the script's heap"""
    steps: list[float] = field(default_factory=list)
    """milliseconds from a step to its first frame"""


def make(made: Made, page: Path, *arguments: str) -> None:
    """Run Python with these arguments, which make *page*; note its time and peak memory.

    The time is that of the processor, so that what else the machine does counts less.
    """
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    null = os.open(os.devnull, os.O_WRONLY)
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, *arguments],
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)],
    )
    _, status, usage = os.wait4(child, 0)
    made.seconds.append(usage.ru_utime + usage.ru_stime)
    os.close(null)
    if status:
        message = f"{' '.join(arguments)} failed"
        raise RuntimeError(message)
    made.peak_mb.append(usage.ru_maxrss / 1000)
    made.size = page.stat().st_size


def open_page(found: Opened, browser: Browser, path: Path, ready: pages.Ready) -> None:
    """Open a page, not throttled; note how long it takes and what it keeps."""
    with opened(browser, path, ready, throttling=1) as page:
        found.painted.append(page.evaluate("bench.painted"))
        found.heap.append(heap_mb(page))


def pan(browser: Browser, path: Path) -> float:
    """Drag the map of a page about; return its frames a second."""
    with opened(browser, path, DOTS_READY, throttling=1) as page:
        x, y = page.evaluate("[innerWidth * 0.65, innerHeight * 0.45]")
        page.evaluate(COUNT)
        for across, down in DRAGS:
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x + across, y + down, steps=25)
            page.mouse.up()
        return float(page.evaluate(COUNTED))


def step_through(found: Opened, browser: Browser, path: Path) -> None:
    """Open a story and go some steps into it."""
    with opened(browser, path, STORY_READY, throttling=1) as page:
        found.ready.append(page.evaluate("bench.ready"))
        page.evaluate(STEP)  # what is made once is made
        for _ in range(6):
            found.steps.append(page.evaluate(STEP_TIME))
            time.sleep(REST)


def beyond(of: Sequence[float], base: Sequence[float]) -> float:
    """Return by how much the one median is more than the other."""
    return median(of) - median(base)


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """Return the power of its size with which something grows: 1 is in proportion."""
    logs = [(math.log(size), math.log(value)) for size, value in zip(sizes, values, strict=True)]
    x, y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    slope = sum((a - x) * (b - y) for a, b in logs) / sum((a - x) ** 2 for a, _ in logs)
    return float(slope)


def measured(runs: int, sizes: Sequence[int], compared: int, steps: Sequence[int]) -> list[Row]:
    """Measure everything."""
    made = {size: Made() for size in sizes}
    seen = {size: Opened() for size in sizes}
    peers = {size: (Made(), Opened()) for size in (0, compared)}
    told = {count: Opened() for count in steps}
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        stories = {n: many.write_story(folder / f"p{n}", places=n, steps=20) for n in sizes}
        long = {n: many.write_story(folder / f"s{n}", places=0, steps=n) for n in steps}
        page = {path: path / "out" / "index.html" for path in (*stories.values(), *long.values())}
        for _ in range(runs):
            for size, story in stories.items():
                build = ("-m", "storymap", "build", str(story), "-o", str(story / "out"))
                # in one process, whose memory is all that it takes
                make(made[size], page[story], *build, "--jobs", "1")
            for size, (peer_made, _) in peers.items():
                path = folder / f"peer{size}.html"
                make(peer_made, path, peer.__file__, str(stories[size]), str(path))
        for story in long.values():
            build = ("-m", "storymap", "build", str(story), "-o", str(story / "out"))
            make(Made(), page[story], *build)
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        for _ in range(runs):
            for size, story in stories.items():
                open_page(seen[size], browser, page[story], DOTS_READY if size else STORY_READY)
            for size, (_, peer_seen) in peers.items():
                path = folder / f"peer{size}.html"
                markers = "document.querySelectorAll('.leaflet-marker-icon').length"
                drawn = f"{markers} === {size + many.TOLD}"
                open_page(peer_seen, browser, path, (drawn, "childList: true"))
            for count, story in long.items():
                step_through(told[count], browser, page[story])
        rates = [pan(browser, page[stories[sizes[-1]]]) for _ in range(runs)]
        browser.close()
    return [
        *_against(made, seen, peers, compared),
        *_growth(made, seen, sizes),
        row(f"frames a second while panning {sizes[-1]:,} places", rates, "fps", least=30),
        *_long(told, steps),
    ]


def _against(
    made: dict[int, Made],
    seen: dict[int, Opened],
    peers: dict[int, tuple[Made, Opened]],
    compared: int,
) -> list[Row]:
    (none, none_seen), (other, other_seen) = peers[0], peers[compared]
    ours, ours_seen = made[compared], seen[compared]
    pairs = (
        ("build", ours.seconds, made[0].seconds, other.seconds, none.seconds, "s", TENTH),
        ("page", [ours.size], [made[0].size], [other.size], [none.size], "B", TENTH),
        (
            "painted",
            ours_seen.painted,
            seen[0].painted,
            other_seen.painted,
            none_seen.painted,
            "ms",
            TENTH,
        ),
        ("heap", ours_seen.heap, seen[0].heap, other_seen.heap, none_seen.heap, "MB", QUARTER),
    )
    rows = []
    for what, mine, mine_none, its, its_none, unit, most in pairs:
        own, foreign = beyond(mine, mine_none), beyond(its, its_none)
        rows += [
            Row(f"{what}: {compared:,} places beyond none, folium", foreign, unit),
            Row(f"{what}: {compared:,} places beyond none, ours", own, unit),
            Row(f"  {what} against folium", own / foreign, "x", most=most),
        ]
    return rows


def _growth(made: dict[int, Made], seen: dict[int, Opened], sizes: Sequence[int]) -> list[Row]:
    some = [size for size in sizes if size]
    rows = [row(f"build of {size:,} places", made[size].seconds, "s") for size in sizes]
    large, larger = some[-2:]
    ratio = median(made[larger].seconds) / median(made[large].seconds)
    rows.append(Row(f"  {larger:,} against {large:,}", ratio, "x", most=12))
    rows += [row(f"peak memory, {size:,} places", made[size].peak_mb, "MB") for size in sizes]
    rows += [Row(f"page of {size:,} places", made[size].size / 1000, "KB") for size in sizes]
    rows += [row(f"painted, {size:,} places", seen[size].painted, "ms") for size in sizes]
    rows += [row(f"heap, {size:,} places", seen[size].heap, "MB") for size in sizes]
    for what, of in (
        ("build", {size: made[size].seconds for size in sizes}),
        ("page", {size: [made[size].size] for size in sizes}),
        ("heap", {size: seen[size].heap for size in sizes}),
    ):
        fit = exponent(some, [median(of[size]) for size in some])
        rows.append(Row(f"  {what} grows with the power of places", fit, "", most=1))
        added = beyond(of[larger], of[0]) / beyond(of[large], of[0])
        rows.append(Row(f"  beyond none, {larger:,} against {large:,}", added, "x"))
    return rows


def _long(told: dict[int, Opened], steps: Sequence[int]) -> list[Row]:
    rows = []
    for what, of in (
        ("ready", {count: told[count].ready for count in steps}),
        ("a step", {count: told[count].steps for count in steps}),
    ):
        rows += [row(f"{what}, story of {count} steps", of[count], "ms") for count in steps]
        for few, more in pairwise(steps):
            ratio = median(of[more]) / median(of[few])
            rows.append(Row(f"  {more} steps against {few}", ratio, "x", most=2))
    return rows


def main() -> int:
    """Print the table; return 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description="Measure large gazetteers against folium.")
    parser.add_argument("--smoke", action="store_true", help="once each, smaller, limits not held")
    smoke = parser.parse_args().smoke
    hatch_build.install_packages(Path(__file__).parent)
    if smoke:
        rows = measured(1, (0, 1_000, 2_000), 1_000, (20, 40))
    else:
        rows = measured(RUNS, SIZES, COMPARED, STEPS)
    print(f"{'':<48}{'median':>10}   {'range':<18}limit")
    print(*rows, sep="\n")
    return int(not smoke and any(row.missed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
