"""Routes on static maps: what is ahead, what is travelled, how sure each leg is.

Each state of a route is drawn once, on the atlas' plane; its look is that of the live map.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise

from storymap.geometry import LatLon, beside
from storymap.model import Certainty
from storymap.scenes import Kind, LaidOutRoute, Layout, Scene, Travel
from storymap.static_map.view import Plane, View

DOT = 12
"""pixels between the dots by which labels see a route"""

Point = tuple[float, float]
Stroke = tuple[Point, Point]


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
        for start, end in chain(*_legs(layout, layout.routes[travel.route], view)):
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
    located = {n: strokes for n, strokes in enumerate(_legs(layout, route, onto)) if strokes}
    for certainty in Certainty:
        for run in _runs([number for number in located if route.legs[number] is certainty]):
            yield certainty, _data([located[number] for number in run])


def _legs(layout: Layout, route: LaidOutRoute, onto: Plane | View) -> Iterator[tuple[Stroke, ...]]:
    """Yield the lines that draw each leg, none where it is not known whence or where it leads."""
    stops = (layout.places[stop].at for stop in route.stops)
    for start, end in pairwise(stops):
        yield tuple(_strokes(start, end, onto)) if start and end else ()


def _strokes(start: LatLon, end: LatLon, onto: Plane | View) -> Iterator[Stroke]:
    """Yield the shorter way round the world: a line, or two that end beyond the map's edges."""
    lap = end.lon - beside(end.lon, start.lon)
    yield onto.at(start), onto.at(end._replace(lon=end.lon - lap))
    if lap:
        yield onto.at(start._replace(lon=start.lon + lap)), onto.at(end)


def _lines(layout: Layout, plane: Plane, travel: Travel) -> Iterator[str]:
    """Yield the lines of a route, the lowest first, and its stations in two strokes."""
    route = layout.routes[travel.route]
    located = {n: strokes for n, strokes in enumerate(_legs(layout, route, plane)) if strokes}
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


def _data(legs: Iterable[Iterable[Stroke]]) -> str:
    """Return legs that follow each other as one line, or as many as it takes, in whole units."""
    lines: list[list[tuple[int, int]]] = []
    for ends in chain(*legs):
        start, end = ((round(x), round(y)) for x, y in ends)
        if not lines or lines[-1][-1] != start:
            lines.append([start])
        lines[-1].append(end)
    return "".join(map(_line, lines))


def _line(corners: Sequence[tuple[int, int]]) -> str:
    steps = (f"{x - left} {y - top}" for (left, top), (x, y) in pairwise(corners))
    x, y = corners[0]
    return f"M{x} {y}l{' '.join(steps)}".replace(" -", "-")
