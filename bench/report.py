"""Measures everything that has a limit, compares pages, and writes docs/performance.md.

    .venv/bin/python bench/report.py            about six minutes; ends with 1 where a limit is
                                                missed or a page failed
    .venv/bin/python bench/report.py --smoke    each once and small, limits shown but not held;
                                                prints the page and writes nothing

Run it on a machine that has nothing else to do. STORYMAP_BROWSER may name the browser's program.
"""

import argparse
import math
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import compare
import pages
import processes
import run
import scale
from playwright.sync_api import sync_playwright
from table import Row

sys.path.insert(0, str(processes.ROOT))
import hatch_build

PAGE = processes.ROOT / "docs" / "performance.md"
BUDGET_S = 350
"""in which it begins no further round of pages, as far as it can tell"""
RUNS, FEW = 5, 3
CALM = 1.0
"""the highest load of a machine that has nothing else to do"""
FLIGHTS = 10
"""steps whose frames are counted"""

LIMITS = ("", "median", "range", "limit", "")
Large = tuple[Sequence[int], int, Sequence[int]]

TEXT = """\
# Performance

<!-- Written by bench/report.py; what is changed here by hand is lost. -->

What pages cost, beside those of other tools. Measured on {date}, on a machine with
{machine}.

{calm}

To repeat it, on a machine that has nothing else to do: `.venv/bin/python bench/report.py`
([Contributing](../CONTRIBUTING.md) says how the environment is set up). It takes
about {minutes} minutes and writes this page.

## Pages beside each other

Stories made up from a seed, the same for every tool; pages are opened from a disk, in turns, with
the processor throttled {throttling} times, as on an old school computer. Medians of {rounds}.

{pages}

- **Storymap** tells the story in steps, and carries everything in one file: atlas, runtime, texts.
- **folium, markers** is the page that folium makes of the same gazetteer, each place a marker with
  popup and tooltip. It has no steps, and no base map here: its tiles come from a network.
- **folium, time slider** is folium's `Timeline` with the places of each step, and no texts.
- **empty page** and **Leaflet alone**, a map with nothing on it, are the floor.
- **files** counts what a page loads, itself included; **KB** is their size on the disk. folium
  names its files at addresses of a network; here they lie on the same disk, which is faster.
- **ready** is when a reader can read and step, and that is on the screen. A Storymap page shows
  the places that no step names after that: **places drawn**.
- **step** lasts from the reader's wish to the first frame that shows it; flights go on after it.
- **longest task** keeps the page from answering: while it loads, and while it steps.
- **heap** is what scripts and the document keep when all garbage is collected.

## Limits on its own story

What this project has set itself for the story in `places`. Medians of {runs}, of {few} where it
takes long, of {saves} saves; "4x" is the throttling.

{own}

## Limits on larger stories

Made up from a seed, measured once, and not throttled; builds in the time of the processor. What is
"beyond none" is more than the same tool's page of the thirty places that steps name.

{larger}

Many stories at once have a bench of their own, `bench/library.py`: two processes build them at
least 1.7 times as fast as one, and no process grows with their number.

## Who is not in the table

- **StoryMapJS** (Knight Lab) is in no package registry: neither `storymapjs`, `storymap-js` nor
  `@knight-lab/storymapjs` is on npm. `django-story-map`, on PyPI, shows stories with the script
  of Knight Lab's own server, so it needs a network.
- **leaflet-storymaps-with-google-sheets** (HandsOnDataViz) is a template to be copied on GitHub,
  in no package registry; its scripts and its tiles come from a network.
- **ArcGIS StoryMaps** and what is hosted elsewhere make no page that opens without their servers;
  templates for Mapbox need its tokens and its servers.

What could not be run was not measured, and nothing here was made to look like it.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured."""

    own: list[Row]
    """what has a limit on the project's own story"""
    larger: list[Row]
    """what has one on larger stories"""
    found: list[compare.Found]
    browser: str
    """the version of what showed pages"""
    load: float
    """processes that the machine had to run before"""
    taken: float
    """seconds in which all was measured"""

    @property
    def failed(self) -> bool:
        """Whether a page that is compared could not be."""
        return any(each.failure for each in self.found)

    @property
    def missed(self) -> bool:
        """Whether a limit is."""
        return any(row.missed for row in (*self.own, *self.larger))


