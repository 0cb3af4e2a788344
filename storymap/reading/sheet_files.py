"""Spreadsheets as files: text or workbooks."""

from collections.abc import Callable

from storymap.problems import Problem
from storymap.reading.delimited import read_delimited
from storymap.reading.sheets import Sheet
from storymap.reading.workbook import read_workbook

SHEETS: dict[str, Callable[[bytes, str], tuple[Sheet | None, tuple[Problem, ...]]]] = {
    "csv": read_delimited,
    "tsv": read_delimited,
    "xlsx": read_workbook,
}
"""ending of a file -> what reads it"""


def read_sheet(data: bytes, file: str) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """Return the spreadsheet that *data* is, in the form that the ending of *file* tells."""
    return SHEETS[file.rpartition(".")[2]](data, file)
