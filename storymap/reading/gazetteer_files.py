"""Gazetteers as files: one story has one of its own, in YAML or as a spreadsheet."""

from collections.abc import Collection

from storymap.problems import Problem, StoryError
from storymap.reading.entries import Entry
from storymap.reading.folder import only_one
from storymap.reading.references import Kind, list_entries
from storymap.reading.sheet_files import SHEETS, read_sheet
from storymap.reading.yaml_nodes import Part, compose
from storymap.text import decode

Entries = tuple[tuple[Entry, ...] | None, tuple[Problem, ...]]
"""what a file defines, None where it cannot be read, and its problems"""

ENDINGS = ("yaml", *SHEETS, "geojson")
NAMES = tuple(f"gazetteer.{ending}" for ending in ENDINGS)


def own_gazetteer(names: Collection[str], folder: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the one of the *names* in a story's *folder* that is its gazetteer.

    Where there are more, each of the others is a problem.
    """
    hint = "keep one; the other can be named under `gazetteers` in story.yaml"
    first, problems = only_one(NAMES, names, folder, hint)
    return first or NAMES[0], problems


def sharing(names: Collection[str], head: Part | None) -> bool:
    """Tell whether a story does without a gazetteer of its own, for it shares one."""
    data = head.data if head and isinstance(head.data, dict) else {}
    return bool(data.get("gazetteers")) and not set(NAMES).intersection(names)


def language_of(part: Part | None) -> str:
    """Return the language of names, from story.yaml; `und`, undetermined, where none is named."""
    data = part.data if part and isinstance(part.data, dict) else {}
    written = data.get("language")
    return written if isinstance(written, str) else "und"


def read_gazetteer(data: bytes, file: str, *, language: str, sources: Collection[str]) -> Entries:
    """Return the places that *data* describes, in the form that the ending of *file* tells.

    Names in a spreadsheet are in *language* where nothing else is said; *sources* are the ids of
    the works cited.
    """
    ending = file.rpartition(".")[2]
    if ending in SHEETS:
        entries, problems = _read_sheet(data, file, language, sources)
    elif ending == "geojson":
        entries, problems = _read_geojson(data, file, language, sources)
    else:
        entries, problems = _read_yaml(data, file)
    if entries is not None and not entries:
        return None, (*problems, Problem(file, 1, 1, "the gazetteer has no places", "add one"))
    return entries, problems


def _read_sheet(data: bytes, file: str, language: str, sources: Collection[str]) -> Entries:
    sheet, problems = read_sheet(data, file)
    if sheet is None:
        return None, problems
    from storymap.reading.place_rows import read_place_rows  # noqa: PLC0415 - most need it not

    rows, doubts = read_place_rows(sheet, language=language, sources=sources)
    return rows, (*problems, *doubts)


def _read_geojson(data: bytes, file: str, language: str, sources: Collection[str]) -> Entries:
    try:
        text = decode(data, file)
    except StoryError as error:
        return None, error.problems
    from storymap.reading.linked_places import read_linked_places  # noqa: PLC0415 - as above

    return read_linked_places(text, file, language=language, sources=sources)


def _read_yaml(data: bytes, file: str) -> Entries:
    try:
        part, problems = compose(decode(data, file), file)
    except StoryError as error:
        return None, error.problems
    if part is None:
        return None, problems
    entries, more = list_entries(Kind.PLACE, part)
    return entries, (*problems, *more)
