"""The story laid out: what the map shows at each step, under which names.

A scene is a step seen by the map. It holds indexes into the laid-out places and routes, so that
one list of them serves every scene.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storymap.dates import Limit, When, touches
from storymap.geometry import Box, LatLon, beside, box_around, circle_box, ring_of, union
from storymap.model import (
    Camera,
    Certainty,
    Event,
    Location,
    Name,
    NameKind,
    Place,
    Precision,
    Route,
    Story,
)

LARGEST_ZOOM = {
    Precision.EXACT: 9.0,
    Precision.SETTLEMENT: 6.5,
    Precision.REGION: 6.0,
    Precision.APPROXIMATE: 9.5,
}
"""zoom beyond which a place of this precision would stand alone on an empty map"""


class Kind(StrEnum):
    """What a place is to the story."""

    STORY = "story"
    STATION = "station"
    """named by a route, by no step"""


@dataclass(frozen=True, slots=True)
class Label:
    """What a place is called on the map."""

    text: str
    today: str
    """its name today where that differs, else empty"""


@dataclass(frozen=True, slots=True)
class LaidOutPlace:
    """A place as the map needs it."""

    place: Place
    kind: Kind
    at: LatLon | None
    """None when unlocated; its longitude continues that of the story's other places"""
    shape: tuple[tuple[LatLon, ...], ...]
    """outlines of a box or polygon"""
    labels: tuple[Label, ...]
    """the distinct labels of all scenes"""


@dataclass(frozen=True, slots=True)
class LaidOutRoute:
    """A route as the map needs it."""

    route: Route
    stops: tuple[int, ...]
    """indexes of places"""
    legs: tuple[Certainty, ...]


@dataclass(frozen=True, slots=True)
class Travel:
    """How far one route has come in a scene, as indexes of its stops; -1 is nowhere."""

    route: int
    first: int
    last: int
    past: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What the map shows at one step, or on the cover."""

    event: Event | None
    """None for the cover"""
    current: tuple[int, ...]
    """located places that the step names, the one it is about first"""
    visited: tuple[int, ...]
    """located places of earlier steps that this one does not name"""
    labels: tuple[int, ...]
    """for each place, which of its labels holds"""
    frame: Box
    """what the camera has to show, unwrapped"""
    zoom: float
    """largest zoom at which the frame may be shown"""
    camera: Camera | None
    travels: tuple[Travel, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A story laid out for the map."""

    places: tuple[LaidOutPlace, ...]
    routes: tuple[LaidOutRoute, ...]
    cover: Scene
    scenes: tuple[Scene, ...]


def names_at(place: Place, when: When | None, language: str) -> tuple[str, ...]:
    """Return what a reader of *language* sees the place called at *when*, in order of time.

    A date that touches several names gives all of them. Without a date come today's names, then
    the former ones. The reader's language goes before official names in Latin script, these
    before other official ones, and dated names before those of unknown span.
    """
    usable = [name for name in place.names if name.kind is not NameKind.SOURCE]
    if when is None:
        today = _current(usable, language)
        return _texts([*today, *_in_order(_best(usable, language))])
    dated = [name for name in usable if name.when and touches(name.when, when)]
    undated = [name for name in usable if name.when is None]
    return _texts(
        _in_order(_best(dated, language))
        or _best(undated, language)
        or _current(usable, language)
        or place.names
    )


def today(place: Place, language: str) -> str:
    """Return the place's name of today, empty where none is known to last."""
    usable = [name for name in place.names if name.kind is not NameKind.SOURCE]
    return " · ".join(_texts(_current(usable, language)))


def label(place: Place, when: When | None, language: str) -> Label:
    """Return the label for a date: its names then, and today's where it is another."""
    return _label(names_at(place, when, language), today(place, language))


def _label(then: Sequence[str], now: str) -> Label:
    return Label(" · ".join(then), "" if now in then else now)


def lay_out(story: Story, language: str) -> Layout:
    """Lay out a checked story for readers of *language*."""
    named = {id for event in story.events for id in event.places}
    passed = [stop.place for route in story.routes for stop in route.stops]
    shown = [place for place in story.places if place.id in named or place.id in passed]
    index = {place.id: i for i, place in enumerate(shown)}
    west = _extent(shown).west
    labels = [_Labels(place, language) for place in shown]
    routes = tuple(
        LaidOutRoute(route, tuple(index[stop.place] for stop in route.stops), route.legs())
        for route in story.routes
    )
    boxes = {i: _box(place.location, west) for i, place in enumerate(shown) if place.location.point}
    route_index = {route.route.id: i for i, route in enumerate(routes)}

    scenes: list[Scene] = []
    seen: list[int] = []
    reached: dict[int, int] = {}
    for event in story.events:
        current = tuple(index[id] for id in event.places if index[id] in boxes)
        travels = _travels(event, story.routes, route_index, reached)
        frame = [boxes[i] for i in current] + [
            boxes[stop]
            for travel in travels
            for stop in routes[travel.route].stops[max(0, travel.first) : travel.last + 1]
            if stop in boxes
        ]
        date = event.names_at or event.when
        scenes.append(
            Scene(
                event=event,
                current=current,
                visited=tuple(i for i in seen if i not in current),
                labels=tuple(
                    each.at(date) if date or i in current else each.of_today()
                    for i, each in enumerate(labels)
                ),
                frame=_around(frame or list(boxes.values())),
                zoom=min((_zoom(shown[i]) for i in current), default=6.0),
                camera=event.camera,
                travels=travels,
            )
        )
        seen += [i for i in current if i not in seen]
    cover = _cover(story, boxes, routes, route_index, labels)
    return Layout(
        places=tuple(
            LaidOutPlace(
                place=place,
                kind=Kind.STORY if place.id in named else Kind.STATION,
                at=_beside(place.location.point, west),
                shape=_shape(place.location, west),
                labels=tuple(each.distinct),
            )
            for place, each in zip(shown, labels, strict=True)
        ),
        routes=routes,
        cover=cover,
        scenes=tuple(scenes),
    )


