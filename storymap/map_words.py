"""What the map shows at each step, in words.

Nothing is said more exactly than it is known: a distance is rounded to what the precision of both
places warrants, and a direction is left out where it might as well be the next one.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from storymap import interface
from storymap.atlas.periods import TODAY, Border, periods_at
from storymap.dates import spoken
from storymap.geometry import bearing, box_around, corners, length_m
from storymap.interface import N_
from storymap.model import Certainty, Location, Precision, Route
from storymap.scenes import Kind, Label, LaidOutPlace, Layout, Scene
from storymap.whereabouts import TYPICAL_ERROR_M, distance

SURE_SHARE = math.sin(math.radians(22.5))
"""what the error may be of a distance for one of eight directions to hold"""
MEMORY = 2
"""how many steps before a place is told from"""
DIRECTIONS = (
    N_("north of"),
    N_("northeast of"),
    N_("east of"),
    N_("southeast of"),
    N_("south of"),
    N_("southwest of"),
    N_("west of"),
    N_("northwest of"),
)


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """A place that the step is about, as the map shows it."""

    label: Label
    location: Location
    country: str
    """of today; empty where it is not known, and for a region, which may lie in several"""
    way: str
    """how far and in which direction from another place; empty where that is not known"""
    opens: bool
    """whether the story has shown no place before"""


@dataclass(frozen=True, slots=True)
class RouteShown:
    """The part of a route that the step travels."""

    route: Route
    first: str
    """what the stop is called where that part begins"""
    last: str
    legs: Mapping[Certainty, int]
    """how many of its legs are how sure"""


@dataclass(frozen=True, slots=True)
class MapWords:
    """What the map shows at one step, or on the cover."""

    places: tuple[PlaceShown, ...]
    route: RouteShown | None
    borders: str
    story_places: int
    """how many places of the story are marked on the cover; 0 at a step"""
    earlier_places: int
    """how many places are marked that earlier steps are about"""
    earlier_routes: int
    """how many routes are drawn that earlier steps have travelled"""


def tell(layout: Layout, borders: Iterable[Border], language: str) -> dict[str, MapWords]:
    """Return what the map shows at each step, by its id; "" is the cover.

    A place is told from another of its step, else from the first one of a step before; from the
    nearest in the story that allows it.
    """
    drawn = tuple(borders)
    told: dict[str, MapWords] = {}
    before: list[int] = []
    for scene in (layout.cover, *layout.scenes):
        teller = _Teller(layout, scene, language)
        told[scene.event.id if scene.event else ""] = MapWords(
            places=tuple(teller.places(before[:MEMORY])),
            route=teller.route(),
            borders=teller.borders(drawn),
            story_places=0 if scene.event else sum(map(_is_marked, layout.places)),
            earlier_places=len(scene.visited),
            earlier_routes=sum(travel.past >= 0 for travel in scene.travels if scene.event),
        )
        before[:0] = scene.current[:1]
    return told


class _Teller:
    """What there is to tell of one scene in one language."""

    def __init__(self, layout: Layout, scene: Scene, language: str) -> None:
        self.layout = layout
        self.scene = scene
        self.language = language
        self.gettext = interface.texts(language).gettext

    def places(self, before: Sequence[int]) -> Iterator[PlaceShown]:
        """Tell of each current place; *before* are those of steps before, the last one first."""
        current = self.scene.current
        for number, index in enumerate(current):
            own = dict.fromkeys((*current[:1], *current[number - 1 : number])) if number else ()
            place = self.layout.places[index].place
            narrow = place.location.precision is not Precision.REGION
            ways = (self._way(other, index) for other in (*own, *before))
            yield PlaceShown(
                label=self._label(index),
                location=place.location,
                country=interface.country_name(place.country, self.language) if narrow else "",
                way=next(filter(None, ways), ""),
                opens=not (own or before),
            )

    def route(self) -> RouteShown | None:
        """Tell of the route that is travelled now, on the cover of the one that is shown whole."""
        for travel in self.scene.travels:
            first, last = travel.first, travel.last
            if self.scene.event is None:
                first, last = 0, travel.past
            laid = self.layout.routes[travel.route]
            legs = laid.legs[max(0, first) : max(0, last)]
            if legs:
                return RouteShown(
                    route=laid.route,
                    first=self._label(laid.stops[first]).text,
                    last=self._label(laid.stops[last]).text,
                    legs={certainty: legs.count(certainty) for certainty in Certainty},
                )
        return None

    def borders(self, drawn: Iterable[Border]) -> str:
        """Tell which borders there are, or that nobody has them."""
        periods = periods_at(drawn, self.scene.date)
        if TODAY in periods:
            return self.gettext("Borders: those of today")
        if periods:
            return self.gettext("Borders: those of the time")
        text = self.gettext("No borders are drawn for {date}: we have no data for that date")
        return text.format(date=spoken(self.scene.date, self.language))

    def _label(self, index: int) -> Label:
        return self.layout.places[index].labels[self.scene.labels[index]]

    def _way(self, other: int, index: int) -> str:
        """Tell the way from one located place to another."""
        if index == other:
            return self.gettext("the same place as before")
        start, end = self.layout.places[other], self.layout.places[index]
        if not (start.at and end.at):
            return ""
        metres = length_m((start.at, end.at))
        error_m = _error_m(start) + _error_m(end)
        if error_m > metres * SURE_SHARE:
            return ""
        sector = round(bearing(start.at, end.at) / 45) % len(DIRECTIONS)
        return self.gettext("about %(distance)s %(direction)s %(place)s") % {
            "distance": distance(rounded(metres, error_m), self.language),
            "direction": self.gettext(DIRECTIONS[sector]),
            "place": self._label(other).text,
        }


def rounded(metres: float, error_m: float) -> float:
    """Return a distance to two digits, or to the step of 1, 2 or 5 that its error allows."""
    decade = 10.0 ** math.floor(math.log10(error_m))
    honest = next(step * decade for step in (1, 2, 5, 10) if step * decade >= error_m)
    unit = max(1.0, honest, 10.0 ** (math.floor(math.log10(metres)) - 1))
    return round(metres / unit) * unit


def _is_marked(laid: LaidOutPlace) -> bool:
    return laid.kind is Kind.STORY and laid.at is not None


def _error_m(laid: LaidOutPlace) -> float:
    """Return how far from its position the place, or some of it, may be."""
    location = laid.place.location
    if location.radius_m:
        return location.radius_m
    if laid.shape:
        box = box_around(point for ring in laid.shape for point in ring)
        return max(length_m(corners(box)) / 2, TYPICAL_ERROR_M[Precision.EXACT])
    return TYPICAL_ERROR_M.get(location.precision, math.inf)
