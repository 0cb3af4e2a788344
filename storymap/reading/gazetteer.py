"""Places from gazetteer.yaml."""

from storymap.geometry import LatLon, box_around, center_of
from storymap.model import Citation, Location, Name, Place, Precision
from storymap.reading.records import CitationRecord, LocationRecord, NameRecord, PlaceRecord


def place(record: PlaceRecord) -> Place:
    """Return the place that a record describes."""
    return Place(
        id=record.id,
        names=tuple(_name(name) for name in record.names),
        location=_location(record.location) if record.location else _UNLOCATED,
        country=record.country or "",
        feature=record.feature or "",
        geonames=record.geonames,
        wikidata=record.wikidata or "",
        notes=record.notes,
        citations=citations(record.sources),
    )


_UNLOCATED = Location(Precision.UNLOCATED)


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
    ring = tuple(LatLon(*corner) for corner in record.polygon)
    point = LatLon(*record.point) if record.point else None
    if record.box and not point:
        point = center_of(record.box)
    if ring and not point:
        point = center_of(box_around(ring))
    return Location(
        precision=record.precision,
        point=point,
        box=record.box,
        polygon=((*ring, ring[0]),) if ring else (),
        radius_m=record.radius_km * 1000 if record.radius_km else None,
        source=record.source,
        reason=record.reason,
    )


def citations(records: tuple[CitationRecord, ...]) -> tuple[Citation, ...]:
    """Return what a list of sources points at."""
    return tuple(Citation(record.source, record.locator) for record in records)
