"""The lettering of a story's map: names for orientation where the story has none of its own.

What the story names it labels itself, under the name of the step's date; a name of the atlas for
the same thing is left out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from storymap.atlas.lettering import Kind, Name, View, holding, names_in
from storymap.dates import When
from storymap.exonyms import exonym
from storymap.geometry import Box, LatLon, beside
from storymap.model import Place, Precision
from storymap.scenes import Layout

SAME_TOWN_DEGREES = 0.045
"""distance, 5 km, within which a town of the atlas is the story's"""
CLOSE_ZOOM = 8.0
"""zoom from which the story's name of a country stands out of sight, in its middle"""
NAMES_MOST = 210
"""names that one map carries"""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Names for orientation, the kinds with the first claim to room first."""

    names: tuple[Name, ...]
    dated: tuple[tuple[int, ...], ...]
    """indexes of dated names that hold together"""
    scenes: tuple[int, ...]
    """for the cover and each scene, which of `dated` hold"""
    today: int
    """which of them hold now"""


def lay_out(layout: Layout, bounds: Box, language: str = "en") -> Lettering:
    """Return the lettering of a map inside *bounds*; live and static maps ask for the same.

    In all languages the same things are named.
    """
    scenes = (layout.cover, *layout.scenes)
    letters = _lay_out(
        tuple(laid.place for laid in layout.places if laid.at),
        tuple(scene.date for scene in scenes),
        tuple(View(s.frame, s.camera.zoom if s.camera else s.zoom) for s in scenes),
        bounds,
    )
    names = tuple(replace(name, text=exonym(name, language)) for name in letters.names)
    return replace(letters, names=names)


@lru_cache(maxsize=1)
def _lay_out(
    places: tuple[Place, ...],
    dates: tuple[When | None, ...],
    views: tuple[View, ...],
    bounds: Box,
) -> Lettering:
    """Return the lettering of scenes of these dates and views, in order."""
    distinct = tuple(dict.fromkeys((*dates, None)))
    own = _own(places)
    names = names_in(
        bounds,
        views,
        wanted=lambda name: not own.tells(name) and _holds(name, distinct),
        most=NAMES_MOST,
    )
    held = {date: tuple(holding(names, date)) for date in distinct}
    dated = tuple(dict.fromkeys(held.values()))
    return Lettering(
        names=tuple(names),
        dated=dated,
        scenes=tuple(dated.index(held[date]) for date in dates),
        today=dated.index(held[None]),
    )


def _holds(name: Name, dates: Sequence[When | None]) -> bool:
    """Tell whether a name is undated, or holds at one of the dates."""
    return not name.when or any(holding([name], date) for date in dates)


@dataclass(frozen=True, slots=True)
class _Own:
    """What the story itself names on the map."""

    texts: frozenset[str]
    towns: frozenset[int | None]
    """their numbers in GeoNames"""
    settlements: tuple[LatLon, ...]

    def tells(self, name: Name) -> bool:
        """Tell whether this is a town of the story, or a country that it names."""
        if name.kind is Kind.TOWN:
            near = any(_together(point, name.at) for point in self.settlements)
            return near or name.geonames in self.towns
        return name.from_zoom < CLOSE_ZOOM and name.text in self.texts


def _own(places: Sequence[Place]) -> _Own:
    settlements = (p for p in places if p.location.precision is Precision.SETTLEMENT)
    return _Own(
        texts=frozenset(name.text for place in places for name in place.names),
        towns=frozenset(place.geonames for place in places),
        settlements=tuple(p.location.point for p in settlements if p.location.point),
    )


def _together(point: LatLon, town: LatLon) -> bool:
    """Tell whether a settlement is the town, and not merely something near it."""
    lat = point.lat - town.lat
    if abs(lat) > SAME_TOWN_DEGREES:
        return False
    lon = beside(point.lon, town.lon) - town.lon
    return math.hypot(lat, lon * math.cos(math.radians(point.lat))) < SAME_TOWN_DEGREES
