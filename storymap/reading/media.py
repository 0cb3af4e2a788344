"""What steps show and play: each file of it made ready for the page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TypedDict, TypeVar

from storymap.model import Asset, Film, Frame, Media, Picture, Sound
from storymap.problems import Problem, Severity, StoryError
from storymap.reading import photographs, recordings
from storymap.reading.entries import Entry
from storymap.reading.faults import Fault, Refused
from storymap.reading.fields import names_file
from storymap.reading.folder import kind_of
from storymap.reading.photographs import Ready
from storymap.reading.records import MediaRecord, describe
from storymap.reading.references import References
from storymap.reading.translation_records import MediaTranslationRecord
from storymap.text import read_text

T = TypeVar("T")

LARGEST_BYTES = 100_000_000
"""of a file that is looked into at all"""
KEPT = 256
"""pictures at a time, for a story that is made again and again while it is written"""


class _Words(TypedDict):
    """What is said of any medium."""

    alt: str
    caption: str
    credit: str
    licence: str


@dataclass(frozen=True, slots=True)
class _Finds:
    """What is found wrong with the media of one event."""

    entry: Entry
    problems: list[Problem] = field(default_factory=list)

    def made(self, index: int, key: str, make: Callable[[str], T], file: str | None) -> T | None:
        """Return what is made of the file that a key names; None where that cannot be."""
        try:
            return make(file) if file else None
        except Refused as refused:
            for fault in refused.faults:
                self.note(index, key, fault, Severity.ERROR)
        except StoryError as error:
            self.problems.extend(error.problems)
        return None

    def note(self, index: int, key: str, fault: Fault, severity: Severity) -> None:
        """Keep a fault, now that it is known of what."""
        found = fault._replace(path=("media", index, key))
        self.problems.append(self.entry.problem(found, severity))


class MediaFiles:
    """The files of a story folder that steps show and play."""

    def __init__(self, folder: Path, name: str, references: References) -> None:
        self._folder = folder
        self._name = name
        self._references = references

    def read(
        self, records: Iterable[MediaRecord], entry: Entry
    ) -> tuple[tuple[Media, ...], tuple[Problem, ...]]:
        """Return the media of the event that *entry* is, and what is wrong with their files."""
        finds = _Finds(entry)
        media = [self._medium(index, record, finds) for index, record in enumerate(records)]
        return tuple(each for each in media if each), tuple(finds.problems)

    def translate(
        self, records: Iterable[MediaTranslationRecord], originals: Sequence[Media], entry: Entry
    ) -> tuple[tuple[Media, ...], tuple[Problem, ...]]:
        """Return *originals* with words of another language, and what is wrong with their files."""
        finds = _Finds(entry)
        pairs = enumerate(zip(records, originals, strict=False))
        media = [self._translated(index, *pair, finds) for index, pair in pairs]
        return tuple(media), tuple(finds.problems)

    def _medium(self, index: int, record: MediaRecord, finds: _Finds) -> Media | None:
        words = _Words(
            alt=record.alt, caption=record.caption, credit=record.credit, licence=record.licence
        )
        if not record.file:
            return Frame(url=record.frame or "", **words)
        if not record.credit:
            fault = Fault("nobody is credited for this", describe("credit", MediaRecord))
            finds.note(index, "file", fault, Severity.WARNING)
        if kind_of(record.file) == "picture":
            ready = finds.made(index, "file", self._picture, record.file)
            return _picture(record.file, ready, words) if ready else None
        return self._recording(index, record, words, finds)

    def _recording(
        self, index: int, record: MediaRecord, words: _Words, finds: _Finds
    ) -> Sound | Film | None:
        asset = finds.made(index, "file", self._played, record.file)
        if asset and (doubt := recordings.doubt(asset.data, asset.type)):
            finds.note(index, "file", doubt, Severity.WARNING)
        transcript = finds.made(index, "transcript", self._transcript, record.transcript) or ""
        captions = finds.made(index, "captions", self._captions, record.captions)
        poster = finds.made(index, "poster", self._picture, record.poster)
        if asset is None:
            return None
        if kind_of(record.file or "") == "sound":
            return Sound(asset=asset, transcript=transcript, **words)
        return Film(
            asset=asset,
            captions=captions,
            poster=_asset(record.poster, poster) if record.poster and poster else None,
            transcript=transcript,
            **words,
        )

    def _translated(
        self, index: int, record: MediaTranslationRecord, original: Media, finds: _Finds
    ) -> Media:
        told = replace(original, alt=record.alt, caption=record.caption or "")
        if isinstance(told, Sound | Film):
            transcript = finds.made(index, "transcript", self._transcript, record.transcript)
            told = replace(told, transcript=transcript or "")
        if isinstance(told, Film):
            captions = finds.made(index, "captions", self._captions, record.captions)
            told = replace(told, captions=captions)
        return told

    def _picture(self, file: str) -> Ready:
        path = self._folder / file
        return _ready(path, *_stamp(path))

    def _played(self, file: str) -> Asset:
        path = self._folder / file
        data = _read(path, *_stamp(path))
        return Asset(path.stem, recordings.type_of(data, path.suffix.lower()), data)

    def _captions(self, file: str) -> Asset:
        path = self._folder / file
        data = _read(path, *_stamp(path))
        recordings.check_captions(data)
        return Asset(path.stem, "text/vtt", data)

    def _transcript(self, written: str) -> str:
        """Return the words of a recording, which may stand in a file."""
        if not names_file(written):
            return written
        shown = f"{self._name}/{written}"
        text = read_text(self._folder / written, shown)
        if problems := self._references.problems_of_links(text, shown):
            raise StoryError(problems)
        return text.strip()


def _picture(file: str, ready: Ready, words: _Words) -> Picture:
    width, height = ready.size
    return Picture(asset=_asset(file, ready), width_px=width, height_px=height, **words)


def _asset(file: str, ready: Ready) -> Asset:
    return Asset(PurePosixPath(file).stem, ready.type, ready.data)


@lru_cache(maxsize=KEPT)
def _ready(path: Path, saved_ns: int, size_bytes: int) -> Ready:
    """Return a picture made ready; a file that was not saved since then is not read again."""
    data, ending = _read(path, saved_ns, size_bytes), path.suffix.lower()
    if ending != ".svg":
        return photographs.make_ready(data, ending)
    from storymap.reading import vectors  # noqa: PLC0415 - it takes a parser

    return vectors.make_ready(data)


def _stamp(path: Path) -> tuple[int, int]:
    """Return when a file was last saved, in nanoseconds, and its size in bytes."""
    try:
        state = path.stat()
    except OSError as error:
        raise _unreadable(error) from None
    return state.st_mtime_ns, state.st_size


def _read(path: Path, _saved_ns: int, size_bytes: int) -> bytes:
    if size_bytes > LARGEST_BYTES:
        message = f"this file is larger than {LARGEST_BYTES // 1_000_000} MB"
        raise Refused(Fault(message, "make it smaller"))
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(error) from None


def _unreadable(error: OSError) -> Refused:
    return Refused(Fault(f"the file cannot be read: {(error.strerror or str(error)).lower()}"))
