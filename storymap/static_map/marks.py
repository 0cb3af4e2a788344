"""Places on static maps: each as what it is to the scene, and no surer than anybody knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import shapely

from storymap.model import Precision
from storymap.scenes import Kind, LaidOutPlace, Layout, Scene
from storymap.static_map.labels import Rect, rect
from storymap.static_map.view import View

AREA_AT_LEAST = 12
"""the smallest radius at which an area still reads as one"""
SHAPE_AT_LEAST = 4
"""the same of an outline: a smaller one is a speck, and a circle or a point stands for it"""
TOLERANCE = 1.0
"""how far an outline may be off"""

Point = tuple[float, float]


class Role(StrEnum):
    """What a place is to a scene, the most important first."""

    CURRENT = "current"
    VISITED = "visited"
    STATION = "station"


RADIUS = {Role.CURRENT: 12, Role.VISITED: 6, Role.STATION: 4}
"""of the mark of each role, its casing included"""

MARKS = {
    id: f'<g id="{id}">'
    + "".join(f'<circle class="sm-s-{style}" r="{radius}"/>' for style, radius in circles)
    + "</g>"
    for id, circles in {
        "sm-s-mark": (("casing", 12), ("ring", 9.5), ("core", 6)),
        "sm-s-disc": (("casing", 12), ("core", 10)),
        "sm-s-badge": (("casing", 9), ("core", 8)),
    }.items()
}
"""id -> SVG of what is drawn often"""

FILLINGS = (
    '<radialGradient id="sm-s-soft">'
    + "".join(
        f'<stop class="sm-s-stop" offset="{offset}" stop-opacity="{opacity}"/>'
        for offset, opacity in ((0, 0.6), (0.55, 0.38), (1, 0.04))
    )
    + '</radialGradient><pattern id="sm-s-hatch" width="7" height="7" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="sm-s-hatching" d="M3.5 0V7"/></pattern><pattern id="sm-s-strokes" width=".03" '
    'height=".03" patternContentUnits="objectBoundingBox" patternTransform="rotate(45)">'
    '<path class="sm-s-stroke" d="M.015 0V.03"/></pattern>'
)
"""what the style fills areas with: a scene's with a soft edge or hatching, former states"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on one map."""

    index: int
    role: Role
    precision: Precision
    x: float
    y: float
    radius: float
    area: str = ""
    """SVG of an area, empty for a point"""

    @property
    def rect(self) -> Rect:
        """What it covers."""
        return rect(self.x, self.y, 2 * self.radius, 2 * self.radius)


def marks_of(
    layout: Layout, scene: Scene, view: View, frame: Rect, others: Sequence[int]
) -> list[Mark]:
    """Return the marks of a scene inside the frame, the most important first.

    Besides the scene's own places it shows the *others*, indexes of places, and stations; but of
    areas that are larger than the map only its own.
    """
    on_route = {stop for travel in scene.travels for stop in layout.routes[travel.route].stops}
    stations = (i for i in sorted(on_route) if layout.places[i].kind is Kind.STATION)
    roles = (
        (Role.CURRENT, scene.current),
        (Role.VISITED, others),
        (Role.STATION, stations),
    )
    marks = (_mark(layout.places[i], i, role, view) for role, indexes in roles for i in indexes)
    return [mark for mark in marks if mark and _belongs(mark, frame)]


def _belongs(mark: Mark, frame: Rect) -> bool:
    """Tell whether a mark, or enough of its area, is inside the frame."""
    if not mark.area:
        return frame.holds(mark.x, mark.y)
    fits = 2 * mark.radius < frame.bottom - frame.top
    return mark.rect.overlaps(frame) and (fits or mark.role is Role.CURRENT)


def dots(marks: Sequence[Mark]) -> str:
    """Return the marks of the other points of the story, in two strokes."""
    data = "".join(
        f"M{mark.x:.0f} {mark.y:.0f}h0"
        for mark in marks
        if mark.role is Role.VISITED and not mark.area
    )
    return data and f'<g class="sm-s-visited"><path d="{data}"/><path d="{data}"/></g>'


def _mark(laid: LaidOutPlace, index: int, role: Role, view: View) -> Mark | None:
    if laid.at is None:
        return None
    x, y = view.at(laid.at)
    location = laid.place.location
    dress = f'class="sm-area sm-area-{location.precision}" data-role="{role}"'
    if laid.shape:
        rings = [_simplified([view.at(point) for point in ring]) for ring in laid.shape]
        xs, ys = zip(*(corner for ring in rings for corner in ring), strict=True)
        radius = (max(xs) - min(xs)) / 2
        if max(radius, (max(ys) - min(ys)) / 2) >= SHAPE_AT_LEAST:
            path = f'<path {dress} d="{"".join(map(_closed, rings))}"/>'
            return Mark(index, role, location.precision, x, y, radius, path)
    if location.precision in (Precision.APPROXIMATE, Precision.REGION):
        radius = max(AREA_AT_LEAST, view.length(location.radius_m or 0, laid.at.lat))
        circle = f'<circle {dress} cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
        return Mark(index, role, location.precision, x, y, radius, circle)
    return Mark(index, role, location.precision, x, y, RADIUS[role])


def _simplified(ring: Sequence[Point]) -> list[Point]:
    """Return a ring, closed, without the corners that are not seen at this scale."""
    line = shapely.simplify(shapely.LineString(ring), TOLERANCE)
    return [(x, y) for x, y in shapely.get_coordinates(line)]


def _closed(ring: Sequence[Point]) -> str:
    """Return a ring as the data of a path."""
    corners = [(round(x), round(y)) for x, y in ring]
    steps = [f"{x - left} {y - top}" for (left, top), (x, y) in pairwise(corners)]
    x, y = corners[0]
    return f"M{x} {y}l{' '.join(steps[:-1])}z".replace(" -", "-")