class _Labels:
    """The distinct labels of one place, numbered as scenes ask for them."""

    def __init__(self, place: Place, language: str) -> None:
        self.place = place
        self.language = language
        self.today = today(place, language)
        self.distinct: list[Label] = []

    def at(self, when: When | None) -> int:
        return self._number(_label(names_at(self.place, when, self.language), self.today))

    def of_today(self) -> int:
        """Return the short label that suits a place beside an undated step, not in it."""
        return self._number(Label(self.today, "")) if self.today else self.at(None)

    def _number(self, wanted: Label) -> int:
        if wanted not in self.distinct:
            self.distinct.append(wanted)
        return self.distinct.index(wanted)


def _cover(
    story: Story,
    boxes: dict[int, Box],
    routes: Sequence[LaidOutRoute],
    route_index: dict[str, int],
    labels: Sequence[_Labels],
) -> Scene:
    """Return the overview: every place, and the cover's route travelled whole.

    Names are those of the route's own date, so that the cover shows the journey as it was.
    """
    travels: tuple[Travel, ...] = ()
    when = None
    if story.cover.route:
        number = route_index[story.cover.route]
        travels = (Travel(number, -1, -1, len(routes[number].stops) - 1),)
        when = routes[number].route.when
    framed = [boxes[stop] for t in travels for stop in routes[t.route].stops if stop in boxes]
    return Scene(
        event=None,
        current=(),
        visited=(),
        labels=tuple(each.at(when) for each in labels),
        frame=_around(framed or list(boxes.values())),
        zoom=6.0,
        camera=None,
        travels=travels,
    )


def _travels(
    event: Event, routes: Sequence[Route], route_index: dict[str, int], reached: dict[int, int]
) -> tuple[Travel, ...]:
    """Return how far each begun route has come, and note in *reached* what this step adds."""
    before = dict(reached)
    passage = event.passage
    if passage:
        number = route_index[passage.route]
        reached[number] = max(reached.get(number, -1), passage.last)
    return tuple(
        Travel(
            route=number,
            first=passage.first if passage and routes[number].id == passage.route else -1,
            last=passage.last if passage and routes[number].id == passage.route else -1,
            past=before.get(number, -1),
        )
        for number in sorted(reached)
    )


def _zoom(place: Place) -> float:
    return LARGEST_ZOOM[place.location.precision]


def _extent(places: Iterable[Place]) -> Box:
    points = [place.location.point for place in places if place.location.point]
    return box_around(points) if points else Box(-180.0, -60.0, 180.0, 75.0)


def _around(boxes: list[Box]) -> Box:
    return union(boxes).unwrapped() if boxes else Box(-170.0, -58.0, 190.0, 75.0)


def _box(location: Location, west: float) -> Box:
    """Return what a place covers, its uncertainty included."""
    if location.box:
        return location.box
    if location.polygon:
        return box_around(point for ring in location.polygon for point in ring)
    point = location.point or LatLon(0.0, west)
    uncertain = location.precision in (Precision.APPROXIMATE, Precision.REGION)
    if location.radius_m and uncertain:
        return circle_box(point, location.radius_m)
    return box_around([point])


def _shape(location: Location, west: float) -> tuple[tuple[LatLon, ...], ...]:
    rings = (ring_of(location.box),) if location.box else location.polygon
    return tuple(_ring_beside(ring, west) for ring in rings)


def _ring_beside(ring: Sequence[LatLon], west: float) -> tuple[LatLon, ...]:
    """Return a ring whose longitudes follow each other without a jump of a full turn."""
    moved = [LatLon(ring[0].lat, beside(ring[0].lon, west))]
    for point in ring[1:]:
        moved.append(LatLon(point.lat, beside(point.lon, moved[-1].lon - 180)))
    return tuple(moved)


def _beside(point: LatLon | None, west: float) -> LatLon | None:
    return LatLon(point.lat, beside(point.lon, west)) if point else None


def _current(names: Sequence[Name], language: str) -> Sequence[Name]:
    """Return the names that last: an open span, or one of which nothing is known."""
    lasting = [name for name in names if name.when and name.when.end is Limit.OPEN]
    unknown = [name for name in names if name.when is None]
    return _best(lasting, language) or _best(unknown, language)


def _best(names: Sequence[Name], language: str) -> Sequence[Name]:
    """Return the names that serve a reader of *language* best, one kind only."""
    official = [name for name in names if name.kind is NameKind.OFFICIAL]
    primary = language.partition("-")[0]
    return (
        [name for name in names if name.language == language]
        or [name for name in names if name.language.partition("-")[0] == primary]
        or [name for name in official if _latin(name.text)]
        or official
        or names
    )


def _in_order(names: Sequence[Name]) -> list[Name]:
    """Return names by the start of their spans, unknown starts first."""
    return sorted(
        names,
        key=lambda name: name.when.first if name.when and name.when.first else (-(10**9), 0, 0),
    )


def _texts(names: Iterable[Name]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.text for name in names))


def _latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return all(unicodedata.name(char, "").startswith("LATIN") for char in letters)
