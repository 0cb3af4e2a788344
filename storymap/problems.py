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
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{where}: {kind}{self.message}{hint}"


class StoryError(ValueError):
    """A story cannot be used as it is; its author can mend it, `problems` says how."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
