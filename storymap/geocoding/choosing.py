"""What speaks for and against each candidate; the choice is the author's.

One rule lets an answer of the offline gazetteer pass without a question: it is the place's own
GeoNames entry, or the only place in the stated country that any of the names may mean, and it is
spelled as the author spells it. Hints tell of namesakes, and only the author can follow them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians, sin

from storymap.geocoding.candidates import Candidate, Match, Query
from storymap.geometry import LatLon, length_m

_SETTLEMENTS = ("", "P")
"""feature classes of what the offline gazetteer holds"""
_CERTAIN = (Match.EXACT, Match.ALTERNATE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate, and what speaks for it or against it."""

    candidate: Candidate
    at_home: bool
    """whether it lies in the stated country, as far as that is known of both"""
    reasons: tuple[str, ...]
    """in words"""


def weigh(query: Query, candidates: Iterable[Candidate]) -> tuple[Weighed, ...]:
    """Return *candidates* with what speaks for them, the more plausible first."""
    closeness = {match: rank for rank, match in enumerate(Match)}
    ordered = sorted(
        candidates,
        key=lambda each: (
            not _at_home(query, each),
            closeness[each.match],
            -(each.population or 0),
            each.id,
        ),
    )
    return tuple(Weighed(each, _at_home(query, each), _reasons(query, each)) for each in ordered)


def nearest(at: LatLon, others: Mapping[str, LatLon]) -> tuple[str, float] | None:
    """Return which of *others*, by name, lies nearest, and how many kilometres away."""
    if not others:
        return None
    name = min(others, key=lambda name: _haversine(at, others[name]))
    return name, length_m([at, others[name]]) / 1000


def _haversine(one: LatLon, other: LatLon) -> float:
    """Grow with the distance on a sphere; there may be thousands to compare."""
    lat, lon = radians(other.lat - one.lat), radians(other.lon - one.lon)
    return sin(lat / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(lon / 2) ** 2


def evident(query: Query, weighed: Iterable[Weighed]) -> Candidate | None:
    """Return the candidate of the offline gazetteer that needs no question, if there is one."""
    plausible = [each.candidate for each in weighed if each.at_home]
    if len(plausible) != 1:
        return None
    (only,) = plausible
    if only.match is Match.NUMBER:
        return only
    if not query.country or query.hints or query.feature not in _SETTLEMENTS:
        return None
    return only if only.match in _CERTAIN else None


def _at_home(query: Query, candidate: Candidate) -> bool:
    return candidate.match is Match.NUMBER or not _abroad(query, candidate)


def _abroad(query: Query, candidate: Candidate) -> bool:
    return bool(query.country and candidate.country) and candidate.country != query.country


def _reasons(query: Query, candidate: Candidate) -> tuple[str, ...]:
    matched, asked = candidate.matched, candidate.asked
    called = {
        Match.NUMBER: "has the GeoNames number of the place",
        Match.EXACT: f"is called '{matched}'",
        Match.ALTERNATE: f"is also called '{matched}'",
        Match.NEAR: f"near match: '{matched}' for '{asked}'",
        Match.FOUND: f"{candidate.provider} found it for '{asked}'",
    }[candidate.match]
    if not query.country or not candidate.country:
        return (called,)
    where = "not in" if _abroad(query, candidate) else "in"
    return called, f"{where} {query.country}, as the story has it"
