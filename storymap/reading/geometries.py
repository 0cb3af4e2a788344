"""Geometries of GeoJSON as the data of a location, latitude first."""

from collections.abc import Iterator
from typing import Any

from storymap.reading.entries import Data
from storymap.reading.faults import Fault, Refused

_NO_LIST = Fault("expected coordinates, [longitude, latitude]")


def location_of(geometry: Any) -> dict[str, Data]:  # noqa: ANN401 - any JSON at all
    """Return the point and the outlines of a geometry; none where there is no geometry.

    Raises:
        Refused: it is something else than a place can be.
    """
    points, outlines = [], []
    for kind, coordinates in _shapes(geometry):
        if kind == "Point":
            points.append(_position(coordinates))
        elif kind == "Polygon":
            outlines.append(_outline(coordinates))
        elif kind == "MultiPolygon":
            outlines += map(_outline, _listed(coordinates))
        else:
            message = f"a place is a point or an area, and this is a {kind}"
            raise Refused(Fault(message, "use a Point, a Polygon or a MultiPolygon"))
    if len(points) > 1:
        raise Refused(Fault(f"a place has one point, and here are {len(points)}", "keep one"))
    location: dict[str, Data] = {"point": points[0]} if points else {}
    return location | {"polygons": outlines} if outlines else location


def _shapes(geometry: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - as above
    """Yield type and coordinates of each simple geometry in one that may be a collection."""
    waiting = [] if geometry is None else [geometry]
    while waiting:
        shape = waiting.pop(0)
        if not isinstance(shape, dict) or not isinstance(kind := shape.get("type"), str):
            raise Refused(Fault("this is no geometry of GeoJSON"))
        if kind == "GeometryCollection":
            waiting += _listed(shape.get("geometries"))
        else:
            yield kind, shape.get("coordinates")


def _outline(rings: Any) -> Data:  # noqa: ANN401 - as above
    if len(_listed(rings)) > 1:
        raise Refused(Fault("this polygon has holes, which a place cannot have", "leave them out"))
    positions = [_position(corner) for ring in rings for corner in _listed(ring)]
    return [*(positions[:-1] if positions and positions[0] == positions[-1] else positions)]


def _position(coordinates: Any) -> Data:  # noqa: ANN401 - as above
    if len(_listed(coordinates)) < 2 or not all(type(n) in (int, float) for n in coordinates):
        raise Refused(_NO_LIST)
    lon, lat = coordinates[:2]
    if 90 < abs(lat) <= 180 and abs(lon) <= 90:
        message = f"latitude {lat:g} and longitude {lon:g} look swapped"
        raise Refused(Fault(message, f"the longitude comes first here: {lat:g}, {lon:g}"))
    return [repr(lat), repr(lon)]


def _listed(value: Any) -> list[Any] | tuple[Any, ...]:  # noqa: ANN401 - as above
    if not isinstance(value, list | tuple):
        raise Refused(_NO_LIST)
    return value
