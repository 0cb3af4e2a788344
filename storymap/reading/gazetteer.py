"""Places, whatever kind of file describes them."""

from collections.abc import Iterable

from storymap.geometry import box_around, center_of
from storymap.model import Citation, Location, Name, Place
from storymap.problems import Problem
from storymap.reading.checking import check
from storymap.reading.entries import Entry
from storymap.reading.plain_places import plain_place
from storymap.reading.records import CitationRecord, LocationRecord, NameRecord, PlaceRecord
from storymap.reading.references import References
from storymap.reading.sheets import Row
from storymap.reading.swapped import swapped


def read_places(
    entries: Iterable[Entry], references: References
) -> tuple[tuple[Place, ...], tuple[Problem, ...]]:
    """Return the places of the gazetteer, and its problems."""
    sound: list[Entry] = []
    places: list[Place] = []
    problems: list[Problem] = []
    for entry in entries:
        place, found = read_place(entry, references)
        problems += found
        if place:
            sound.append(entry)
            places.append(place)
    return tuple(places), (*problems, *swapped(sound, places))


def read_place(entry: Entry, references: References) -> tuple[Place | None, tuple[Problem, ...]]:
    """Return the place that an entry describes, or all that is wrong with it."""
    if isinstance(entry, Row) and entry.place:
        return entry.place, ()
    place = plain_place(entry.data, references)
    return (place, ()) if place else check_place(entry, references)


def check_place(entry: Entry, references: References) -> tuple[Place | None, tuple[Problem, ...]]:
    """Return the same by the long way, through the record of a place."""
    record, problems = check(PlaceRecord, entry, references)
    return _place(record) if record else None, problems


def _place(record: PlaceRecord) -> Place:
    return Place(
        id=record.id,
        names=tuple(_name(name) for name in record.names),
        location=_location(record.location),
        country=record.country or "",
        within=record.within or "",
        hints=record.hints,
        feature=record.feature or "",
        geonames=record.geonames,
        wikidata=record.wikidata or "",
        notes=record.notes,
        citations=citations(record.sources),
    )


def _name(record: NameRecord) -> Name:
    return Name(
        record.text,
        record.language,
        record.kind,
        record.when,
        citations(record.sources),
        record.note,
    )


def _location(record: LocationRecord) -> Location:
    rings, point = (record.polygon,) if record.polygon else record.polygons, record.point
    if record.box and not point:
        point = center_of(record.box)
    if rings and not point:
        point = center_of(box_around(corner for ring in rings for corner in ring))
    return Location(
        precision=record.precision,
        point=point,
        box=record.box,
        polygon=tuple((*ring, ring[0]) for ring in rings),
        radius_m=round(record.radius_km * 1000, 3) if record.radius_km else None,
        source=record.source,
        reason=record.reason,
    )


def citations(records: tuple[CitationRecord, ...]) -> tuple[Citation, ...]:
    """Return what a list of sources points at."""
    return tuple(Citation(record.source, record.locator) for record in records)
