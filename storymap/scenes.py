"""The story laid out: what the map shows at each step, under which names.

A scene is a step seen by the map. It holds indexes into the laid-out places and routes, so that
one list of them serves every scene.
"""

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import shapely

from storymap import overlays
from storymap.dates import Limit, When, touches
from storymap.geometry import Box, LatLon, beside, box_around, circle_box, ring_of, union
from storymap.model import (
    Camera,
    Certainty,
    Event,
    Location,
    Name,
    NameKind,
    Overlay,
    Place,
    Precision,
    Route,
    Story,
)

LARGEST_ZOOM = {
    Precision.EXACT: 9.0,
    Precision.SETTLEMENT: 6.5,
    Precision.REGION: 6.0,
    Precision.APPROXIMATE: 9.0,
}
"""zoom beyond which a place of this precision would stand alone on an empty map"""
WORLD = Box(-170.0, -58.0, 190.0, 75.0)
"""what a story without a located place shows"""
WORLD_ZOOM = 6.0
"""largest zoom where no place sets one"""
SPOTS = (Precision.EXACT, Precision.APPROXIMATE)
"""what may lie so near its like that only a larger zoom tells them apart"""
APART_PX = 30
"""pixels by which a reader tells two spots apart"""
OVERLAY_ZOOM = 17.0
"""largest zoom at which an overlay is framed, which is a map of its own"""
WORLD_PX = 256
"""width of the world at zoom 0"""
LATIN = "LATIN"
CYRILLIC = "CYRILLIC"
SCRIPTS = {
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"), CYRILLIC),
    **dict.fromkeys(("ar", "fa", "ps", "ug", "ur"), "ARABIC"),
    "el": "GREEK",
    "he": "HEBREW",
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
}
"""language -> script, by the name that Unicode gives its letters, where that is not Latin"""
CODES = {"Arab": "ARABIC", "Cyrl": CYRILLIC, "Hebr": "HEBREW", "Latn": LATIN}
"""ISO 15924 -> script, for those in which languages are written that have another one, too"""
KEPT = 1024
"""names at a time of which the script is remembered, and dates of which the end is"""


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
    """None when unlocated; its longitude is within half a turn of the story's middle"""
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
    date: When | None
    """the date whose names and borders the map shows; None = those of today"""
    current: tuple[int, ...]
    """located places that the step names, the one it is about first"""
    visited: tuple[int, ...]
    """located places of earlier steps that this one does not name"""
    labels: tuple[int, ...]
    """for each place, which of its labels holds"""
    frame: Box
    """what the camera has to show, unwrapped, on the copy of the world where the places are"""
    zoom: float
    """largest zoom at which the frame may be shown"""
    camera: Camera | None
    travels: tuple[Travel, ...]
    overlays: tuple[int, ...] = ()
    """what lies on the map"""


@dataclass(frozen=True, slots=True)
class Layout:
    """A story laid out for the map."""

    places: tuple[LaidOutPlace, ...]
    routes: tuple[LaidOutRoute, ...]
    cover: Scene
    scenes: tuple[Scene, ...]
    overlays: tuple[Overlay, ...] = ()
    """where the places are, each once"""
    further: tuple[Place, ...] = ()
    """what else the gazetteer has: places that no step names and no route passes"""
    reach: Box | None = None
    """where these lie; None where none is located"""
    middle: float = 0.0
    """longitude of the story's middle: all that it shows lies within half a turn of it"""


def names_at(place: Place, when: When | None, language: str) -> tuple[str, ...]:
    """Return what a reader of *language* sees the place called at *when*, in order of time.

    A date that touches several names gives all of them. Without a date come today's names, then
    the former ones. The reader's language goes before official names in the reader's script, these
    before those in Latin script and other official ones. Dated names go before those of unknown
    span; but while a place is called as it is today, the reader's own name for it serves.
    """
    usable = [name for name in place.names if name.kind is not NameKind.SOURCE]
    if when is None:
        today = _current(usable, language)
        return _texts([*today, *_in_order(_best(usable, language))] or place.names)
    dated = [name for name in usable if name.when and touches(name.when, when)]
    undated = [name for name in usable if name.when is None]
    own = _own(dated, language) or (_own(undated, language) if all(map(_lasts, dated)) else ())
    return _texts(
        _in_order(own or _best(dated, language))
        or _best(undated, language)
        or _current(usable, language)
        or place.names
    )


def today(place: Place, language: str) -> str:
    """Return the place's name of today, empty where none is known to last."""
    return " · ".join(_texts(lasting(place, language)))


def lasting(place: Place, language: str) -> Sequence[Name]:
    """Return the names by which a reader of *language* knows the place today; they may be none."""
    usable = [name for name in place.names if name.kind is not NameKind.SOURCE]
    return _current(usable, language)


