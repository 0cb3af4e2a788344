"""Spreadsheets as rows of text, whatever program wrote them.

A column is known by its title, in which case, spaces, hyphens and underscores do not matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from storymap.model import Place
from storymap.problems import Problem, Severity
from storymap.reading.entries import Data
from storymap.reading.faults import Fault, Path
from storymap.text import did_you_mean, excerpt


class Positions(Protocol):
    """Where the cells of a spreadsheet stand."""

    def find(self, row: int, index: int) -> tuple[int, int]:
        """Return line and column, both from 1, of the cell at *index*, from 0, of a row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a spreadsheet."""

    file: str
    """as shown to the author"""
    header: int
    """number of the row that names the columns"""
    titles: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    """the other rows, but for empty ones: number and cells, at least as many as titles"""
    positions: Positions

    def problem(
        self, row: int, index: int, fault: Fault, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return the problem that a fault in a cell is."""
        where = self.positions.find(row, index)
        return Problem(self.file, *where, fault.message, fault.hint, severity)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet of which something is to be read."""

    sheet: Sheet
    at: Mapping[str, int]
    """name of a column -> its index"""
    homes: Mapping[Path, tuple[str, ...]]
    """path in the data of a row -> the columns that it may come from, the likeliest first"""

    def home(self, path: Path) -> int | None:
        """Return the index of the column that a part of a row's data comes from."""
        for length in range(len(path), 0, -1):
            for name in self.homes.get(path[:length], ()):
                if name in self.at:
                    return self.at[name]
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that describes one thing."""

    columns: Columns
    number: int
    data: Data
    place: Place | None = None
    """what it describes, where that was plain; of the data there is only the id then"""

    @property
    def file(self) -> str:
        """The file, as shown to the author."""
        return self.columns.sheet.file

    def problem(
        self,
        fault: Fault,
        severity: Severity = Severity.ERROR,
        *,
        of_key: bool = False,  # noqa: ARG002 - the column's title stands for the key
    ) -> Problem:
        """Return the problem that a fault is, at the cell that it is about."""
        sheet, index = self.columns.sheet, self.columns.home(fault.path)
        if index is None:
            return sheet.problem(self.number, 0, fault, severity)
        title = excerpt(sheet.titles[index])
        message, hint = fault.message, fault.hint
        if fault.is_missing:
            key = str(fault.path[-1])
            message, hint = "this cell is empty", hint.replace(f"{key}: ", f"{title}: ", 1)
        return sheet.problem(
            self.number, index, Fault(f"in the column '{title}': {message}", hint), severity
        )

    def line(self) -> str:
        """Name the row for a hint: `places/gazetteer.csv:31`."""
        return f"{self.file}:{self.columns.sheet.positions.find(self.number, 0)[0]}"


def arrange(
    rows: Sequence[tuple[int, list[str]]], positions: Positions, file: str
) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """Return the sheet whose first row names the columns; *rows* are those that are not empty."""
    if not rows:
        hint = "name the columns in the first row, such as name, lat, lon"
        return None, (Problem(file, 1, 1, "this spreadsheet is empty", hint),)
    (header, titles), *others = rows
    width = len(titles)
    for _, cells in others:
        cells.extend([""] * (width - len(cells)))
    sheet = Sheet(file, header, tuple(titles), tuple(others), positions)
    return sheet, tuple(
        sheet.problem(number, width, _overlong(len(cells), width))
        for number, cells in others
        if any(cells[width:])
    )


def _overlong(length: int, width: int) -> Fault:
    message = f"this row has {length} cells, and the first one only {width}"
    hint = 'put quotes round a text or number that holds the separator, as in "42,87"'
    return Fault(message, hint)


def name_columns(
    sheet: Sheet, names: Mapping[str, str], homes: Mapping[Path, tuple[str, ...]], needed: str
) -> tuple[Columns | None, tuple[Problem, ...]]:
    """Return the columns that can be read: *names* has for each title the name that we use.

    Without the column *needed* no row says anything.
    """
    at: dict[str, int] = {}
    problems = []
    for index, title in enumerate(sheet.titles):
        name = names.get(_folded(title))
        if not title.strip():
            if any(cells[index].strip() for _, cells in sheet.rows):
                message = "this column has no title, and is not read"
                fault = Fault(message, "name it in the first row, or take it out")
                problems.append(sheet.problem(sheet.header, index, fault, Severity.WARNING))
        elif name is None:
            similar = did_you_mean(_folded(title), names)
            hint = f"did you mean '{similar}'?" if similar else "delete it, if it is not needed"
            fault = Fault(f"the column '{excerpt(title)}' is not read", hint)
            problems.append(sheet.problem(sheet.header, index, fault, Severity.WARNING))
        elif name in at:
            message = f"the column '{excerpt(title)}' says the same as '{sheet.titles[at[name]]}'"
            problems.append(sheet.problem(sheet.header, index, Fault(message, "keep one of them")))
        else:
            at[name] = index
    if names[needed] not in at:
        hint = "the first row names the columns"
        fault = Fault(f"there is no column '{needed}'", hint)
        return None, (*problems, sheet.problem(sheet.header, 0, fault))
    return Columns(sheet, at, homes), tuple(problems)


def listed(cell: str) -> list[str]:
    """Return what a cell lists, separated by semicolons."""
    return [*filter(None, map(str.strip, cell.split(";")))]


def _folded(title: str) -> str:
    return "-".join(title.replace("_", " ").replace("-", " ").split()).casefold()
