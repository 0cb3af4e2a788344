"""Names for orientation: states, waters, mountains and the towns of the whole world.

A name knows the zooms at which a map may show it, and the dates at which it held: those of states
and of towns that were renamed. Waters and mountains carry the names of today.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storymap.atlas.plane import TILE, window_of, xs, ys
from storymap.dates import When, decimal_years, parse
from storymap.geometry import Box, LatLon

PACK = files(__package__) / "data" / "lettering.npz"
GRID = 0.001
"""degrees to which positions are kept"""
ZOOM_STEP = 0.1
"""to which zooms are kept"""
TODAY = "1993-01-01/.."
"""when the states of today hold"""
SCREEN_PX = 1440
"""width of the largest screen for which a view is thought"""
REACH_PX = (500, 340)
"""how far beyond a view's box, on the screen, its names may lie, across and along"""
CLOSER = 0.8
"""zooms by which a reader comes closer than a view before names run out"""


class Kind(StrEnum):
    """What is named, the kinds with the first claim to room first."""

    STATE = "state"
    SEA = "sea"
    LAKE = "lake"
    MOUNTAIN = "mountain"
    TOWN = "town"
    RIVER = "river"


@dataclass(frozen=True, slots=True)
class Name:
    """One name at one spot; long rivers and large states have several."""

    text: str
    at: LatLon
    kind: Kind
    from_zoom: float
    to_zoom: float
    """the name is gone from here on"""
    when: When | None
    """None for what is always called so here"""
    geonames: int
    """0 where unknown"""


@dataclass(frozen=True, slots=True)
class View:
    """A box that a map is to show, at most at a zoom."""

    box: Box
    zoom: float


def names_in(
    bounds: Box, views: Iterable[View], *, wanted: Callable[[Name], bool], most: int
) -> list[Name]:
    """Return the names inside *bounds* that the *views* and what is near them show.

    Of more than *most* that are *wanted* each view has its most important ones in turn. They come
    by kind, those for the smallest zooms first, on the copy of the world on which the bounds lie.
    """
    pack = _pack()
    west, south, east, north = bounds.unwrapped()
    middle = (west + east) / 2
    lon = pack["lon"] + 360 * np.rint((middle - pack["lon"]) / 360)
    inside = (west < lon) & (lon < east) & (south < pack["lat"]) & (pack["lat"] < north)
    (rows,) = np.nonzero(inside)
    x, y, from_zoom = xs(lon[rows]), ys(pack["lat"][rows]), pack["from"][rows]
    shown = [
        _shown(view, view.box.beside(middle), x, y, from_zoom) for view in dict.fromkeys(views)
    ]
    names = {
        place: name
        for place in np.nonzero(np.any(shown, axis=0))[0].tolist()
        if wanted(name := _name(pack, rows[place], float(lon[rows[place]])))
    }
    turns: dict[int, int] = {}
    for one in shown:
        (places,) = np.nonzero(one)
        ranked = places[np.argsort(from_zoom[places], kind="stable")].tolist()
        for turn, place in enumerate(place for place in ranked if place in names):
            turns[place] = min(turn, turns.get(place, turn))
    chosen = sorted(turns, key=lambda place: (turns[place], place))[:most]
    return [names[place] for place in sorted(chosen)]


def _shown(
    view: View,
    box: Box,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    from_zoom: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Tell which names a reader sees near a view, or when coming a little closer."""
    left, top, right, bottom = window_of(box)
    zoom = min(view.zoom, math.log2(SCREEN_PX / TILE / max(right - left, 1e-9)))
    pixels = TILE * 2 ** np.maximum(from_zoom, zoom)
    across = np.maximum(left - x, x - right) * pixels
    along = np.maximum(top - y, y - bottom) * pixels
    shown: NDArray[np.bool_] = (
        (across < REACH_PX[0]) & (along < REACH_PX[1]) & (from_zoom <= zoom + CLOSER)
    )
    return shown


def holding(names: Sequence[Name], when: When | None) -> list[int]:
    """Return the indexes of those dated names that hold in the middle of a date, or today.

    One day decides, so that no map has states together that never were neighbours.
    """
    begin, end = _years(when) if when else (None, None)
    known = [year for year in (begin, end) if year is not None]
    day = sum(known) / len(known) if known else math.inf
    return [index for index, name in enumerate(names) if name.when and _lasts(name.when, day)]


def _lasts(span: When, day: float) -> bool:
    """Tell whether a span holds a day, given in years; infinity is today."""
    begin, end = _years(span)
    return (begin is None or begin <= day) and (end is None or day < end)


_years = cache(decimal_years)


def encoded(names: Sequence[Name]) -> dict[str, NDArray[Any]]:
    """Return the columns of the pack, in the order of the names."""

    def joined(texts: Iterable[str]) -> NDArray[np.uint8]:
        return np.frombuffer("\n".join(texts).encode(), np.uint8)

    kinds = list(Kind)
    return {
        "text": joined(name.text for name in names),
        "when": joined(name.when.edtf if name.when else "" for name in names),
        "lat": np.array([round(name.at.lat / GRID) for name in names], np.int32),
        "lon": np.array([round(name.at.lon / GRID) for name in names], np.int32),
        "kind": np.array([kinds.index(name.kind) for name in names], np.uint8),
        "from": np.array([round(name.from_zoom / ZOOM_STEP) for name in names], np.uint8),
        "to": np.array([round(name.to_zoom / ZOOM_STEP) for name in names], np.uint8),
        "geonames": np.array([name.geonames for name in names], np.uint32),
    }


@cache
def _pack() -> dict[str, Any]:
    with PACK.open("rb") as stream, np.load(stream) as columns:
        pack: dict[str, Any] = dict(columns)
    for column in ("text", "when"):
        pack[column] = pack[column].tobytes().decode().split("\n")
    for column, unit in (("lat", GRID), ("lon", GRID), ("from", ZOOM_STEP), ("to", ZOOM_STEP)):
        pack[column] = np.round(pack[column] * unit, 3)
    return pack


def _name(pack: dict[str, Any], row: int, lon: float) -> Name:
    when = pack["when"][row]
    return Name(
        text=pack["text"][row],
        at=LatLon(float(pack["lat"][row]), round(lon, 3)),
        kind=list(Kind)[pack["kind"][row]],
        from_zoom=float(pack["from"][row]),
        to_zoom=float(pack["to"][row]),
        when=parse(when) if when else None,
        geonames=int(pack["geonames"][row]),
    )
