"""Pages of the same stories by several tools, measured in turns, and a floor beneath them.

    .venv/bin/python bench/compare.py            three rounds
    .venv/bin/python bench/compare.py --smoke    one, of small stories

The stories are those of `many.py`. A tool that fails says so in its line, and the others go on.
"""

import argparse
import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from urllib.request import url2pathname

import many
import peer
import processes
from pages import STORY_READY, THROTTLING, Ready, heap_mb, opened
from playwright.sync_api import Browser, Error, Page, sync_playwright
from run import FLAGS, program

sys.path.insert(0, str(processes.ROOT))
import hatch_build

EMPTY, LEAFLET, FOLIUM, SLIDER, OURS = (
    "empty page",
    "Leaflet alone",
    "folium, markers",
    "folium, time slider",
    "Storymap",
)

PEER = str(Path(peer.__file__))
CHILDREN = "childList: true"
MAP_PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>Leaflet</title>
<link rel="stylesheet" href="{style}"><script src="{script}"></script>
<body><div id="map" style="height: 100vh"></div>
<script>L.map("map").setView([48, 47], 4)</script>
"""

Sizes = tuple[Sequence[int], Sequence[int]]
"""how many steps stories have, and how many places that no step names, from 0 on"""

ROUNDS = 3
STEPS, PLACES = (12, 100, 500), (0, 1_000, 10_000)
SMALL_STEPS, SMALL_PLACES = (4, 5), (0, 20)
LIMIT_MS = 20_000
TURNS = 2
PAUSE_MS = 600
"""between two steps, in which the first one's flight ends"""
STEP = """() => new Promise((done, fail) => {{
    {tool}
    const before = now()
    const started = performance.now()
    next()
    requestAnimationFrame(function look() {{
        if (now() !== before) return setTimeout(() => done(performance.now() - started))
        if (performance.now() - started > {limit}) return fail(new Error("no step in time"))
        requestAnimationFrame(look)
    }})
}})"""
OUR_STEP = STEP.format(
    limit=LIMIT_MS,
    tool="const now = () => storymap.state().step; const next = () => storymap.next()",
)
SLIDER_STEP = STEP.format(
    limit=LIMIT_MS,
    tool="""const name = Object.keys(window).find((key) => key.startsWith("timeline_slider_"))
    const now = () => window[name].time; const next = () => window[name].next()""",
)
DRAWN = f"""() => new Promise((done, fail) => requestAnimationFrame(function look() {{
    if (document.querySelector(".leaflet-further-pane canvas")) return done(performance.now())
    if (performance.now() > {LIMIT_MS}) return fail(new Error("no places in time"))
    requestAnimationFrame(look)
}}))"""
"""when the places that no step names are on the map, which are drawn when all else is ready"""


@dataclass(frozen=True, slots=True)
class Case:
    """A page of a tool; *command* writes it, for Python."""

    tool: str
    path: Path
    ready: Ready
    steps: int | None = None
    places: int | None = None
    command: tuple[str, ...] = ()
    step: str = ""
    drawn_later: bool = False
    """whether places are drawn when the page is ready already"""


@dataclass(slots=True)
class Found:
    """What a page came to: seconds of its build, and of a throttled browser milliseconds."""

    case: Case
    build: list[float] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    """when all places were on the map"""
    step: list[float] = field(default_factory=list)
    """from the reader's wish to the frame that shows it"""
    task: list[float] = field(default_factory=list)
    """the longest of each load and its first steps; 0 if none took 50 ms"""
    heap: list[float] = field(default_factory=list)
    """MB of scripts and of the document, when what is not used is collected"""
    requests: int = 0
    size: int = 0
    """bytes of all files that the page loads, itself included"""
    failure: str = ""

    def cells(self) -> list[str]:
        """Return the line of the table."""
        case = self.case
        if self.failure:
            named = [case.tool, _count(case.steps), _count(case.places), f"failed: {self.failure}"]
            return named + [""] * (len(TITLES) - len(named))
        return [
            case.tool,
            _count(case.steps),
            _count(case.places),
            _middle(self.build, 2),
            f"{self.size / 1000:,.0f}",
            f"{self.requests}",
            _middle(self.ready, 0),
            _middle(self.drawn, 0),
            _middle(self.step, 0),
            _middle(self.task, 0),
            _middle(self.heap, 1),
        ]


TITLES = (
    "page",
    "steps",
    "places",
    "build, s",
    "KB",
    "files",
    "ready, ms",
    "places drawn, ms",
    "step, ms",
    "longest task, ms",
    "heap, MB",
)


