"""Events from the files in events/: YAML front matter, then Markdown."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from storymap.dates import Day, When, certainly_before
from storymap.model import Camera, Citation, Dispute, Event, Passage, Statement, Table
from storymap.problems import Problem, Severity
from storymap.reading.checking import check
from storymap.reading.entries import Entry
from storymap.reading.faults import Fault
from storymap.reading.fields import fault_of_id
from storymap.reading.gazetteer import citations
from storymap.reading.ids import id_of
from storymap.reading.media import MediaFiles
from storymap.reading.overlays import OverlayFiles
from storymap.reading.records import (
    CameraRecord,
    DisputeRecord,
    EventRecord,
    TableRecord,
)
from storymap.reading.references import References
from storymap.reading.yaml_nodes import Part, compose

_FENCE = "---"
_NAME = re.compile(r"([0-9]+)-([^.]+)\.md")
_NEARLY = re.compile(r"([0-9]+)[ ._-]*([^.]+)(?:\.(?:md|markdown|txt))+")
"""name that people give to a file of an event"""
TRANSLATED = re.compile(r"([0-9]+)-([^.]+)\.([^.]+)\.md")
"""name of a file that says in another language what an event's file says"""


class EventEntry(NamedTuple):
    """What is said of an event, and its text."""

    id: str
    entry: Entry
    markdown: str

    def problems_of_links(self, references: References) -> tuple[Problem, ...]:
        """Return what is wrong with the links of the text, which may stand in a cell."""
        found = references.problems_of_links(self.markdown, self.entry.file)
        if isinstance(self.entry, Part):
            return found
        return tuple(
            self.entry.problem(Fault(problem.message, problem.hint, ("text",))) for problem in found
        )


class EventFile(NamedTuple):
    """A file that holds an event."""

    id: str
    name: str


def arrange(names: Iterable[str], folder: str) -> tuple[tuple[EventFile, ...], tuple[Problem, ...]]:
    """Return the event files among *names* in story order; *folder* is as shown to the author.

    Their translations are left aside.
    """
    files: dict[str, tuple[int, EventFile]] = {}
    problems = []
    for name in sorted(names):
        match = _NAME.fullmatch(name)
        if TRANSLATED.fullmatch(name):
            continue
        if not match:
            hint = f"name it as {_proper(name) or '010-beginning.md'}, or keep it elsewhere"
            message = "this file is not read, for its name is not that of an event"
            problems.append(_whole(f"{folder}/{name}", Fault(message, hint), Severity.WARNING))
            continue
        number, id = int(match[1]), match[2]
        if fault := fault_of_id(id):
            better = f"name it as {_proper(name)}" if _proper(name) else fault.hint
            problems.append(_whole(f"{folder}/{name}", fault._replace(hint=better)))
        elif id in files:
            fault = Fault(f"the id '{id}' is taken, by {folder}/{files[id][1].name}")
            problems.append(_whole(f"{folder}/{name}", fault))
        else:
            files[id] = (number, EventFile(id, name))
    in_order = sorted(files.values(), key=lambda numbered: (numbered[0], numbered[1].name))
    if all(problem.severity is Severity.WARNING for problem in problems) and not files:
        fault = Fault("the story has no events", "add a file such as events/010-beginning.md")
        problems.append(_whole(folder, fault))
    return tuple(file for _, file in in_order), tuple(problems)


def _proper(name: str) -> str:
    """Return what a file would have to be called, as far as *name* tells; else nothing."""
    match = _NEARLY.fullmatch(name)
    id = id_of(match[2]) if match else ""
    return f"{match[1]}-{id}.md" if match and id else ""


def _whole(file: str, fault: Fault, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(file, 0, 0, fault.message, fault.hint, severity)


def split_event(text: str, file: str) -> tuple[tuple[Part, str] | None, tuple[Problem, ...]]:
    """Return the front matter, and the Markdown in the lines that it has in the file."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        hint = f"begin with front matter between two lines of '{_FENCE}'"
        return None, (Problem(file, 1, 1, f"the first line is not '{_FENCE}'", hint),)
    end = next((i for i, line in enumerate(lines) if i and line.rstrip() == _FENCE), None)
    if end is None:
        message = "the front matter that begins here does not end"
        return None, (Problem(file, 1, 1, message, f"end it with a line of '{_FENCE}'"),)
    part, problems = compose("\n".join(lines[:end]), file)
    markdown = "\n" * (end + 1) + "\n".join(lines[end + 1 :])
    return (part, markdown) if part else None, problems


def read_event(
    told: EventEntry, references: References, overlay_files: OverlayFiles, media_files: MediaFiles
) -> tuple[Event | None, tuple[Problem, ...]]:
    """Return the event that is told, and what is wrong with it."""
    record, problems = check(EventRecord, told.entry, references)
    problems += told.problems_of_links(references)
    if record is None:
        return None, problems
    overlays, found = overlay_files.read(record.overlays, told.entry)
    media, faults = media_files.read(record.media, told.entry)
    event = _event(told.id, record, told.markdown, references)
    return replace(event, overlays=overlays, media=media), (*problems, *found, *faults)


def check_order(events: Iterable[tuple[Entry, Event]]) -> tuple[Problem, ...]:
    """Return the steps that go back in time without saying so, or say so without doing it."""
    problems = []
    latest: tuple[Day, When, str] | None = None  # first day, date and id of what begins last
    for entry, event in events:
        when = event.when
        if latest and when and certainly_before(when, latest[1]):
            if not event.flashback:
                problems.append(entry.problem(_out_of_order(when, *latest[1:])))
        elif event.flashback:
            message = "this step is no flashback: no earlier one is of a later date"
            fault = Fault(message, "take the line out", ("flashback",))
            problems.append(entry.problem(fault, Severity.WARNING, of_key=True))
        first = when.first if when and not event.flashback else None
        if when and first and (not latest or first > latest[0]):
            latest = (first, when, event.id)
    return tuple(problems)


def _out_of_order(when: When, earlier: When, id: str) -> Fault:
    message = f"{when.edtf} is before the {earlier.edtf} of the step '{id}', which precedes it"
    hint = "put the step in its place by date, or write `flashback: true`"
    return Fault(message, hint, ("when",))


def _event(id: str, record: EventRecord, text: str, references: References) -> Event:
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
