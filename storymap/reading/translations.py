"""Translations from files such as events/010-founding.sk.md and story.sk.yaml.

They are held against their originals, part by part: a translation has the order of the original
and says no more.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from storymap.model import (
    Dispute,
    Event,
    EventTranslation,
    Overlay,
    Plan,
    StoryTranslation,
    Table,
)
from storymap.problems import Problem, Severity
from storymap.reading.checking import check
from storymap.reading.events import TRANSLATED, EventEntry
from storymap.reading.faults import Fault, Path
from storymap.reading.fields import LANGUAGE, PATTERNS
from storymap.reading.media import MediaFiles
from storymap.reading.records import StoryRecord
from storymap.reading.references import References
from storymap.reading.translation_records import (
    DisputeTranslationRecord,
    EventTranslationRecord,
    OverlayTranslationRecord,
    StoryTranslationRecord,
    TableTranslationRecord,
)
from storymap.reading.yaml_nodes import Part
from storymap.text import did_you_mean, excerpt

_HEAD = re.compile(r"story\.([^.]+)\.yaml")
_LEADS_WITHIN = re.compile(r"\]\(\s*<?(place:[a-z0-9-]+|#[a-z0-9-]+)")
_IN_ORDER = "translate each of them, in the order of the original"


class TranslationFile(NamedTuple):
    """A file that says in another language what one of the story's files says."""

    original: str
    """id of the event; empty for the story itself"""
    language: str
    name: str
    """within the story folder"""


@dataclass(frozen=True, slots=True)
class _Found:
    """The files that are named as translations are, and what may be wrong with their names."""

    languages: tuple[str, ...]
    """of the story, the default one first"""
    folder: str
    """as shown to the author"""

    def problem(self, file: TranslationFile, fault: Fault, severity: Severity) -> Problem:
        return Problem(f"{self.folder}/{file.name}", 0, 0, fault.message, fault.hint, severity)

    def unread(self, file: TranslationFile, originals: Mapping[str, str]) -> Fault | None:
        """Return why a file is not read, if it is not."""
        tag = file.language
        if tag == self.languages[0]:
            return Fault(
                f"this file is not read, for the story itself is in '{tag}'",
                f"write it in {originals.get(file.original, 'the original')}",
            )
        if not re.fullmatch(LANGUAGE, tag):
            message, hint = PATTERNS[LANGUAGE]
            return Fault(f"this file is not read, for {message.format(excerpt(tag))}", hint)
        if tag in self.languages and file.original not in originals:
            return self._orphaned(file, originals)
        return None

    def _orphaned(self, file: TranslationFile, originals: Mapping[str, str]) -> Fault:
        similar = did_you_mean(file.original, originals)
        number = file.name.removeprefix("events/").partition("-")[0]
        hint = (
            f"rename it as {number}-{similar}.{file.language}.md"
            if similar
            else "add the event, or take this file out"
        )
        message = f"this file is not read, for there is no event '{file.original}' to translate"
        return Fault(message, hint)

    def unlisted(self, files: Sequence[TranslationFile]) -> Problem:
        """Return the warning that story.yaml does not list the language of these *files*."""
        tag = files[0].language
        others = len(files) - 1
        also = f" and {others} more in '{tag}'" if others else ""
        verb = "are" if others else "is"
        similar = did_you_mean(tag, self.languages)
        listed = ", ".join((*self.languages, tag))
        hint = (
            f"did you mean '{similar}'?"
            if similar
            else f"write `languages: [{listed}]` in story.yaml"
        )
        message = f"this file{also} {verb} not read, for story.yaml does not list '{tag}'"
        return self.problem(files[0], Fault(message, hint), Severity.WARNING)


def list_translations(
    names: Iterable[str], originals: Mapping[str, str], languages: tuple[str, ...], folder: str
) -> tuple[tuple[TranslationFile, ...], tuple[Problem, ...]]:
    """Return the translations among *names*, which stand for files of the story *folder*.

    *originals* gives the file of each event by its id, and that of the story by the empty id.
    """
    found = _Found(languages, folder)
    read: dict[tuple[str, str], TranslationFile] = {}
    unlisted: dict[str, list[TranslationFile]] = {}
    problems = []
    for file in _named_as_translations(sorted(names)):
        key = file.original, file.language
        if fault := found.unread(file, originals):
            problems.append(found.problem(file, fault, Severity.WARNING))
        elif file.language not in languages:
            unlisted.setdefault(file.language, []).append(file)
        elif key in read:
            fault = Fault(f"this is translated already, in {folder}/{read[key].name}")
            problems.append(found.problem(file, fault, Severity.ERROR))
        else:
            read[key] = file
    problems += map(found.unlisted, unlisted.values())
    return tuple(read.values()), tuple(problems)


def _named_as_translations(names: Iterable[str]) -> Iterator[TranslationFile]:
    for name in names:
        if match := _HEAD.fullmatch(name):
            yield TranslationFile("", match[1], name)
        elif match := TRANSLATED.fullmatch(name.removeprefix("events/")):
            yield TranslationFile(match[2], match[3], name)


def read_story_translation(
    part: Part, language: str, original: StoryRecord | None, references: References
) -> tuple[StoryTranslation | None, tuple[Problem, ...]]:
    """Return what stands over the story, in another language, and what is wrong with it."""
    record, problems = check(StoryTranslationRecord, part, references)
    if record is None:
        return None, problems
    if record.subtitle and original and not original.subtitle:
        return None, (*problems, part.problem(_no_such("subtitle"), of_key=True))
    promise = record.cover.promise if record.cover else ""
    title, subtitle = record.title or "", record.subtitle or ""
    return StoryTranslation(language, title, subtitle, promise, record.reviewed), problems