def measure(
    browser: Browser,
    folder: Path,
    sizes: Sizes,
    rounds: int,
    until: float,
) -> list[Found]:
    """Measure all pages in turns.

    Args:
        browser: what shows them.
        folder: where they and their stories are written.
        sizes: of the stories.
        rounds: how often, at most.
        until: on the monotonic clock, when no further round shall end; the first one always does.
    """
    found = [Found(case) for case in cases(folder, *sizes)]
    for _ in range(rounds):
        started = time.monotonic()
        for each in found:
            if not each.failure:
                _take(browser, each)
        if 2 * time.monotonic() - started > until:
            break
    return found


def cases(folder: Path, steps: Sequence[int], places: Sequence[int]) -> Iterator[Case]:
    """Write the stories and yield their pages."""
    folder.mkdir()
    empty, leaflet = folder / "empty.html", folder / "leaflet.html"
    empty.write_text("<!DOCTYPE html><title>Empty</title>\n<body></body>\n", encoding="utf-8")
    (_, script), (_, style) = peer.assets("leaflet/dist/leaflet.js", "leaflet/dist/leaflet.css")
    leaflet.write_text(MAP_PAGE.format(script=script, style=style), encoding="utf-8")
    yield Case(EMPTY, empty, ("document.body", CHILDREN))
    yield Case(LEAFLET, leaflet, ('document.querySelector(".leaflet-tile-pane")', CHILDREN))
    for more in places:
        story = many.write_story(folder / f"places-{more}", places=more, steps=steps[0])
        yield _markers(story, many.TOLD + more)
        yield _ours(story, steps[0], many.TOLD + more)
        if not more:
            yield _slider(story, steps[0])
    for count in steps[1:]:
        story = many.write_story(folder / f"steps-{count}", places=0, steps=count)
        yield _slider(story, count)
        yield _ours(story, count, many.TOLD)


def _take(browser: Browser, found: Found) -> None:
    """Build a page and open it; or note why that fails."""
    try:
        if found.case.command:
            found.build.append(processes.seconds(*found.case.command))
        requests: set[str] = set()
        case = found.case
        with opened(browser, case.path, case.ready, THROTTLING, requests) as page:
            _read(page, found)
        files = [path_of(address) for address in requests if address.startswith("file:")]
        found.requests, found.size = len(files), sum(file.stat().st_size for file in files)
    except (Error, OSError, RuntimeError) as fault:  # OSError: TimeoutError is one
        found.failure = (str(fault).strip() or type(fault).__name__).splitlines()[-1]


def _read(page: Page, found: Found) -> None:
    found.ready.append(page.evaluate("bench.painted"))
    if found.case.places is not None:
        drawn = page.evaluate(DRAWN) if found.case.drawn_later else found.ready[-1]
        found.drawn.append(drawn)
    if found.case.step:
        for _ in range(TURNS):
            page.wait_for_timeout(PAUSE_MS)
            found.step.append(page.evaluate(found.case.step))
    found.task.append(page.evaluate("Math.max(0, ...bench.tasks)"))
    found.heap.append(heap_mb(page))


def path_of(address: str) -> Path:
    """Return the file at a file's address."""
    return Path(url2pathname(urlsplit(address).path))


def _markers(story: Path, places: int) -> Case:
    path = story.parent / f"folium-{places}.html"
    ready = (f'document.querySelectorAll(".leaflet-marker-icon").length === {places}', CHILDREN)
    return Case(FOLIUM, path, ready, places=places, command=(PEER, str(story), str(path)))


def _slider(story: Path, steps: int) -> Case:
    path = story.parent / f"slider-{steps}.html"
    ready = ('document.querySelector(".leaflet-marker-icon")', CHILDREN)
    command = (PEER, str(story), str(path), "--slider")
    return Case(SLIDER, path, ready, steps, command=command, step=SLIDER_STEP)


def _ours(story: Path, steps: int, places: int) -> Case:
    output = story.parent / f"{story.name}-built"
    command = ("-m", "storymap", "build", str(story), "-o", str(output))
    path = output / "index.html"
    later = places > many.TOLD
    return Case(OURS, path, STORY_READY, steps, places, command, OUR_STEP, drawn_later=later)


def _middle(samples: list[float], digits: int) -> str:
    return f"{median(samples):,.{digits}f}" if samples else ""


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def main() -> int:
    """Print the table; return 1 where a page failed."""
    parser = argparse.ArgumentParser(description="Measure pages of the same stories in turns.")
    parser.add_argument("--smoke", action="store_true", help="one round, of small stories")
    smoke = parser.parse_args().smoke
    hatch_build.install_packages(Path(__file__).parent)
    sizes: Sizes
    sizes, rounds = ((SMALL_STEPS, SMALL_PLACES), 1) if smoke else ((STEPS, PLACES), ROUNDS)
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        found = measure(browser, Path(name) / "pages", sizes, rounds, until=math.inf)
        browser.close()
    print(*(" | ".join(cells) for cells in (TITLES, *(each.cells() for each in found))), sep="\n")
    return int(any(each.failure for each in found))


if __name__ == "__main__":
    sys.exit(main())
