"""Where positions lie among today's countries and off the coast, good to about two kilometres."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from storymap.atlas.pack import COUNTRIES, Layer, layer
from storymap.geometry import EARTH_RADIUS_M, LatLon

_DEGREE_KM = math.radians(EARTH_RADIUS_M / 1000)
_NEAR_DEGREES = 2.0
"""how far around a position land is looked for"""


def countries_at(points: Sequence[LatLon]) -> tuple[str, ...]:
    """Return the country that each of *points* lies in, as ISO 3166-1 code; empty for none."""
    codes, areas, owners = _countries()
    found = [""] * len(points)
    spots = np.reshape([(point.lon, point.lat) for point in points], (-1, 2))
    near, around = _tree().query(shapely.points(spots))
    for area in np.unique(around):
        some = near[around == area]
        for spot in some[shapely.intersects_xy(areas[area], *spots[some].T)].tolist():
            found[spot] = codes[owners[area]]
    return tuple(found)


def km_outside(point: LatLon, country: str) -> float | None:
    """Return how far from a country, by its ISO 3166-1 code, a position lies; 0 inside it.

    None for a country that the atlas does not know.
    """
    codes, areas, owners = _countries()
    own = areas[owners == codes.index(country)] if country in codes else areas[:0]
    return km_between(point, own) if len(own) else None


def km_off_shore(point: LatLon) -> float:
    """Return how far from all land a position lies, at least; 0 on land."""
    land = layer("land")
    west, south, east, north = land.bounds
    outlines = np.cumsum(land.rings) - land.rings
    wide = _NEAR_DEGREES / max(0.1, math.cos(math.radians(point.lat)))
    near = (
        (west[outlines] <= point.lon + wide)
        & (east[outlines] >= point.lon - wide)
        & (south[outlines] <= point.lat + _NEAR_DEGREES)
        & (north[outlines] >= point.lat - _NEAR_DEGREES)
    )
    if not near.any():
        return _NEAR_DEGREES * _DEGREE_KM
    return km_between(point, _polygons(land)[near])


def km_between(point: LatLon, shapes: Sequence[shapely.Geometry] | NDArray[np.object_]) -> float:
    """Return how far from the nearest of *shapes*, in degrees, a position lies; 0 inside it.

    It is measured on a plane that is true around the position.
    """
    shrink = math.cos(math.radians(point.lat))
    distances = [
        shapely.distance(
            shapely.transform(np.asarray(shapes), lambda corners: corners * (shrink, 1)),
            shapely.Point(lon * shrink, point.lat),
        ).min()
        for lon in (point.lon - 360, point.lon, point.lon + 360)
    ]
    return float(min(distances) * _DEGREE_KM)


@cache
def _countries() -> tuple[list[str], NDArray[np.object_], NDArray[np.uint8]]:
    """Codes of the countries, their areas, and which country each area is of."""
    with COUNTRIES.open("rb") as stream, np.load(stream) as pack:
        codes = pack["countries.codes"].tolist()
    packed = layer("countries")
    areas = _polygons(packed)
    shapely.prepare(areas)  # for thousands of positions, each of which is then found in no time
    return codes, areas, packed.ranks


@cache
def _tree() -> shapely.STRtree:
    return shapely.STRtree(_countries()[1])


def _polygons(packed: Layer) -> NDArray[np.object_]:
    corners = np.column_stack((packed.lon, packed.lat))
    rings = shapely.linearrings(
        corners, indices=np.repeat(np.arange(len(packed.lengths)), packed.lengths)
    )
    areas: NDArray[np.object_] = shapely.polygons(
        rings, indices=np.repeat(np.arange(len(packed.rings)), packed.rings)
    )
    return areas
