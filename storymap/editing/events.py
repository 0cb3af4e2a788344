"""Events added to a story, each between those that come before it and after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from storymap.dates import DateError, Day, parse
from storymap.editing.declined import DeclinedError
from storymap.editing.drafts import Draft, name_of
from storymap.editing.ids import suggested_id
from storymap.editing.manner import Manner, Value
from storymap.reading.entries import Data
from storymap.reading.events import EventFile, arrange, split_event
from storymap.reading.folder import list_folder
from storymap.reading.sheet_files import EVENT_SHEETS
from storymap.reading.yaml_nodes import Part
from storymap.text import decode, did_you_mean, read_bytes

_GAP = 10
"""between the numbers of files, so that others find room there"""
_DIGITS = 3
"""of a number, where no other file sets an example"""
_SOURCES = "# sources: [ID]   who says so: ids from sources.yaml"
_TEXT = "# Write what happened below the next line, as Markdown."


@dataclass(frozen=True, slots=True)
class _Step:
    """An event that is there, as far as it can be read."""

    file: EventFile
    data: bytes
    head: Part | None
    """front matter"""

    @property
    def digits(self) -> str:
        return self.file.name.partition("-")[0]

    @property
    def says(self) -> Mapping[str, Data]:
        return self.head.data if self.head and isinstance(self.head.data, dict) else {}


def add_event(
    folder: Path, title: str, keys: Mapping[str, Value], *, id: str = "", after: str = ""
) -> Draft:
    """Return the file of a new event of the story in *folder*.

    It comes right after the step *after*; by default before the first that begins later than it,
    else at the end. *keys* are those of the front matter, but for the title.

    Raises:
        StoryError: a file cannot be read.
        DeclinedError: there is no story or no step *after*, its id is taken, or no number is free.
    """
    story = name_of(folder)
    if sheet := next((name for name in EVENT_SHEETS if (folder / name).exists()), ""):
        message = f"the events of this story are in {story}/{sheet}"
        raise DeclinedError(message, "add it there, with the program that you keep that file with")
    shown = f"{story}/events"
    steps = _steps(folder / "events", shown)
    id = id or suggested_id(title)
    if twin := next((step.file.name for step in steps if step.file.id == id), ""):
        message = f"the id '{id}' is taken, by {shown}/{twin}"
        raise DeclinedError(message, "give this one another: --id ID")
    index = _index_after(after, steps) if after else _index_by_date(keys, steps)
    before, behind = steps[max(0, index - 1) : index], steps[index : index + 1]
    name = f"events/{_number(before, behind, shown)}-{id}.md"
    model = next(iter(before or behind), None)
    text = _text({"title": title, **keys}, model.head if model else None)
    breaks = b"\r\n" if model and b"\r\n" in model.data else b"\n"
    data = text.encode().replace(b"\n", breaks)
    return Draft(id, name, data, read=b"", line=1, added=text.rstrip("\n"))


def _steps(folder: Path, shown: str) -> list[_Step]:
    """Return the events that are there, in story order."""
    files, _ = arrange(list_folder(folder, shown) if folder.exists() else (), shown)
    steps = []
    for file in files:
        data = read_bytes(folder / file.name, f"{shown}/{file.name}")
        halves, _ = split_event(decode(data, f"{shown}/{file.name}"), file.name)
        steps.append(_Step(file, data, halves[0] if halves else None))
    return steps


def _index_after(id: str, steps: Sequence[_Step]) -> int:
    ids = [step.file.id for step in steps]
    if id in ids:
        return ids.index(id) + 1
    similar = did_you_mean(id, ids)
    hint = f"did you mean '{similar}'?" if similar else ""
    message = f"no step is called '{id}'"
    raise DeclinedError(message, hint)


def _index_by_date(keys: Mapping[str, Value], steps: Sequence[_Step]) -> int:
    begin = _begin(keys.get("when"))
    for index, step in enumerate(steps):
        theirs = _begin(step.says.get("when"))
        if begin and theirs and theirs > begin and step.says.get("flashback") != "true":
            return index
    return len(steps)


def _begin(when: object) -> Day | None:
    """Return the first day of a date, or the last where it has none; None for what is no date."""
    try:
        date = parse(str(when))
    except DateError:
        return None
    return date.first or date.last


def _number(before: Sequence[_Step], behind: Sequence[_Step], shown: str) -> str:
    """Return the number of a file that comes between these, as many digits as they have."""
    lower, *_ = [int(step.digits) for step in before] or [0]
    number = (lower // _GAP + 1) * _GAP
    for step in behind:
        upper = int(step.digits)
        number = number if number < upper else (lower + upper) // 2
    if number <= lower:
        first, *rest = [step.file.name for step in (*before, *behind)]
        where = f"between {first} and {rest[0]}" if rest else f"before {first}"
        message = f"no number is free {where}"
        hint = f"rename {shown}/{behind[0].file.name} and those after it to higher numbers"
        raise DeclinedError(message, hint)
    width = max((len(step.digits) for step in (*before, *behind)), default=_DIGITS)
    return str(number).zfill(width)


def _text(head: Mapping[str, Value], model: Part | None) -> str:
    """Return a file with this front matter, written as that of the *model* is."""
    manner = Manner(model.text, (model.node,)) if model and model.node else Manner("")
    remarks = [_TEXT] if "sources" in head else [_SOURCES, _TEXT]
    return "\n".join(["---", *manner.block_members(head, 0), *remarks, "---", ""])
