"""What a story says of where its places lie, even where it cannot be built for want of that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storymap.model import Place, Service
from storymap.problems import Problem, Severity
from storymap.reading.entries import Entry
from storymap.reading.gazetteer import check_place
from storymap.reading.records import GeocodeRecord, nowhere
from storymap.reading.references import References

_NOT_YET = {"precision": "unlocated", "reason": "not located yet"}


@dataclass(frozen=True, slots=True)
class Survey:
    """The places of a story, those that lie somewhere and those that do not yet."""

    ids: tuple[str, ...]
    """of all places, those in error too"""
    located: tuple[Place, ...]
    missing: tuple[Place, ...]
    geocodes: tuple[GeocodeRecord, ...]
    """what the lock file holds, used or not"""
    geocoded: frozenset[str]
    """ids of the places that lie where the lock file has them"""
    entries: Mapping[str, Entry]
    """id of a place -> where it stands"""
    language: str = "en"
    services: tuple[Service, ...] = ()
    contact: str = ""
    """a page about an author, for services that want to know who asks"""
    errors: tuple[Problem, ...] = ()
    """of the whole story, but for coordinates that are missing"""
    problems: tuple[Problem, ...] = ()
    """of the whole story"""
    untranslated: tuple[Problem, ...] = ()
    """what its languages lack; nothing where the story has errors"""


def missing_places(gazetteer: Iterable[Entry], references: References) -> tuple[Place, ...]:
    """Return the places of *gazetteer* that lack coordinates and nothing else."""
    references.stand_in = dict(_NOT_YET)
    checked = (
        check_place(entry, references)[0]
        for entry in gazetteer
        if isinstance(entry.data, dict) and entry.data.get("id") in references.nowhere
    )
    return tuple(place for place in checked if place)


def errors_beyond(problems: Iterable[Problem], ids: Iterable[str]) -> tuple[Problem, ...]:
    """Return the errors among *problems* that are no want of coordinates of the places *ids*."""
    expected = {nowhere(id).message for id in ids}
    return tuple(
        problem
        for problem in sorted(problems)
        if problem.severity is Severity.ERROR and problem.message not in expected
    )
