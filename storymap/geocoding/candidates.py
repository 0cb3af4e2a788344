"""What is asked of a gazetteer or a service, and what it answers.

A `Query` is put to any `Provider` by the one function `ask`, be it offline or online; what comes
back are candidates, and nothing here chooses among them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geopy.location import Location

from storymap.dates import Limit
from storymap.geometry import Box, LatLon
from storymap.model import Place, Precision


class Match(StrEnum):
    """How an answer fits what was asked, the closest first."""

    NUMBER = "number"
    """it is the GeoNames entry that the place names"""
    EXACT = "exact"
    """it is called what was asked"""
    ALTERNATE = "alternate"
    """one of its other names is what was asked"""
    NEAR = "near"
    """one of its names is what was asked but for case, accents or romanisation"""
    FOUND = "found"
    """the provider found it in its own way"""


@dataclass(frozen=True, slots=True)
class Query:
    """What is known of a place that is to be located."""

    place: str
    """id of the place"""
    names: tuple[str, ...]
    """without repetition, those that last before those that ended"""
    country: str = ""
    """ISO 3166-1 alpha-2, in capitals"""
    hints: tuple[str, ...] = ()
    """words of the author's that tell it from its namesakes"""
    feature: str = ""
    """feature class of GeoNames: A, H, L, P, R, S or T"""
    geonames: int | None = None
    near: LatLon | None = None
    """where its parent lies, for providers that prefer what is near"""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a provider asks of those who use its answers."""

    attribution: str
    """who is to be named"""
    licence: str
    """its short name, such as `CC BY 4.0`"""
    url: str = ""
    """where the terms can be read"""
    caution: str = ""
    """what to heed before an answer is kept"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be the one asked for."""

    id: str
    """the provider's own, such as `geonames:1528675` or `osm:node/240109189`"""
    name: str
    at: LatLon
    provider: str
    """name of the `Provider`"""
    match: Match
    matched: str
    """the name of the candidate's that fits"""
    asked: str
    """the name that was asked for"""
    kind: str = ""
    """in words: town, village, street, …"""
    country: str = ""
    """ISO 3166-1 alpha-2, in capitals"""
    population: int | None = None
    address: str = ""
    """the line by which the provider itself shows it"""
    precision: Precision = Precision.SETTLEMENT
    """how well `at` says where it is; a region has a `box`"""
    box: Box | None = None
    """around an area, where the provider gives one"""


@dataclass(frozen=True, slots=True)
class Provider:
    """A gazetteer or service behind a geopy geocoder."""

    name: str
    """as it is shown and recorded: GeoNames, Nominatim, …"""
    terms: Terms
    search: Callable[[Query, str], Sequence[Location] | None]
    """ask for one of the query's names; may raise `Unavailable`"""
    read: Callable[[Query, str, Location], Candidate]
    """make a candidate of one answer to that name"""
    thrifty: bool = False
    """leave the other names unasked as soon as one is answered, where the country is known"""


class Unavailable(Exception):  # noqa: N818 - a state of the provider, not a fault of the asker's
    """A provider gave no answer, not even an empty one; asking again later may help.

    Its text says what happened, for the author.
    """


class NotUnderstood(Unavailable):
    """A provider gave no answer to this question; other questions it may answer."""


def query_for(place: Place, near: LatLon | None = None) -> Query:
    """Return what to ask for *place*; *near* is where its parent lies."""
    lasting = [name for name in place.names if not name.when or name.when.end is Limit.OPEN]
    return Query(
        place=place.id,
        names=tuple(dict.fromkeys(name.text for name in (*lasting, *place.names))),
        country=place.country,
        hints=place.hints,
        feature=place.feature,
        geonames=place.geonames,
        near=near,
    )


def ask(provider: Provider, query: Query) -> tuple[Candidate, ...]:
    """Return what *provider* knows of the place, each candidate once with its closest match.

    Raises:
        Unavailable: it gave no answer.
    """
    best: dict[str, Candidate] = {}
    for candidate in _answers(provider, query):
        known = best.get(candidate.id)
        if known is None or _CLOSENESS[candidate.match] < _CLOSENESS[known.match]:
            best[candidate.id] = candidate
    return tuple(best.values())


_CLOSENESS = {match: rank for rank, match in enumerate(Match)}


def _answers(provider: Provider, query: Query) -> Iterator[Candidate]:
    for name in query.names:
        found = provider.search(query, name) or ()
        yield from (provider.read(query, name, location) for location in found)
        if found and provider.thrifty and query.country:  # else it may be a namesake abroad
            return
