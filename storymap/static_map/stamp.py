"""The map of a whole story at the size of a stamp, for a list of many stories.

It stands alone, unlike the static maps of a page, and is some kilobytes of SVG.
"""

from collections.abc import Iterator

from storymap.atlas import Atlas, sketch
from storymap.atlas.plane import Window
from storymap.model import Certainty
from storymap.scenes import Layout
from storymap.static_map.labels import Rect
from storymap.static_map.marks import Mark, marks_of
from storymap.static_map.routes import lines_of
from storymap.static_map.view import PLANE, View, plane_of, view_of

WIDTH = 320
HEIGHT = 180


def stamp(layout: Layout, base: Atlas) -> str:
    """Return the whole story's map as SVG, which the style of the list gives its colours."""
    view = view_of(layout.cover, plane_of(layout, base), base.bounds, WIDTH, HEIGHT)
    named = tuple(dict.fromkeys(index for scene in layout.scenes for index in scene.current))
    marks = marks_of(layout, layout.cover, view, Rect(0, 0, WIDTH, HEIGHT), named)
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f"{''.join((*_ground(view), *_routes(layout, view), *_places(marks)))}</svg>"
    )


def _ground(view: View) -> Iterator[str]:
    edges = (view.left, view.top, view.left + view.width, view.top + view.height)
    drawn = sketch(Window(*(edge / PLANE for edge in edges)), WIDTH)
    for name in ("land", "rivers", "lakes", "borders"):
        if data := getattr(drawn, name):
            yield f'<path class="{name}" d="{data}"/>'


def _routes(layout: Layout, view: View) -> Iterator[str]:
    """Yield the routes of the cover, the least sure legs first."""
    routes = [layout.routes[travel.route] for travel in layout.cover.travels]
    lines = [line for route in routes for line in lines_of(layout, route, view)]
    for certainty in reversed(Certainty):
        if data := "".join(data for sure, data in lines if sure is certainty):
            yield f'<path class="route {certainty}" d="{data}"/>'


def _places(marks: list[Mark]) -> Iterator[str]:
    """Yield areas, and points in two strokes; of a place no surer than anybody knows it."""
    for mark in reversed(marks):
        yield mark.area
    points = "".join(f"M{mark.x:.0f} {mark.y:.0f}h0" for mark in marks if not mark.area)
    if points:
        yield f'<path class="casing" d="{points}"/><path class="places" d="{points}"/>'
