"""The atlas: what each part of it weighs in a page, and what taking it for a story costs."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from processes import ROOT

LAYERS = {
    "coasts": ("land",),
    "lakes": ("lakes",),
    "rivers": ("rivers-1", "rivers-2", "rivers-3"),
    "borders": ("borders", "parts", "areas"),
}
"""part of the atlas -> layers of its paths"""

RELIEF = re.compile('<image x="[^>]*>')
PATH = re.compile('<path id="[^"]*" class="sm-a" data-layer="([^"]*)"[^>]*>')
DATA = re.compile('<script type="application/json" id="storymap-data">(.*?)</script>')

TAKING = """
import time
from pathlib import Path
from storymap import scenes
from storymap.reading import read_story
story, _ = read_story(Path("places"))
layout = scenes.lay_out(story, story.language)
extent = layout.cover.frame, [scene.frame for scene in layout.scenes]
started = time.perf_counter()
from storymap import atlas
atlas.cover(*extent)
taken = time.perf_counter()
atlas.cover(*extent)
print(taken - started, time.perf_counter() - taken)
"""


@dataclass(slots=True)
class Takings:
    """Seconds that taking the atlas for a story's extent took, in a process of its own."""

    cold: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)


def takings(runs: int) -> Takings:
    """Take the atlas for the story twice in each of some processes."""
    found = Takings()
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", TAKING], cwd=ROOT, check=True, capture_output=True, text=True
        )
        cold, again = map(float, done.stdout.split())
        found.cold.append(cold)
        found.again.append(again)
    return found


def shares(page: str) -> Mapping[str, int]:
    """Return part of the atlas -> bytes of it in a page."""
    drawn = [(path[1], len(path[0])) for path in PATH.finditer(page)]
    labels = json.loads(DATA.findall(page)[0])["labels"]
    return {
        "relief": sum(map(len, RELIEF.findall(page))),
        **{
            part: sum(weight for layer, weight in drawn if layer in layers)
            for part, layers in LAYERS.items()
        },
        "lettering": len(json.dumps(labels, ensure_ascii=False, separators=(",", ":")).encode()),
    }
