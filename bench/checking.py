"""A gazetteer of ten thousand places, checked as YAML and as CSV.

The yardstick is what libyaml takes to compose the same YAML to nodes, of which nothing is checked.
"""

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from processes import ROOT

sys.path.insert(0, str(ROOT))
from storymap import checks

PLACES = 10_000
DATES = 200  # distinct ones

STORY = {
    "story.yaml": "format: 1\ntitle: Many\nlanguage: en\ncover: {promise: Many places.}\n",
    "events/010-first.md": "---\ntitle: First\nwhen: 1923\nplaces: [place-0]\n---\nText.\n",
}
PLACE = """\
- id: place-{n}
  names:
    - {{text: Selo {n}, language: en, kind: official, when: {start}/{end}}}
    - {{text: Село {n}, language: ru, kind: exonym}}
  location: {{point: [{lat}, {lon}], precision: settlement}}
  country: KZ
  geonames: {geonames}
"""
TITLES = "id,title,start,end,variants,lat,lon,ccodes,geonames\n"
ROW = "place-{n},Selo {n},{start},{end},Село {n}@ru,{lat},{lon},KZ,{geonames}\n"


@dataclass(slots=True)
class Timings:
    """Seconds of this processor that each took, in order."""

    compose: list[float] = field(default_factory=list)
    yaml: list[float] = field(default_factory=list)
    csv: list[float] = field(default_factory=list)


def measure(runs: int, folder: Path) -> Timings:
    """Compose and check in turns.

    Raises:
        RuntimeError: a gazetteer is not what it should be.
    """
    timings = Timings()
    text = gazetteer("", PLACE)
    as_yaml = write(folder / "yaml", "gazetteer.yaml", text)
    as_csv = write(folder / "csv", "gazetteer.csv", gazetteer(TITLES, ROW))
    for _ in range(runs):
        timings.compose.append(seconds(lambda: yaml.compose(text, yaml.CSafeLoader)))
        timings.yaml.append(seconds(lambda: check(as_yaml)))
        timings.csv.append(seconds(lambda: check(as_csv)))
    return timings


def gazetteer(head: str, form: str) -> str:
    """Return the places, each in the same *form*."""
    return head + "".join(
        form.format(
            n=n,
            start=1800 + n % (DATES // 2),
            end=1900 + n % (DATES // 2),
            lat=round(46 + n * 0.618_034 % 3.5, 5),
            lon=round(62.5 + n * 0.414_214 % 15, 5),
            geonames=1_000_000 + n,
        )
        for n in range(PLACES)
    )


def write(folder: Path, name: str, text: str) -> Path:
    """Write a story whose gazetteer is *text*."""
    for file, content in {**STORY, name: text}.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def check(folder: Path) -> None:
    """Check a story in which nothing is wrong."""
    found = checks.check(folder)
    if found:
        message = f"{len(found)} problems in {folder}, the first {found[0]}"
        raise RuntimeError(message)


def seconds(work: Callable[[], object]) -> float:
    """Return what *work* takes of this processor, without collecting garbage, as `storymap`."""
    gc.collect()
    gc.disable()
    started = time.process_time()
    work()
    taken = time.process_time() - started
    gc.enable()
    return taken
