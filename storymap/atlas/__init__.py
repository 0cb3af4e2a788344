"""The built-in atlas: a base map of land and water that needs no network.

Each geometry is written once per level of detail, as an SVG path that the live map draws on a
canvas and static maps use as it is. Its coordinates are pixels of Web Mercator at `PLANE_ZOOM`.
"""

from storymap.atlas.base_map import PLANE_ZOOM, Atlas, Credit, Part, cover, excerpt
from storymap.atlas.periods import BORDERS, Border, periods_at
from storymap.atlas.sketch import Sketch, sketch

__all__ = [
    "BORDERS",
    "PLANE_ZOOM",
    "Atlas",
    "Border",
    "Credit",
    "Part",
    "Sketch",
    "cover",
    "excerpt",
    "periods_at",
    "sketch",
]
