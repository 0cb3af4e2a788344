"""What looks wrong in places that read well: positions against the atlas, names against scripts.

All of it is a matter of judgement, so each finding is a warning.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import shapely

from storymap.atlas.countries import countries_at, km_between, km_off_shore, km_outside
from storymap.geometry import LatLon, ring_of
from storymap.model import Location, Place, Precision
from storymap.reading.faults import Fault

SLACK_KM = 5.0
"""how far off a position may lie: the atlas is coarse and towns are wide"""
PARENT_KM = 25.0
"""how far from its point a place without a known size may reach"""

SCRIPTS = {
    "Arab": "Arabic",
    "Armn": "Armenian",
    "Beng": "Bengali",
    "Cyrl": "Cyrillic",
    "Deva": "Devanagari",
    "Ethi": "Ethiopic",
    "Geor": "Georgian",
    "Grek": "Greek",
    "Hebr": "Hebrew",
    "Latn": "Latin",
    "Mong": "Mongolian",
    "Thai": "Thai",
}
"""ISO 15924 -> the script's name in Unicode; scripts that mix with others are left out"""
SEVERAL_SCRIPTS = frozenset(
    "az ba bs crh kaa kk ku ky mn pa ro sh sr tg tk tr tt ug uz xal".split()  # noqa: SIM905 - reads better
)
"""languages that were or are written in more than one"""


def findings(places: Sequence[Place]) -> Iterator[tuple[str, Fault]]:
    """Yield what looks wrong, each with the id of its place."""
    by_id = {place.id: place for place in places}
    located = [place for place in places if place.location.point]
    homes = countries_at([place.location.point for place in located if place.location.point])
    for place, home in zip(located, homes, strict=True):
        for fault in _of_position(place, home, by_id):
            yield place.id, fault
    for place in places:
        for fault in _of_names(place):
            yield place.id, fault


def _of_position(place: Place, home: str, by_id: Mapping[str, Place]) -> Iterator[Fault]:
    point, slack = place.location.point, SLACK_KM + (place.location.radius_m or 0) / 1000
    if point is None or place.location.precision is Precision.REGION:
        return
    if not home and _is_settlement(place) and (off := km_off_shore(point)) > slack:
        message = f"{_shown(point)} lies in the sea, {off:.0f} km off shore"
        yield Fault(message, "check the coordinates", ("location", "point"))
    if place.country and home != place.country:
        outside = km_outside(point, place.country)
        if outside is not None and outside > slack:
            where = f"in {home}, " if home else ""
            message = f"{_shown(point)} lies {where}{outside:.0f} km outside {place.country}"
            yield Fault(message, "check the coordinates, or `country`", ("location", "point"))
    parent = by_id.get(place.within)
    if parent and (far := _km_outside(point, parent.location)) > slack:
        message = f"{_shown(point)} lies {far:.0f} km outside '{parent.id}', of which it is a part"
        yield Fault(message, "check the coordinates, or `within`", ("location", "point"))


def _shown(point: LatLon) -> str:
    return f"[{point.lat:g}, {point.lon:g}]"


def _is_settlement(place: Place) -> bool:
    return place.location.precision is Precision.SETTLEMENT or place.feature == "P"


def _km_outside(point: LatLon, parent: Location) -> float:
    """Return how far a position lies outside another place; 0 where that is not known."""
    outlines = parent.polygon or ((ring_of(parent.box),) if parent.box else ())
    if outlines:
        areas = [shapely.Polygon([(lon, lat) for lat, lon in ring]) for ring in outlines]
        return km_between(point, areas)
    if parent.point is None:
        return 0.0
    reach = max(PARENT_KM, (parent.radius_m or 0) / 1000)
    return km_between(point, [shapely.Point(parent.point.lon, parent.point.lat)]) - reach


def _of_names(place: Place) -> Iterator[Fault]:
    for index, name in enumerate(place.names):
        expected = _script(name.language)
        if expected and (found := _foreign(name.text, expected)):
            primary = name.language.split("-")[0]
            code = next(code for code, script in SCRIPTS.items() if script == found)
            message = f"'{name.text}' is written in {found} letters, and '{name.language}' is not"
            hint = f"a transliteration has the language '{primary}-{code}'"
            yield Fault(message, hint, ("names", index, "language"))


@cache
def _script(language: str) -> str:
    """Return the script that a language tag means; empty where that is open."""
    from babel.core import get_global  # noqa: PLC0415 - a build does without

    primary, *rest = language.split("-")
    for code in rest:
        if code.title() in SCRIPTS:
            return SCRIPTS[code.title()]
    if primary in SEVERAL_SCRIPTS or any(len(code) == 4 for code in rest):
        return ""
    likely = get_global("likely_subtags").get(primary, "")
    return next((SCRIPTS[code] for code in likely.split("_") if code in SCRIPTS), "")


def _foreign(text: str, expected: str) -> str:
    """Return the script of a text that has no letter of the expected one; empty if it has."""
    if text.isascii() and expected == "Latin":
        return ""
    if any(_script_of(letter) == expected for letter in text):
        return ""
    known = {script for letter in text if (script := _script_of(letter))}
    return min(known, default="")


@cache
def _script_of(letter: str) -> str:
    """Return the script of a letter; empty for what is none of `SCRIPTS`, or no letter."""
    script = unicodedata.name(letter, "").split(" ")[0].title() if letter.isalpha() else ""
    return script if script in SCRIPTS.values() else ""