def label(place: Place, when: When | None, language: str) -> Label:
    """Return the label for a date: its names then, and today's where it is another."""
    return _label(names_at(place, when, language), today(place, language))


def _label(then: Sequence[str], now: str) -> Label:
    return Label(" · ".join(then), "" if now in then else now)


def lay_out(story: Story, language: str) -> Layout:
    """Lay out a checked story for readers of *language*."""
    named = {id for event in story.events for id in event.places}
    stations = {stop.place for route in story.routes for stop in route.stops}
    shown = [place for place in story.places if place.id in named | stations]
    index = {place.id: i for i, place in enumerate(shown)}
    ground = _Ground(shown)
    labels = [_Labels(place, language) for place in shown]
    routes = tuple(
        LaidOutRoute(route, tuple(index[stop.place] for stop in route.stops), route.legs())
        for route in story.routes
    )
    route_index = {route.route.id: i for i, route in enumerate(routes)}
    laid_over = {overlay: i for i, overlay in enumerate(overlays.distinct(story))}

    scenes: list[Scene] = []
    seen: list[int] = []
    reached: dict[int, int] = {}
    for event in story.events:
        current = tuple(index[id] for id in event.places if index[id] in ground.boxes)
        travels = _travels(event, story.routes, route_index, reached)
        passed = [
            stop
            for travel in travels
            for stop in routes[travel.route].stops[max(0, travel.first) : travel.last + 1]
        ]
        date = event.names_at or event.when
        spread = overlays.framed(event.overlays, [shown[i].location for i in current])
        scenes.append(
            Scene(
                event=event,
                date=date,
                current=current,
                visited=tuple(i for i in seen if i not in current),
                labels=tuple(
                    each.at(date) if date or i in current else each.of_today()
                    for i, each in enumerate(labels)
                ),
                frame=ground.frame((*current, *passed), spread),
                zoom=OVERLAY_ZOOM if any(map(_extends, spread)) else ground.zoom(current),
                camera=ground.camera(event.camera),
                travels=travels,
                overlays=tuple(laid_over[overlay] for overlay in event.overlays),
            )
        )
        seen += [i for i in current if i not in seen]
    cover = _cover(story, ground, routes, route_index, labels)
    further = tuple(place for place in story.places if place.id not in index)
    return Layout(
        places=tuple(
            LaidOutPlace(
                place=place,
                kind=Kind.STORY if place.id in named else Kind.STATION,
                at=at,
                shape=_shape(place.location, at) if at else (),
                labels=tuple(each.distinct),
            )
            for place, at, each in zip(shown, ground.positions, labels, strict=True)
        ),
        routes=routes,
        cover=cover,
        scenes=tuple(scenes),
        overlays=tuple(overlays.moved(overlay, ground.middle) for overlay in laid_over),
        further=further,
        reach=_reach(further),
        middle=ground.middle,
    )


def _reach(places: Iterable[Place]) -> Box | None:
    points = [place.location.point for place in places if place.location.point]
    return box_around(points) if points else None


