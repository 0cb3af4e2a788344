"""Works cited, from sources.yaml."""

from storymap.model import Source
from storymap.reading.records import AuthorRecord, SourceRecord


def source(record: SourceRecord) -> Source:
    """Return the work that a record describes."""
    return Source(
        id=record.id,
        title=record.title,
        type=record.type,
        authors=tuple(_author(author) for author in record.author),
        container=record.container_title,
        publisher=record.publisher,
        issued=record.issued,
        accessed=record.accessed,
        url=record.url or "",
        note=record.note,
    )


def _author(record: AuthorRecord) -> str:
    parts = (
        record.given,
        record.dropping_particle,
        record.non_dropping_particle,
        record.family,
        record.suffix,
    )
    return record.literal or " ".join(part for part in parts if part)
