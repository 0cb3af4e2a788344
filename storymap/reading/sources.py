"""Works cited, from sources.yaml."""

from collections.abc import Iterable

from storymap.model import Source
from storymap.problems import Problem
from storymap.reading.checking import check_each
from storymap.reading.records import AuthorRecord, SourceRecord
from storymap.reading.references import References
from storymap.reading.yaml_nodes import Part


def read_sources(
    entries: Iterable[Part], references: References
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Return the works cited, and their problems."""
    checked, problems = check_each(SourceRecord, entries, references)
    return tuple(_source(record) for _, record in checked), problems


def _source(record: SourceRecord) -> Source:
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