def read_event_translation(
    told: EventEntry,
    language: str,
    original: Event | None,
    references: References,
    files: MediaFiles,
) -> tuple[EventTranslation | None, tuple[Problem, ...]]:
    """Return what an event is in another language, and what is wrong with it."""
    record, problems = check(EventTranslationRecord, told.entry, references)
    problems += told.problems_of_links(references)
    if record is None or original is None:
        return None, problems
    comparison = _Comparison(record, told.markdown.strip(), original)
    faults = tuple(comparison.faults())
    problems += tuple(told.entry.problem(fault, of_key=not fault.quote) for fault in faults)
    problems += tuple(_problems_of_text(told, original))
    if faults:
        return None, problems
    media, found = files.translate(record.media, original.media, told.entry)
    return replace(comparison.translation(language), media=media), (*problems, *found)


def _problems_of_text(told: EventEntry, original: Event) -> Iterator[Problem]:
    """Find a text for which there is no original, and links within the story that are lost."""
    if not told.markdown.strip():
        return
    where = told.entry.file, len(told.markdown) - len(told.markdown.lstrip("\n")) + 1, 1
    if not original.text:
        yield Problem(*where, "the original has no text", "take it out")
    there = {*_LEADS_WITHIN.findall(told.markdown)}
    for url in dict.fromkeys(_LEADS_WITHIN.findall(original.text)):
        if url not in there:
            message = f"the original links to '{url}', and this text does not"
            yield Problem(*where, message, f"write [words]({url})", Severity.WARNING)


def _no_such(key: str, path: Path = ()) -> Fault:
    return Fault(f"the original has no '{key}'", "take it out", (*path, key))


def _lacks(key: str, path: Path) -> Fault:
    return Fault(f"'{key}' is missing", "translate it too, for the original has one", (*path, key))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A translated event, part by part beside its original."""

    record: EventTranslationRecord
    text: str
    original: Event

    def faults(self) -> Iterator[Fault]:
        """Find where the one has more or fewer parts than the other."""
        record, original = self.record, self.original
        if record.background and not original.background:
            yield _no_such("background")
        yield from self._of_disputes()
        yield from self._of_table()
        yield from self._of_list("media", record.media, original.media)
        for index, (words, media) in enumerate(zip(record.media, original.media, strict=False)):
            for key in ("caption", "transcript", "captions"):
                ours, theirs = getattr(words, key), getattr(media, key, "")
                yield from _optional(key, ours, theirs, ("media", index))
        yield from self._of_list("overlays", record.overlays, original.overlays)
        pairs = zip(record.overlays, original.overlays, strict=False)
        for index, (label, overlay) in enumerate(pairs):
            alt = overlay.alt if isinstance(overlay, Plan) else ""
            yield from _optional("alt", label.alt, alt, ("overlays", index))

    def translation(self, language: str) -> EventTranslation:
        """Return the original's parts with the words of the translation."""
        record, original = self.record, self.original
        return EventTranslation(
            language=language,
            title=record.title or "",
            text=self.text,
            background=record.background,
            disputes=tuple(map(_dispute, record.disputed, original.disputes)),
            table=_table(record.table, original.table),
            overlays=tuple(map(_overlay, record.overlays, original.overlays)),
        )

    def _of_disputes(self) -> Iterator[Fault]:
        theirs = self.original.disputes
        yield from self._of_list("disputed", self.record.disputed, theirs)
        for index, (point, dispute) in enumerate(zip(self.record.disputed, theirs, strict=False)):
            path = ("disputed", index, "says")
            yield from _count(point.says, dispute.statements, path)

    def _of_table(self) -> Iterator[Fault]:
        words, table = self.record.table, self.original.table
        if words and table:
            yield from _count(words.rows, table.rows, ("table", "rows"))
            yield from _optional("note", words.note, table.note, ("table",))
        elif words:
            yield _no_such("table")

    def _of_list(
        self, key: str, ours: Sequence[object], theirs: Sequence[object]
    ) -> Iterator[Fault]:
        if ours and not theirs:
            yield _no_such(key)
        elif ours:
            yield from _count(ours, theirs, (key,))


def _count(ours: Sequence[object], theirs: Sequence[object], path: Path) -> Iterator[Fault]:
    if len(ours) != len(theirs):
        message = f"'{path[-1]}' lists {len(ours)} here, and {len(theirs)} in the original"
        yield Fault(message, _IN_ORDER, path)


def _optional(key: str, ours: str | None, theirs: object, path: Path) -> Iterator[Fault]:
    if theirs and not ours:
        yield _lacks(key, path)
    elif ours and not theirs:
        yield _no_such(key, path)


def _dispute(words: DisputeTranslationRecord, original: Dispute) -> Dispute:
    pairs = zip(words.says, original.statements, strict=True)
    return Dispute(words.about, tuple(replace(said, says=says) for says, said in pairs))


def _table(words: TableTranslationRecord | None, original: Table | None) -> Table | None:
    if words is None or original is None:
        return None
    numbers = (number for _, number in original.rows)
    rows = tuple(zip(words.rows, numbers, strict=True))
    return Table(words.caption, words.label, words.unit, rows, words.note or "")


def _overlay(words: OverlayTranslationRecord, original: Overlay) -> Overlay:
    if isinstance(original, Plan):
        return replace(original, label=words.label, alt=words.alt or "")
    return replace(original, label=words.label)
