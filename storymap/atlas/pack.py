"""The packed base map: whole-world lines, areas and relief of Natural Earth at 1:10 million.

Corners lie on a grid of a thousandth of a degree, about 100 m. They are kept as short steps from
one to the next, and not compressed, which is what makes the pack quick to open: a build waits for
it. The relief is light and shade in middle grey, in tiles of Web Mercator that a page takes as they
are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

GRID = 0.001
"""distance of the grid's lines in degrees"""

RELIEF_ZOOMS = range(4, 6)
"""zooms of Web Mercator for which there is a relief"""

DATA = files(__package__) / "data"
COLUMNS = ("steps", "far", "jumps", "lengths", "rings", "ranks")
"""of a layer: steps in the grid's units, which of them are farther than those can say, and how far;
corners of each line or ring, rings of each line or area, and its rank"""
PACK = DATA / "atlas.npz"
COUNTRIES = DATA / "countries.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Lines or areas of one kind, in degrees, as columns."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    lengths: NDArray[np.int64]
    """corners of each line or ring"""
    rings: NDArray[np.int64]
    """rings of each area, its outline first; 1 for each line"""
    ranks: NDArray[np.uint8]
    """importance of each line or area, 0 first"""
    bounds: tuple[NDArray[np.float64], ...]
    """west, south, east and north of each line or ring"""


@cache
def layer(name: str) -> Layer:
    """Return a layer of the pack: `land`, `lakes`, `rivers`, `borders` or `countries`."""
    home = COUNTRIES if name == "countries" else PACK
    with home.open("rb") as stream, np.load(stream) as pack:
        short, far, jumps, lengths, rings, ranks = (pack[f"{name}.{column}"] for column in COLUMNS)
    steps = short.astype(np.int32)
    steps[:, far] = jumps
    lon, lat = np.cumsum(steps, axis=1, dtype=np.int32) * GRID
    starts = np.cumsum(lengths, dtype=np.int64) - lengths
    bounds = (
        np.minimum.reduceat(lon, starts),
        np.minimum.reduceat(lat, starts),
        np.maximum.reduceat(lon, starts),
        np.maximum.reduceat(lat, starts),
    )
    return Layer(lon, lat, lengths.astype(np.int64), rings.astype(np.int64), ranks, bounds)


@cache
def relief(zoom: int) -> tuple[bytes, ...]:
    """Return the relief's tiles as WebP, row by row from the north-west; flat ones are empty."""
    with PACK.open("rb") as stream, np.load(stream) as pack:
        whole, lengths = pack[f"relief-{zoom}.bytes"].tobytes(), pack[f"relief-{zoom}.lengths"]
    ends = np.cumsum(lengths, dtype=int).tolist()
    return tuple(whole[start:end] for start, end in pairwise((0, *ends)))


def encoded(
    name: str, shapes: Sequence[shapely.Geometry], ranks: Sequence[int]
) -> dict[str, NDArray[Any]]:
    """Return the columns of a layer of lines or polygons whose corners lie on the grid."""
    lines = [ring for one in shapes for ring in _rings(one)]
    corners = np.rint(shapely.get_coordinates(lines) / GRID).astype(np.int32)
    steps = np.diff(corners, axis=0, prepend=np.zeros((1, 2), np.int32)).T
    (far,) = np.nonzero(np.abs(steps).max(axis=0) > np.iinfo(np.int16).max)
    short = steps.astype("<i2")
    short[:, far] = 0
    columns = (
        short,
        far.astype("<u4"),
        steps[:, far].astype("<i4"),
        shapely.get_num_coordinates(lines).astype("<u4"),
        np.array([len(_rings(one)) for one in shapes], "<u2"),
        np.array(ranks, np.uint8),
    )
    return {f"{name}.{column}": each for column, each in zip(COLUMNS, columns, strict=True)}


def _rings(one: shapely.Geometry) -> list[shapely.Geometry]:
    """Return a line as it is, a polygon as its outline and holes."""
    return list(shapely.get_rings(one)) or [one]
