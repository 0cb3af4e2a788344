"""Problems of a story as values: what is wrong, where, and what helps.

A problem never stops the search for the next one; `StoryError` carries them all at the end.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""characters that would steer a terminal, turn the line round, or are halves"""


class Severity(StrEnum):
    """Whether a story can be built in spite of a problem."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that its author should look at; problems sort by where they stand."""

    file: str
    """as shown to the author: relative to the parent of the story folder, with slashes"""
    line: int
    """from 1; 0 = the whole file"""
    column: int
    """in characters, from 1; 0 = the whole file"""
    message: str
    """lower case, no full stop, quotes round the author's words"""
    hint: str = ""
    """what the author can do about it"""
    severity: Severity = Severity.ERROR

    @property
    def position(self) -> str:
        """Line and column as the author's program has them: `31:7`, and in a workbook `G31`."""
        if not self.file.endswith(".xlsx"):
            return f"{self.line}:{self.column}"
        letters, left = "", self.column
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.line}"

    def __str__(self) -> str:
        where = f"{self.file}:{self.position}" if self.line else self.file
        kind = "warning: " if self.severity is Severity.WARNING else ""
        hint = f"\n    {_harmless(self.hint)}" if self.hint else ""
        return f"{_harmless(f'{where}: {kind}{self.message}')}{hint}"


def _harmless(text: str) -> str:
    """Return *text* for a terminal, in which names of files may hold anything."""
    return _STEERING.sub(lambda char: f"\\u{ord(char[0]):04x}", text)


class StoryError(ValueError):
    """A story cannot be used as it is; its author can mend it, `problems` says how."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
