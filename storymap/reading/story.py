"""A reading of a story folder: all its files, in the order in which they speak of each other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from storymap.model import Event, Place, Story, StoryTranslation
from storymap.problems import Problem, Severity, StoryError
from storymap.reading.entries import Entry
from storymap.reading.events import (
    EventEntry,
    EventFile,
    arrange,
    check_order,
    read_event,
    split_event,
)
from storymap.reading.folder import (
    leads_out,
    list_folder,
    list_media,
    only_one,
    unread_copies,
)
from storymap.reading.gazetteer import read_places
from storymap.reading.gazetteer_files import (
    NAMES,
    language_of,
    own_gazetteer,
    read_gazetteer,
    sharing,
)
from storymap.reading.geocodes import (
    LOCK,
    Geocode,
    attributions,
    compare,
    location_of,
    read_geocodes,
)
from storymap.reading.media import MediaFiles
from storymap.reading.overlays import OverlayFiles, check_sides
from storymap.reading.records import StoryRecord
from storymap.reading.references import FILES, Kind, References, list_entries
from storymap.reading.routes import read_routes, stops_by_route
from storymap.reading.shared import clashes, needed_places, shared_files, shared_paths
from storymap.reading.sheet_files import EVENT_SHEETS, read_sheet
from storymap.reading.sources import read_sources
from storymap.reading.story_file import (
    contact_of,
    frames_of,
    languages_of,
    read_story_file,
    refuse_format,
    services_of,
    tell,
)
from storymap.reading.survey import Survey, errors_beyond, missing_places
from storymap.reading.translations import (
    TranslationFile,
    list_translations,
    read_event_translation,
    read_story_translation,
)
from storymap.reading.untranslated import list_untranslated
from storymap.reading.yaml_nodes import Part, compose
from storymap.text import decode, read_bytes

T = TypeVar("T")


def read_story(
    folder: Path, unsaved: Mapping[str, bytes] | None = None, *, root: Path | None = None
) -> tuple[Story | None, tuple[Problem, ...]]:
    """Return the story in *folder* and its problems, sorted by where they stand.

    What files would hold goes before what they do: *unsaved*, by name, as `events/010-end.md`.
    Shared gazetteers lie in *root*, by default the folder that *folder* lies in.
    """
    reading = _Reading(folder, unsaved or {}, root)
    story = reading.story()
    return story, tuple(sorted(reading.problems))


def read_survey(folder: Path, *, root: Path | None = None) -> Survey:
    """Return where the places of the story in *folder* lie, whatever else is wrong with it."""
    return read_both(folder, root=root)[1]


def read_both(folder: Path, *, root: Path | None = None) -> tuple[Story | None, Survey]:
    """Return what `read_story` and `read_survey` do, for one reading."""
    reading = _Reading(folder, {}, root)
    return reading.story(), reading.survey()


def list_shared(folder: Path, *, root: Path | None = None) -> tuple[Path, ...]:
    """Return where the gazetteers that the story in *folder* shares lie, there or not yet."""
    return _Reading(folder, {}, root).shared()


class _Reading:
    """One reading of a folder, which keeps the problems that it meets."""

    def __init__(self, folder: Path, unsaved: Mapping[str, bytes], root: Path | None) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._root = root or folder.resolve().parent
        self._unsaved = unsaved
        self._name = folder.resolve().name
        self._names: tuple[str, ...] = ()
        self._missed = False  # whether a file could not be read at all
        self._references = References()
        self._places: tuple[Place, ...] = ()
        self._hidden: tuple[tuple[Entry, Entry], ...] = ()
        self._geocodes: tuple[Geocode, ...] = ()
        self._record: StoryRecord | None = None
        self._head: Part | None = None
        self._told: Story | None = None
        self._originals: dict[str, str] = {}  # id of an event, or nothing -> its file
        self._flawed: set[str] = set()  # events that are in error
        self._translations: tuple[TranslationFile, ...] = ()

    def story(self) -> Story | None:
        """Read all files; None where any of them is in error."""
        names = self._listed("")
        if names is None:
            return None
        self._names = names
        for file in ("story.yaml", FILES[Kind.ROUTE], FILES[Kind.SOURCE]):
            self.problems += unread_copies(file, names, self._name)
        head = self._head = self._part("story.yaml")
        if head and (refusal := refuse_format(head)):
            self.problems.append(refusal)
            return None
        if "media" in names and leads_out(self._folder / "media", self._folder):
            self.problems.append(self._astray("media"))
        references = self._references = References(list_media(self._folder), frames=frames_of(head))
        files = self._event_files(languages_of(head))
        rows = self._event_rows()
        references.steps = {*(file.id for file in files), *(row.id for row in rows)}
        sources, routes = (self._entries(kind, references) for kind in (Kind.SOURCE, Kind.ROUTE))
        gazetteer = self._gazetteer(head, references)
        references.stops = stops_by_route(routes)
        geocodes = self._geocodes = self._answers(references)
        places = self._places = self._keep(read_places(gazetteer, references))
        self.problems += clashes(self._hidden, places, references)
        known = None if references.partial else references.ids(Kind.PLACE)
        self.problems += compare(geocodes, places, references.geocoded, known)
        routes_read = self._keep(read_routes(routes, references, places))
        works = self._keep(read_sources(sources, references))
        events = self._events((*self._event_texts(files), *rows), references, places)
        events = self._with_translations(events, references)
        record = self._keep(read_story_file(head, references)) if head else None
        self._record = record
        heads = self._story_translations(record, references)
        if not self._missed:
            for kind in Kind:
                self.problems += references.unused(kind)
        if record is None or any(p.severity is Severity.ERROR for p in self.problems):
            return None
        needed = needed_places(references, places, events, routes_read)
        self._told = replace(
            tell(record, needed, routes_read, works, events),
            attributions=attributions(geocodes, references.geocoded),
            translations=heads,
            linked=frozenset(references.linked),
        )
        return self._told

    def shared(self) -> tuple[Path, ...]:
        """Return where shared gazetteers are to lie."""
        head = self._part("story.yaml")
        return shared_paths(head, self._folder, self._root) if head else ()

    def survey(self) -> Survey:
        """Return what the reading of the story has found out about its places."""
        references, record = self._references, self._record
        missing = missing_places(references.entries(Kind.PLACE).values(), references)
        untranslated = (
            list_untranslated(self._told, self._head, self._originals, self._translations)
            if self._told and self._head
            else ()
        )
        return Survey(
            ids=tuple(references.ids(Kind.PLACE)),
            located=self._places,
            missing=missing,
            geocodes=tuple(kept for _, kept in self._geocodes),
            geocoded=frozenset(references.geocoded),
            language=record.language if record else "en",
            services=services_of(record) if record else (),
            contact=contact_of(record) if record else "",
            errors=errors_beyond(self.problems, references.nowhere),
            entries=references.entries(Kind.PLACE),
            problems=tuple(sorted(self.problems)),
            untranslated=tuple(untranslated),
        )

    def _entries(self, kind: Kind, references: References) -> tuple[Part, ...]:
        part = self._part(FILES[kind], required=False)
        entries = self._needed(list_entries(kind, part)) if part else None
        if entries is not None:
            self.problems += references.define(kind, entries)
        return entries or ()

    def _gazetteer(self, head: Part | None, references: References) -> tuple[Entry, ...]:
        """Return the places of the story's own gazetteer, then those of the shared ones."""
        own = self._keep(own_gazetteer(self._names, self._name))
        references.files[Kind.PLACE] = own
        read = partial(
            read_gazetteer, language=language_of(head), sources=references.ids(Kind.SOURCE)
        )
        gazetteer: list[Entry] = []
        if not sharing(self._names, head):
            data = self._bytes(own)
            entries = None if data is None else self._needed(read(data, self._shown(own)))
            if entries is not None:
                self.problems += references.define(Kind.PLACE, entries)
            references.partial = entries is None
            gazetteer += entries or ()
        files, problems = shared_files(head, self._folder, self._root) if head else ((), ())
        self.problems += problems
        references.partial |= bool(problems) or head is None
        for file in files:
            data = self._read(file.path, file.shown)
            entries = None if data is None else self._needed(read(data, file.shown))
            references.partial |= entries is None
            new, hidden, problems = references.share(entries or ())
            self._hidden += hidden
            self.problems += problems
            gazetteer += new
        return tuple(gazetteer)

    def _answers(self, references: References) -> tuple[Geocode, ...]:
        """Return what geocoders answered, and let the places have it."""
        part = self._part(LOCK, required=False)
        geocodes = self._keep(read_geocodes(part, references)) if part else ()
        references.geocodes = {record.id: location_of(record) for _, record in geocodes}
        return geocodes

    def _event_files(self, languages: tuple[str, ...]) -> tuple[EventFile, ...]:
        """Return the events, and take note of the translations that are there."""
        sheet = self._event_sheet()
        names = self._listed("events/") if "events" in self._names and not sheet else ()
        given = names is not None and not sheet
        files = self._keep(arrange(names or (), self._shown("events"))) if given else ()
        self._originals = {file.id: f"events/{file.name}" for file in files}
        if languages:
            named = (*self._names, *(f"events/{name}" for name in names or ()))
            originals = {"": "story.yaml", **self._originals}
            found = list_translations(named, originals, languages, self._name)
            self._translations = self._keep(found)
        return files

    def _event_sheet(self) -> str:
        """Name the spreadsheet that the events are in, if they are in one."""
        found, _ = only_one(EVENT_SHEETS, self._names, self._name, "")
        return found or ""

    def _event_rows(self) -> tuple[EventEntry, ...]:
        self._keep(only_one((*EVENT_SHEETS, "events"), self._names, self._name, "keep one of them"))
        name = self._event_sheet()
        data = self._bytes(name) if name else None
        sheet = None if data is None else self._needed(read_sheet(data, self._shown(name)))
        if sheet is None:
            return ()
        from storymap.reading.event_rows import read_event_rows  # noqa: PLC0415 - few stories do

        return self._keep(read_event_rows(sheet))

    def _event_texts(self, files: Iterable[EventFile]) -> Iterator[EventEntry]:
        """Yield what the files in events/ say, as far as they can be read."""
        for file in files:
            if halves := self._halves(f"events/{file.name}"):
                yield EventEntry(file.id, *halves)

    def _halves(self, name: str) -> tuple[Part, str] | None:
        """Return the front matter of a file, and its text; None where it cannot be read."""
        text = self._text(name)
        return None if text is None else self._needed(split_event(text, self._shown(name)))

    def _with_translations(
        self, events: tuple[Event, ...], references: References
    ) -> tuple[Event, ...]:
        """Return *events* with their translations, which are held against what is not in error."""
        translated = {event.id: event for event in events}
        media = MediaFiles(self._folder, self._name, references)
        for id, language, name in self._translations:
            halves = self._halves(name) if id else None
            if halves:
                told, original = EventEntry(id, *halves), translated.get(id)
                whole = None if id in self._flawed else original
                found = self._keep(read_event_translation(told, language, whole, references, media))
                if original and found:
                    translations = (*original.translations, found)
                    translated[id] = replace(original, translations=translations)
        return tuple(translated.values())

    def _story_translations(
        self, original: StoryRecord | None, references: References
    ) -> tuple[StoryTranslation, ...]:
        parts = (
            (language, self._part(name)) for id, language, name in self._translations if not id
        )
        found = (
            self._keep(read_story_translation(part, language, original, references))
            for language, part in parts
            if part
        )
        return tuple(translation for translation in found if translation)

    def _events(
        self, entries: Iterable[EventEntry], references: References, places: Iterable[Place]
    ) -> tuple[Event, ...]:
        told = []
        overlays = OverlayFiles(self._folder, self._name)
        media = MediaFiles(self._folder, self._name, references)
        for entry in entries:
            event, problems = read_event(entry, references, overlays, media)
            self.problems += problems
            if event:
                told.append((entry.entry, event))
            if any(problem.severity is Severity.ERROR for problem in problems):
                self._flawed.add(entry.id)
        self.problems += check_order(told)
        self.problems += check_sides(told, places)
        return tuple(event for _, event in told)

    def _part(self, name: str, *, required: bool = True) -> Part | None:
        """Return a whole file; None where it cannot be read, and an empty one for none."""
        if not required and name not in self._names:
            return Part(self._shown(name), "", None, None)
        text = self._text(name)
        return None if text is None else self._needed(compose(text, self._shown(name)))

    def _listed(self, name: str) -> tuple[str, ...] | None:
        """Return the names in a folder of the story; the story's own is ``."""
        folder = self._folder / name
        unsaved = {
            file.removeprefix(name).split("/")[0] for file in self._unsaved if file.startswith(name)
        }
        if unsaved and not folder.exists():
            return tuple(unsaved)
        if leads_out(folder, self._folder):
            return self._needed((None, [self._astray(name.rstrip("/"))]))
        shown = self._shown(name).rstrip("/") if name else self._folder.as_posix()
        try:
            return tuple({*list_folder(folder, shown), *unsaved})
        except StoryError as error:
            return self._needed((None, error.problems))

    def _text(self, name: str) -> str | None:
        data = self._bytes(name)
        try:
            return None if data is None else decode(data, self._shown(name))
        except StoryError as error:
            return self._needed((None, error.problems))

    def _bytes(self, name: str) -> bytes | None:
        if name in self._unsaved:
            return self._unsaved[name]
        path = self._folder / name
        homes = [self._folder, self._root] if name in NAMES else [self._folder]
        if leads_out(path, *homes):
            return self._needed((None, [self._astray(name)]))
        return self._read(path, self._shown(name))

    def _astray(self, name: str) -> Problem:
        message = "this leads out of the story folder"
        return Problem(self._shown(name), 0, 0, message, "put a copy of what is there in its place")

    def _read(self, path: Path, shown: str) -> bytes | None:
        try:
            return read_bytes(path, shown)
        except StoryError as error:
            return self._needed((None, error.problems))

    def _shown(self, name: str) -> str:
        return f"{self._name}/{name}"

    def _needed(self, found: tuple[T | None, Iterable[Problem]]) -> T | None:
        value = self._keep(found)
        self._missed = self._missed or value is None
        return value

    def _keep(self, found: tuple[T, Iterable[Problem]]) -> T:
        value, problems = found
        self.problems += problems
        return value
