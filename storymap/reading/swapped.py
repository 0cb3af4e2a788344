"""Coordinates that are in range both ways round and yet look swapped.

A place is judged by the country that it is said to lie in, and without one by the other places.
"""

from collections.abc import Sequence

from storymap.geometry import Box, LatLon
from storymap.model import Place
from storymap.problems import Problem, Severity
from storymap.reading.countries import boxes
from storymap.reading.entries import Entry
from storymap.reading.faults import Fault

_FAR, _NEAR = 10.0, 5.0
"""degrees from the box around the other places"""
_FEWEST = 2
"""other places that have to be there for a judgement"""


def swapped(entries: Sequence[Entry], places: Sequence[Place]) -> tuple[Problem, ...]:
    """Warn of the *places*, described by *entries*, whose latitude may be their longitude."""
    points = [place.location.point for place in places if place.location.point]
    lats = sorted(point.lat for point in points)
    lons = sorted(point.lon for point in points)
    problems = []
    for entry, place in zip(entries, places, strict=True):
        point = place.location.point
        if point is None or place.location.box or place.location.polygon:
            continue
        home = boxes().get(place.country)
        if home:
            suspicious = not _within(point, home) and _within(_turned(point), home)
        elif len(points) > _FEWEST:
            others = _others(point, lats, lons)
            suspicious = looks_swapped(point, others)
        else:
            suspicious = False
        if suspicious:
            problems.append(entry.problem(_fault(place, point), Severity.WARNING))
    return tuple(problems)


def looks_swapped(point: LatLon, others: Box) -> bool:
    """Tell whether *point* is far from all *others*, and would be among them the other way."""
    return not _within(point, others, _FAR) and _within(_turned(point), others, _NEAR)


def _turned(point: LatLon) -> LatLon:
    return LatLon(point.lon, point.lat)


def _within(point: LatLon, box: Box, margin: float = 0.0) -> bool:
    west, south, east, north = box.unwrapped()
    return south - margin <= point.lat <= north + margin and any(
        west - margin <= lon <= east + margin for lon in (point.lon, point.lon + 360)
    )


def _others(point: LatLon, lats: Sequence[float], lons: Sequence[float]) -> Box:
    """Box around all but *point*; *lats* and *lons* are sorted, and hold its own."""
    return Box(
        lons[lons[0] == point.lon],
        lats[lats[0] == point.lat],
        lons[-1 - (lons[-1] == point.lon)],
        lats[-1 - (lats[-1] == point.lat)],
    )


def _fault(place: Place, point: LatLon) -> Fault:
    message = f"latitude {point.lat:g} and longitude {point.lon:g} look swapped"
    where = f"in {place.country}" if place.country in boxes() else "among the other places"
    hint = f"[{point.lon:g}, {point.lat:g}] would lie {where}"
    return Fault(message, hint, ("location", "point"))
