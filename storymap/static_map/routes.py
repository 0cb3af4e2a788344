"""Routes on static maps: what is ahead, what is travelled, how sure each leg is.

Each state of a route is drawn once, on the atlas' plane; its look is that of the live map.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from storymap.model import Certainty
from storymap.scenes import Kind, LaidOutRoute, Layout, Scene, Travel
from storymap.static_map.view import Plane, View

DOT = 12
"""pixels between the dots by which labels see a route"""

Point = tuple[float, float]


def routes(layout: Layout, plane: Plane) -> Iterator[tuple[str, str]]:
    """Yield id and SVG of every state of a route that a scene has."""
    scenes = (layout.cover, *layout.scenes)
    travels = {route_id(travel): travel for scene in scenes for travel in scene.travels}
    for id, travel in travels.items():
        yield id, f'<g id="{id}">{"".join(_lines(layout, plane, travel))}</g>'


def route_id(travel: Travel) -> str:
    """Return the id of a route as far as it is travelled."""
    stretches = (f"{run[0]}-{run[-1] + 1}" for run in _runs(_travelled(travel)))
    return "-".join(("sm-s-route", str(travel.route), *stretches))


def _travelled(travel: Travel) -> list[int]:
    """Return the legs that are behind the traveller when the scene has come to rest."""
    return sorted({*range(travel.past), *range(max(0, travel.first), travel.last)})


def route_dots(layout: Layout, scene: Scene, view: View) -> Iterator[Point]:
    """Yield points of the map that lie along the routes of a scene."""
    for travel in scene.travels:
        for start, end in _legs(layout, layout.routes[travel.route], view):
            if start and end:
                count = math.ceil(math.dist(start, end) / DOT)
                for step in range(count):
                    share = step / count
                    yield (
                        start[0] + (end[0] - start[0]) * share,
                        start[1] + (end[1] - start[1]) * share,
                    )


def lines_of(
    layout: Layout, route: LaidOutRoute, onto: Plane | View
) -> Iterator[tuple[Certainty, str]]:
    """Yield the lines of a whole route that are equally sure, each as the data of a path."""
    located = {n: (a, b) for n, (a, b) in enumerate(_legs(layout, route, onto)) if a and b}
    for certainty in Certainty:
        for run in _runs([number for number in located if route.legs[number] is certainty]):
            yield certainty, _data([located[number] for number in run])


def _legs(
    layout: Layout, route: LaidOutRoute, onto: Plane | View
) -> Iterator[tuple[Point | None, Point | None]]:
    """Yield where each leg begins and ends, None where that is not known."""
    stops = (layout.places[stop].at for stop in route.stops)
    return pairwise(at and onto.at(at) for at in stops)


def _lines(layout: Layout, plane: Plane, travel: Travel) -> Iterator[str]:
    """Yield the lines of a route, the lowest first, and its stations in two strokes."""
    route = layout.routes[travel.route]
    legs = dict(enumerate(_legs(layout, route, plane)))
    located = {number: (a, b) for number, (a, b) in legs.items() if a and b}
    travelled = _travelled(travel)
    behind = [number for number in located if number in travelled]
    ahead = [number for number in located if number not in travelled]
    for kind, numbers in (("ahead", ahead), ("casing", behind), ("behind", behind)):
        for certainty in Certainty if kind != "casing" else (None,):
            drawn = [n for n in numbers if certainty in (None, route.legs[n])]
            data = "".join(_data([located[n] for n in run]) for run in _runs(drawn))
            if data:
                sure = f" sm-{certainty}" if certainty else ""
                yield (
                    f'<path class="sm-leg sm-{kind}{sure}" '
                    f'vector-effect="non-scaling-stroke" d="{data}"/>'
                )
    stations = "".join(
        # A line without length would be left out of a PDF.
        "M{:.0f} {:.0f}h1".format(*plane.at(place.at))
        for place in (layout.places[stop] for stop in route.stops)
        if place.at and place.kind is Kind.STATION
    )
    if stations:
        for stroke in ("station", "hole"):
            yield (
                f'<path class="sm-s-{stroke}" vector-effect="non-scaling-stroke" d="{stations}"/>'
            )


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield the stretches of numbers that follow each other."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]


def _data(legs: Sequence[tuple[Point, Point]]) -> str:
    """Return legs that follow each other as one line, in whole units."""
    corners = [(round(x), round(y)) for x, y in (legs[0][0], *(end for _, end in legs))]
    steps = (f"{x - left} {y - top}" for (left, top), (x, y) in pairwise(corners))
    x, y = corners[0]
    return f"M{x} {y}l{' '.join(steps)}".replace(" -", "-")
