"""What geocoders answered, from geocodes.lock.yaml: a build reads it and asks no one.

The gazetteer's own coordinates go before it, and a place that was edited since is told.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from storymap.model import Attribution, Place
from storymap.problems import Problem, Severity
from storymap.reading.checking import check_each
from storymap.reading.entries import Data
from storymap.reading.faults import Fault
from storymap.reading.records import GeocodeRecord, QuestionRecord
from storymap.reading.references import References
from storymap.reading.yaml_nodes import Part
from storymap.text import did_you_mean

LOCK = "geocodes.lock.yaml"

Geocode = tuple[Part, GeocodeRecord]
"""an entry of the file, and what it says"""


def read_geocodes(
    part: Part, references: References
) -> tuple[tuple[Geocode, ...], tuple[Problem, ...]]:
    """Return the entries of the lock file, and its problems."""
    if part.data is not None and not isinstance(part.data, list):
        fault = Fault("the geocodes should be a list", "begin each of them with '- '")
        return (), (part.problem(fault),)
    checked, problems = check_each(GeocodeRecord, part.entries(), references)
    return tuple(checked), (*problems, *_twins(checked))


def location_of(record: GeocodeRecord) -> Data:
    """Return the location that an answer gives a place, as an author would write it."""
    answer = record.answer
    number = answer.id.partition(":")[2] or answer.id
    location: dict[str, Data] = {
        "precision": answer.precision.value,
        "point": [*map(repr, answer.point)],
        "source": f"{record.terms.attribution} {number}",
    }
    if answer.box:
        location["box"] = [*map(repr, answer.box)]
    return location


def compare(
    geocodes: Iterable[Geocode],
    places: Iterable[Place],
    geocoded: Collection[str],
    known: Collection[str] | None,
) -> tuple[Problem, ...]:
    """Warn of entries that do not fit the gazetteer.

    *geocoded* are the ids of the places that were located by them, *known* those of all; None where
    a gazetteer cannot be read, which may have more.
    """
    by_id = {place.id: place for place in places}
    return tuple(
        part.problem(fault, Severity.WARNING)
        for part, record in geocodes
        for fault in _doubts(record, by_id.get(record.id), geocoded, known)
    )


def attributions(geocodes: Iterable[Geocode], geocoded: Collection[str]) -> tuple[Attribution, ...]:
    """Return whom to name for the places that were located, in alphabetical order."""
    terms = {record.terms for _, record in geocodes if record.id in geocoded}
    named = sorted((each.attribution, each.licence, each.url) for each in terms)
    return tuple(Attribution(*each) for each in named)


def _doubts(
    record: GeocodeRecord,
    place: Place | None,
    geocoded: Collection[str],
    known: Collection[str] | None,
) -> Iterator[Fault]:
    id = record.id
    if known is not None and id not in known:
        similar = did_you_mean(id, known)
        hint = f"did you mean '{similar}'?" if similar else "take the entry out"
        yield Fault(f"no place is called '{id}'", hint, ("id",))
    elif place is None:
        return  # it is in error, of which we have told
    elif id not in geocoded:
        message = f"the place '{id}' has coordinates in the gazetteer, and needs none from here"
        yield Fault(message, "run: storymap locate, which takes the entry out")
    elif changes := _changes(record.query, question(place)):
        message = f"the place '{id}' was located before its {changes} changed"
        yield Fault(message, f"run: storymap locate {id} --refresh")


def question(place: Place) -> QuestionRecord:
    """Return what is asked of a place, as the lock file keeps it."""
    return QuestionRecord(
        names=tuple(dict.fromkeys(name.text for name in place.names)),
        country=place.country,
        within=place.within,
        hints=place.hints,
    )


def _changes(before: QuestionRecord, now: QuestionRecord) -> str:
    words = {"names": "names", "country": "country", "within": "parent", "hints": "hints"}
    changed = [
        word for field, word in words.items() if getattr(before, field) != getattr(now, field)
    ]
    return " and ".join(changed)


def _twins(checked: Sequence[Geocode]) -> Iterator[Problem]:
    seen: dict[str, Part] = {}
    for part, record in checked:
        if record.id in seen:
            message = f"the place '{record.id}' is here twice, first in {seen[record.id].line()}"
            yield part.problem(Fault(message, "take one of them out", ("id",)))
        seen.setdefault(record.id, part)
