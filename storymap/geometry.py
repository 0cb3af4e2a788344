"""Positions, boxes and distances on the ellipsoid.

Positions are degrees on WGS 84, latitude first. A box may cross the antimeridian: its west edge
is then east of its east edge, and `unwrapped` gives it with the east edge beyond 180.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8
"""mean radius of the Earth (IUGG), in metres"""

MERCATOR_LIMIT = 85.0
"""latitude in degrees beyond which Web Mercator is of no use"""

NEAR_POLE = 89.9999
"""latitude in degrees that stands for a pole, which lies infinitely far off on Web Mercator"""

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
    (x, y), (x1, y1) = (_mercator(point, start.lon, NEAR_POLE) for point in (start, end))
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
    _, last = _widest_gap(lons, lons)
    return Box(lons[(last + 1) % len(lons)], min(lats), lons[last], max(lats))


def circle_box(center: LatLon, radius_m: float) -> Box:
    """Return the box around a circle on the sphere, good to 0.5 %; round a pole it is a cap."""
    lat = math.degrees(radius_m / EARTH_RADIUS_M)
    lon = lat / max(0.01, math.cos(math.radians(center.lat)))
    south, north = max(-90.0, center.lat - lat), min(90.0, center.lat + lat)
    if lon >= 180 or abs(center.lat) + lat >= 90:
        return Box(-180.0, south, 180.0, north)
    return Box(_normal(center.lon - lon), south, _normal(center.lon + lon), north)


def corners(box: Box) -> tuple[LatLon, LatLon]:
    """Return the south-west and the north-east corner."""
    return LatLon(box.south, box.west), LatLon(box.north, box.east)


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds *boxes*; `ValueError` if there are none."""
    held = list(boxes)
    if not held:
        message = "no box lies around nothing"
        raise ValueError(message)
    spans = sorted((_normal(box.west), _normal(box.east)) for box in held)
    reaches = list(accumulate(((east + 360 * (east < west), east) for west, east in spans), max))
    reach, edge = reaches[-1]  # which may go on beyond the antimeridian
    reaches = [max(each, (reach - 360, edge)) for each in reaches]
    gap, last = _widest_gap([west for west, _ in spans], [reach for reach, _ in reaches])
    west, east = spans[(last + 1) % len(spans)][0], reaches[last][1]
    if gap <= 0:
        west, east = -180.0, 180.0
    return Box(west, min(box.south for box in held), east, max(box.north for box in held))


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


def northing(lat: float, limit: float = MERCATOR_LIMIT) -> float:
    """Return how far north on Web Mercator a latitude is, in radians; none is beyond *limit*."""
    return math.atanh(math.sin(math.radians(max(-limit, min(limit, lat)))))


def _mercator(point: LatLon, lon: float, limit: float = MERCATOR_LIMIT) -> tuple[float, float]:
    """Return where a point lies on Web Mercator, in radians, its x within half a turn of *lon*."""
    return math.radians(beside(point.lon, lon)), northing(point.lat, limit)


def _widest_gap(begins: Sequence[float], reaches: Sequence[float]) -> tuple[float, int]:
    """Return the widest gap between spans of longitude round the Earth, and the last before it.

    The spans are in order, and each reaches at least as far as those before it.
    """
    gaps = [begin - reach for reach, begin in zip(reaches, begins[1:], strict=False)]
    gaps.append(begins[0] + 360 - reaches[-1])
    return max(zip(gaps, range(len(gaps)), strict=True))


def _normal(lon: float) -> float:
    """Return a longitude in [-180, 180); 180 itself stays, so that a box may end there."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
