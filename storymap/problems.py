"""Problems of a story as values: what is wrong, where, and what helps.

A problem never stops the search for the next one; `StoryError` carries them all at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


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

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        kind = "warning: " if self.severity is Severity.WARNING else ""
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{where}: {kind}{self.message}{hint}"


class StoryError(ValueError):
    """A story cannot be used as it is; its author can mend it, `problems` says how."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
