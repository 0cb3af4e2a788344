"""The atlas at the size of a stamp: a few paths in pixels, so small that a page may have hundreds.

Its borders are those of today.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from storymap.atlas.pack import layer
from storymap.atlas.periods import LINES, TODAY
from storymap.atlas.plane import Window
from storymap.atlas.shapes import areas, lines, path_data

RIVERS = range(4)
"""ranks in Natural Earth of the rivers that are drawn"""
BLEED = 4
"""pixels by which areas reach beyond the edges, so that no cut shows"""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The data of SVG paths, in whole pixels from the north-west corner."""

    land: str
    lakes: str
    rivers: str
    borders: str


def sketch(window: Window, width_px: int) -> Sketch:
    """Return what a map of a *window* shows that is *width_px* wide."""
    pixel = (window.right - window.left) / width_px
    region = shapely.box(*window)
    bled = shapely.buffer(region, BLEED * pixel, join_style="mitre")
    origin = round(window.left / pixel), round(window.top / pixel)
    today = (range(rank, rank + 1) for rank, periods in enumerate(LINES) if TODAY in periods)
    borders = [lines(layer("borders"), region, pixel, rank) for rank in today]
    return Sketch(
        land=path_data(areas(layer("land"), bled, pixel), origin),
        lakes=path_data(areas(layer("lakes"), bled, pixel), origin),
        rivers=path_data(lines(layer("rivers"), region, pixel, RIVERS), origin),
        borders=path_data(np.concatenate(borders), origin),
    )
