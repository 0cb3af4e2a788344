"""The lettering of a story's map: names for orientation where the story has none of its own.

What the story names it labels itself, under the name of the step's date; a name of the atlas for
the same thing is left out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from storymap.atlas.lettering import Kind, Name, View, holding, names_in
from storymap.dates import When
from storymap.geometry import Box, beside
from storymap.model import Place, Precision
from storymap.scenes import Layout

SAME_TOWN_DEGREES = 0.045
"""distance, 5 km, within which a town of the atlas is the story's"""
CLOSE_ZOOM = 8.0
"""zoom from which the story's name of a country stands out of sight, in its middle"""
NAMES_MOST = 144
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


def lay_out(layout: Layout, bounds: Box) -> Lettering:
    """Return the lettering of a map inside *bounds*."""
    scenes = (layout.cover, *layout.scenes)
    dates = [scene.date for scene in scenes]
    distinct = tuple(dict.fromkeys((*dates, None)))
    places = [laid.place for laid in layout.places if laid.at]
    names = names_in(
        bounds,
        [View(scene.frame, scene.camera.zoom if scene.camera else scene.zoom) for scene in scenes],
        wanted=lambda name: not _told(name, places) and _holds(name, distinct),
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


def _told(name: Name, places: Sequence[Place]) -> bool:
    """Tell whether the story itself names the town, or the country."""
    if name.kind is Kind.TOWN:
        return any(_is_town(place, name) for place in places)
    if name.from_zoom >= CLOSE_ZOOM:
        return False
    return any(name.text == own.text for place in places for own in place.names)


def _is_town(place: Place, town: Name) -> bool:
    """Tell whether a place is the town, and not merely something in it."""
    point = place.location.point
    if place.geonames == town.geonames:
        return True
    if point is None or place.location.precision is not Precision.SETTLEMENT:
        return False
    lat, lon = point.lat - town.at.lat, beside(point.lon, town.at.lon) - town.at.lon
    return math.hypot(lat, lon * math.cos(math.radians(point.lat))) < SAME_TOWN_DEGREES