class _Ground:
    """Where the story's places lie, all on the copy of the world that has them side by side."""

    def __init__(self, places: Sequence[Place]) -> None:
        points = [place.location.point for place in places if place.location.point]
        west, _, east, _ = (box_around(points) if points else WORLD).unwrapped()
        self.middle = (west + east) / 2
        self.positions = [
            place.location.point and _beside(place.location.point, self.middle) for place in places
        ]
        located = {i: at for i, at in enumerate(self.positions) if at}
        self.boxes = {i: _box(places[i].location, at) for i, at in located.items()}
        self.spots = {i for i in located if places[i].location.precision in SPOTS}
        self.zooms = {i: LARGEST_ZOOM[places[i].location.precision] for i in located}
        for i, nearest in _nearest({i: located[i] for i in self.spots}):
            self.zooms[i] = max(self.zooms[i], _parting_zoom(located[i], nearest))

    def frame(self, indexes: Iterable[int], others: Sequence[Box] = ()) -> Box:
        """Return the box around some places and *others*, or around all places for none."""
        wanted = [*(self.boxes[i] for i in indexes if i in self.boxes), *others]
        wanted = wanted or [*self.boxes.values()]
        return union(wanted).beside(self.middle) if wanted else WORLD

    def zoom(self, indexes: Iterable[int]) -> float:
        """Return the largest zoom for some located places: as much as all but spots allow."""
        wanted = [*indexes]
        limits = [self.zooms[i] for i in wanted if i not in self.spots]
        if len(limits) < len(wanted):
            limits.append(max(self.zooms[i] for i in wanted if i in self.spots))
        return min(limits, default=WORLD_ZOOM)

    def camera(self, camera: Camera | None) -> Camera | None:
        """Return an author's camera on the same copy of the world."""
        return camera and Camera(_beside(camera.center, self.middle), camera.zoom)


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
    ground: _Ground,
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
    return Scene(
        event=None,
        date=when,
        current=(),
        visited=(),
        labels=tuple(each.at(when) for each in labels),
        frame=ground.frame([stop for t in travels for stop in routes[t.route].stops]),
        zoom=ground.zoom(ground.boxes),
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


def _nearest(spots: Mapping[int, LatLon]) -> Iterator[tuple[int, LatLon]]:
    """Yield each spot's number with the nearest other one, if not all are on one spot."""
    if not spots:
        return
    numbers = [*spots]
    # On Mercator's map, where near is near on the screen, in radians.
    points = shapely.points(
        [
            (math.radians(lon), math.asinh(math.tan(math.radians(lat))))
            for lat, lon in spots.values()
        ]
    )
    pairs = shapely.STRtree(points).query_nearest(points, exclusive=True, all_matches=False)
    for one, other in pairs.T:
        yield numbers[one], spots[numbers[other]]


def _parting_zoom(at: LatLon, other: LatLon) -> float:
    """Return the zoom at which a place is told from another one."""
    return round(math.log2(APART_PX / WORLD_PX / _turns(at, other)), 1)


def _turns(one: LatLon, other: LatLon) -> float:
    """Return how far two neighbours are apart on Web Mercator, where the world is 1 wide."""
    lat = (other.lat - one.lat) / math.cos(math.radians(one.lat))
    return math.hypot(lat, other.lon - one.lon) / 360


def _box(location: Location, point: LatLon) -> Box:
    """Return what a place covers, its uncertainty included."""
    if location.box:
        return location.box
    if location.polygon:
        return box_around(point for ring in location.polygon for point in ring)
    uncertain = location.precision in (Precision.APPROXIMATE, Precision.REGION)
    if location.radius_m and uncertain:
        return circle_box(point, location.radius_m)
    return box_around([point])


def _extends(box: Box) -> bool:
    """Tell whether a box holds more than one position."""
    west, south, east, north = box.unwrapped()
    return west < east or south < north


def _shape(location: Location, at: LatLon) -> tuple[tuple[LatLon, ...], ...]:
    """Return the outlines of an area that lies *at*."""
    if location.box:
        return (ring_of(location.box.beside(at.lon)),)
    return tuple(_ring_beside(ring, at) for ring in location.polygon)


def _ring_beside(ring: Sequence[LatLon], at: LatLon) -> tuple[LatLon, ...]:
    """Return a ring whose longitudes follow each other without a jump of a full turn."""
    moved = [_beside(ring[0], at.lon)]
    for point in ring[1:]:
        moved.append(_beside(point, moved[-1].lon))
    return tuple(moved)


def _beside(point: LatLon, lon: float) -> LatLon:
    return LatLon(point.lat, beside(point.lon, lon))


def _current(names: Sequence[Name], language: str) -> Sequence[Name]:
    """Return the names that last: an open span, or one of which nothing is known."""
    lasting = [name for name in names if _lasts(name)]
    unknown = [name for name in names if name.when is None]
    own = _own(lasting, language) or _own(unknown, language)
    return own or _best(lasting, language) or _best(unknown, language)


def _lasts(name: Name) -> bool:
    return name.when is not None and _is_endless(name.when)


@lru_cache(maxsize=KEPT)
def _is_endless(when: When) -> bool:
    return when.end is Limit.OPEN


def _best(names: Sequence[Name], language: str) -> Sequence[Name]:
    """Return the names that serve a reader of *language* best, one kind only."""
    official = [name for name in names if name.kind is NameKind.OFFICIAL]
    script = script_of(language)
    return (
        _own(names, language)
        or [name for name in official if _written_in(script, name.text)]
        or [name for name in official if _written_in(LATIN, name.text)]
        or official
        or names
    )


def script_of(language: str) -> str:
    """Return the script of a BCP 47 tag, by the name that Unicode gives its letters."""
    primary, *rest = language.split("-")
    named = (CODES[part.title()] for part in rest if part.title() in CODES)
    return next(named, SCRIPTS.get(primary, LATIN))


def _own(names: Sequence[Name], language: str) -> Sequence[Name]:
    """Return the names in a language, those of another variety of it where there are none."""
    primary = language.partition("-")[0]
    return [name for name in names if name.language == language] or [
        name for name in names if name.language.partition("-")[0] == primary
    ]


def _in_order(names: Sequence[Name]) -> list[Name]:
    """Return names by the start of their spans, unknown starts first."""
    if len(names) <= 1:  # as nearly always, and this is asked for each place at each step
        return [*names]
    return sorted(
        names,
        key=lambda name: name.when.first if name.when and name.when.first else (-(10**9), 0, 0),
    )


def _texts(names: Iterable[Name]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.text for name in names))


@lru_cache(maxsize=KEPT)
def _written_in(script: str, text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return all(unicodedata.name(char, "").startswith(script) for char in letters)