def written(all_of_it: Measured) -> str:
    """Return the page."""
    rounds = max((len(each.ready) for each in all_of_it.found), default=0)
    return TEXT.format(
        date=f"{datetime.now(UTC):%-d %B %Y}",
        machine=_machine(all_of_it.browser),
        calm=_calm(all_of_it.load),
        minutes=math.ceil(all_of_it.taken / 60),
        throttling=pages.THROTTLING,
        runs=RUNS,
        few=FEW,
        saves=run.SAVES,
        rounds="one round" if rounds == 1 else f"{rounds} rounds",
        pages=_table(compare.TITLES, [each.cells() for each in all_of_it.found], named=1),
        own=_table(LIMITS, [row.cells() for row in all_of_it.own], named=1),
        larger=_table(LIMITS, [row.cells() for row in all_of_it.larger], named=1),
    )


def _machine(browser: str) -> str:
    """Tell what measured, without its name."""
    return (
        f"{os.cpu_count()} processors ({_processor()}), {platform.system()}, "
        f"Python {platform.python_version()} and Chromium {browser}"
    )


def _processor() -> str:
    """Return the processor's model."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())


def _calm(load: float) -> str:
    """Tell what the machine did before it measured."""
    if load > CALM:
        return f"**It had other work (a load of {load:.1f}): its times are not to be relied on.**"
    return f"Its load was {load:.1f} before."


def _table(titles: Sequence[str], lines: Sequence[Sequence[str]], *, named: int) -> str:
    """Return a table whose first columns, *named*, are words, and the others figures."""
    rule = ["---"] * named + ["---:"] * (len(titles) - named)
    cells = (titles, rule, *lines)
    return "\n".join("| " + " | ".join(line) + " |" for line in cells)


def measured(*, smoke: bool) -> Measured:
    """Measure everything."""
    load, started = os.getloadavg()[0], time.monotonic()
    large: Large = scale.SIZES, scale.COMPARED, scale.STEPS
    sizes: compare.Sizes = compare.STEPS, compare.PLACES
    runs, few, saves, flights, rounds = RUNS, FEW, run.SAVES, FLIGHTS, compare.ROUNDS
    if smoke:
        large = (0, 1_000, 2_000), 1_000, (20, 40)
        sizes = compare.SMALL_STEPS, compare.SMALL_PLACES
        runs, few, saves, flights, rounds = 1, 1, 1, 1, 1
    # first, while this process is small: a child's peak of memory is no less than its parent's
    larger = attempt("larger stories", lambda: scale.measured(1, *large))
    own = attempt("its own story", lambda: run.measured(runs, few, saves, flights))
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=run.program(), args=run.FLAGS)
        found = compare.measure(browser, Path(name) / "pages", sizes, rounds, started + BUDGET_S)
        version = browser.version
        browser.close()
    return Measured(own, larger, found, version, load, time.monotonic() - started)


def attempt(what: str, measure: Callable[[], list[Row]]) -> list[Row]:
    """Return what is measured or, where that fails, a line that says so and misses its limit."""
    try:
        return measure()
    except Exception as fault:  # noqa: BLE001 - the other measurements shall be kept
        reason = (str(fault).strip() or type(fault).__name__).splitlines()[-1]
        return [Row(f"{what}: failed: {reason}", math.nan, "")]


def main() -> int:
    """Write the page; return 1 where a limit is missed or a page failed."""
    parser = argparse.ArgumentParser(description="Measure everything and write the page of it.")
    parser.add_argument("--smoke", action="store_true", help="once and small, nothing is written")
    smoke = parser.parse_args().smoke
    hatch_build.install_packages(Path(__file__).parent)
    all_of_it = measured(smoke=smoke)
    page = written(all_of_it)
    print(page)
    if smoke:
        return int(all_of_it.failed)
    PAGE.write_text(page, encoding="utf-8")
    return int(all_of_it.failed or all_of_it.missed)


if __name__ == "__main__":
    sys.exit(main())
