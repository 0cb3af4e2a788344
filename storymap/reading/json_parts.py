"""JSON documents as plain data, with the place where each part of them stands.

The standard library reads them; where a part stands is looked for only when somebody asks.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from storymap.problems import Problem, Severity
from storymap.reading.faults import Fault, Path
from storymap.text import control_in, position

Json = Any
"""What a document says: an object, a list, a text, a number, true, false or null."""

_SPACE = re.compile(r"[ \t\n\r]*")
_LONGEST_INTEGER = 18  # digits; none of a story is longer

_TRAILING = "nothing follows this ','"
_WORDS = {
    "Expecting value": "a value is expected here",
    "Expecting ',' delimiter": "a ',' is expected here",
    "Expecting ':' delimiter": "a ':' is expected here",
    "Expecting property name enclosed in double quotes": "a key in double quotes is expected here",
    "Unterminated string starting at": "the quotes that open here are not closed",
    "Extra data": "the document has ended before this",
    "Illegal trailing comma before end of array": _TRAILING,  # Python 3.13 and later
    "Illegal trailing comma before end of object": _TRAILING,
}
"""what the standard library says is wrong -> our words"""


@dataclass(frozen=True, slots=True)
class JsonPart:
    """A JSON document: what it says, and where."""

    file: str
    """as shown to the author"""
    text: str
    data: Json

    def problem(
        self, fault: Fault, severity: Severity = Severity.ERROR, *, of_key: bool = False
    ) -> Problem:
        """Return the problem that a fault is, now that it is known where."""
        key, value = sought(self.text, fault.path)
        where = position(self.text, key if of_key else value)
        return Problem(self.file, *where, fault.message, fault.hint, severity)


def read_json(text: str, file: str) -> tuple[JsonPart | None, tuple[Problem, ...]]:
    """Read *text* as `read_text` returns it; there is no document where its syntax is wrong."""
    try:
        return JsonPart(file, text, _DECODER.decode(text)), ()
    except json.JSONDecodeError as error:
        return None, (Problem(file, *_fault(error)),)
    except RecursionError:
        return None, (Problem(file, 0, 0, "this is nested too deeply"),)


def _fault(error: json.JSONDecodeError) -> tuple[int, int, str]:
    """Return line, column and words of what is wrong, the same ones under every Python."""
    before = error.doc[: error.pos].rstrip()
    if before.endswith(",") and error.doc[error.pos : error.pos + 1] in ("}", "]"):
        line, column = position(error.doc, len(before) - 1)
        return line, column, _TRAILING
    words = f"this is no valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    return error.lineno, error.colno, _WORDS.get(error.msg, words)


def _integer(digits: str) -> float:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


_DECODER = json.JSONDecoder(parse_int=_integer)
_ESCAPE = re.compile(r"\\[ubf]")


def odd_texts(part: JsonPart) -> Iterator[Problem]:
    """Yield a problem for each text with control characters, or halves of one, as escapes."""
    for path, text in _texts(part.data) if _ESCAPE.search(part.text) else ():
        if control := control_in(text):
            point = f"U+{ord(control[0]):04X}"
            message = f"the control character {point} does not belong in a text"
            yield part.problem(Fault(message, "take its escape out", path))


def _texts(data: Json) -> Iterator[tuple[Path, str]]:
    waiting: list[tuple[Path, Json]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            waiting += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, number), inner) for number, inner in enumerate(value)]


class Entry(NamedTuple):
    """An entry of an object or a list: its key or number, where it begins, and where its value."""

    step: str | int
    at: int
    value: int


def sought(text: str, path: Path, start: int = 0) -> tuple[int, int]:
    """Indexes of the key and the value that *path* leads to, or of what should hold them.

    The path begins in the value at *start*.
    """
    key = value = _after_space(text, start)
    for step in path:
        try:
            entry = next((entry for entry in entries(text, value) if entry.step == step), None)
        except RecursionError:  # what could just be read from where less was going on
            entry = None
        if entry is None:
            break
        _, key, value = entry
    return key, value


def entries(text: str, at: int) -> Iterator[Entry]:
    """Yield the entries of the object or list that begins *at*; of anything else, none."""
    if text[at : at + 1] not in ("{", "["):
        return
    keyed = text[at] == "{"
    at = _after_space(text, at + 1)
    number = 0
    while text[at] not in "]}":
        begin = at
        step: str | int = number
        if keyed:
            step, end = _DECODER.raw_decode(text, at)
            at = _after_space(text, _after_space(text, end) + 1)
        yield Entry(step, begin, at)
        _, end = _DECODER.raw_decode(text, at)
        at = _after_space(text, end)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        number += 1


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
