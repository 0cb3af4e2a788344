"""Positions, boxes and distances on the ellipsoid.

Positions are degrees on WGS 84, latitude first. A box may cross the antimeridian: its west edge
is then east of its east edge, and `unwrapped` gives it with the east edge beyond 180.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8
"""mean radius of the Earth (IUGG), in metres"""

MERCATOR_LIMIT = 85.0
"""latitude in degrees beyond which Web Mercator is of no use"""

KEPT = 1024
"""distances at a time, for every language asks for the same"""


class LatLon(NamedTuple):
    """A position in degrees, latitude first."""

    lat: float
    lon: float


class Box(NamedTuple):
    """A bounding box in degrees; `west` exceeds `east` where it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def unwrapped(self) -> "Box":
        """Return the same box with `east` at least `west`, if need be beyond 180."""
        return self if self.east >= self.west else self._replace(east=self.east + 360)

    def beside(self, lon: float) -> "Box":
        """Return the same box unwrapped, its middle within half a turn of *lon*."""
        west, _, east, _ = self.unwrapped()
        middle = (west + east) / 2
        shift = beside(middle, lon) - middle
        return self._replace(west=west + shift, east=east + shift)


def length_m(points: Sequence[LatLon]) -> float:
    """Metres along the geodesics that join *points* in order; 0 for fewer than two.

    Source: Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), through `geopy.distance`.
    """
    return sum((_geodesic_m(a, b) for a, b in pairwise(points)), 0.0)


@lru_cache(maxsize=KEPT)
def _geodesic_m(start: LatLon, end: LatLon) -> float:
    from geopy.distance import geodesic  # noqa: PLC0415 - a tenth of a second that few need

    return float(geodesic(start, end).m)


def bearing(start: LatLon, end: LatLon) -> float:
    """Degrees clockwise from north, 0 to 360, of the straight line on the map between two points.

    It is the shorter way round the Earth at one bearing, a rhumb line.
    """
    (x, y), (x1, y1) = (_mercator(point, start.lon) for point in (start, end))
    return math.degrees(math.atan2(x1 - x, y1 - y)) % 360


def box_around(points: Iterable[LatLon]) -> Box:
    """Return the smallest box that holds *points*; `ValueError` if there are none.

    Of the two ways round the Earth it takes the shorter: the box leaves out the widest stretch of
    longitude without a point.
    """
    held = list(points)
    if not held:
        message = "no box lies around nothing"
        raise ValueError(message)
    lats = [point.lat for point in held]
    lons = sorted({_normal(point.lon) for point in held})
    gaps = [b - a for a, b in pairwise(lons)] + [lons[0] + 360 - lons[-1]]
    widest = max(range(len(gaps)), key=lambda i: (gaps[i], i))
    return Box(lons[(widest + 1) % len(lons)], min(lats), lons[widest], max(lats))


def circle_box(center: LatLon, radius_m: float) -> Box:
    """Return the box around a circle on the sphere, good to 0.5 %."""
    lat = math.degrees(radius_m / EARTH_RADIUS_M)
    lon = min(180.0, lat / max(0.01, math.cos(math.radians(center.lat))))
    return Box(
        _normal(center.lon - lon),
        max(-MERCATOR_LIMIT, center.lat - lat),
        _normal(center.lon + lon),
        min(MERCATOR_LIMIT, center.lat + lat),
    )


def corners(box: Box) -> tuple[LatLon, LatLon]:
    """Return the south-west and the north-east corner."""
    return LatLon(box.south, box.west), LatLon(box.north, box.east)


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around the corners of *boxes*; `ValueError` if there are none."""
    return box_around(corner for box in boxes for corner in corners(box))


def ring_of(box: Box) -> tuple[LatLon, ...]:
    """Return the closed outline of a box, counter-clockwise from the south-west."""
    west, south, east, north = box.unwrapped()
    return (
        LatLon(south, west),
        LatLon(south, east),
        LatLon(north, east),
        LatLon(north, west),
        LatLon(south, west),
    )


def center_of(box: Box) -> LatLon:
    """Return the middle of a box."""
    west, south, east, north = box.unwrapped()
    return LatLon((south + north) / 2, _normal((west + east) / 2))


def beside(lon: float, other: float) -> float:
    """Return *lon* shifted by full turns to within half a turn of *other*."""
    return lon + 360 * round((other - lon) / 360)


def winding(ring: Sequence[LatLon]) -> tuple[float, ...]:
    """Return how the outline of an area on Web Mercator bends at each corner: above 0 leftward."""
    plane = [_mercator(point, ring[0].lon) for point in ring]
    turns = []
    for index, (x, y) in enumerate(plane):
        (x0, y0), (x1, y1) = plane[index - 1], plane[(index + 1) % len(plane)]
        turns.append((x - x0) * (y1 - y) - (y - y0) * (x1 - x))
    return tuple(turns)


def _mercator(point: LatLon, lon: float) -> tuple[float, float]:
    """Return where a point lies on Web Mercator, in radians, its x within half a turn of *lon*."""
    lat = math.radians(max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, point.lat)))
    return math.radians(beside(point.lon, lon)), math.atanh(math.sin(lat))


def _normal(lon: float) -> float:
    """Return a longitude in [-180, 180); 180 itself stays, so that a box may end there."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
