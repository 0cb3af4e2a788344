"""Events from the files in events/: YAML front matter, then Markdown."""

from pathlib import Path

from storymap.model import Camera, Citation, Dispute, Event, Media, Passage, Statement, Table
from storymap.problems import Problem
from storymap.reading.gazetteer import citations
from storymap.reading.records import CameraRecord, DisputeRecord, EventRecord, TableRecord
from storymap.reading.references import References

FENCE = "---"


def split(text: str, file: str) -> tuple[tuple[str, str] | None, tuple[Problem, ...]]:
    """Return the front matter and the Markdown, each in the lines that it has in the file."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        hint = f"begin with front matter between two lines of '{FENCE}'"
        return None, (Problem(file, 1, 1, f"the first line is not '{FENCE}'", hint),)
    for end, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            above = "\n" * (end + 1)
            return ("\n".join(lines[:end]), above + "\n".join(lines[end + 1 :])), ()
    message = "the front matter that begins here does not end"
    return None, (Problem(file, 1, 1, message, f"end it with a line of '{FENCE}'"),)


def event(id: str, record: EventRecord, text: str, references: References, folder: Path) -> Event:
    """Return the event that a record and its Markdown describe."""
    return Event(
        id=id,
        title=record.title,
        text=text.strip(),
        when=record.when,
        places=record.places,
        names_at=record.names_at,
        flashback=record.flashback,
        passage=_passage(record, references),
        camera=_camera(record.camera),
        media=tuple(
            Media(folder / media.file, media.alt, media.caption, media.credit, media.licence)
            for media in record.media
        ),
        table=_table(record.table),
        background=record.background,
        disputes=tuple(_dispute(dispute) for dispute in record.disputed),
        citations=citations(record.sources),
    )


def _passage(record: EventRecord, references: References) -> Passage | None:
    if record.route is None:
        return None
    route = record.route
    return Passage(route.id, *references.passage(route.id, route.from_, route.to))


def _camera(record: CameraRecord | None) -> Camera | None:
    return Camera(record.center, record.zoom) if record else None


def _table(record: TableRecord | None) -> Table | None:
    if record is None:
        return None
    return Table(record.caption, record.label, record.unit, record.rows, record.note)


def _dispute(record: DisputeRecord) -> Dispute:
    return Dispute(
        record.about,
        tuple(Statement(Citation(said.source, said.locator), said.text) for said in record.says),
    )
