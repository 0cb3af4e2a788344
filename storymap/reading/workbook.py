"""Spreadsheets as Excel and LibreOffice save them: one sheet of an .xlsx file.

It is the sheet that is called as the file, `gazetteer` or `events`, or else the first. A date that
the program made of what was typed becomes EDTF, no more precise than it is shown.
"""

import lzma
import re
import struct
import warnings
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile

from storymap.problems import Problem
from storymap.reading.faults import Fault
from storymap.reading.sheets import Sheet, arrange
from storymap.text import excerpt

LARGEST = 200_000_000
"""bytes that a file may unpack to"""
MOST_CELLS = 5_000_000
"""those that are empty included"""
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"  # also that of a workbook with a password
_SAVE = "save it as .xlsx without a password, or as 'CSV UTF-8'"
_NO_PART_OF_FORMAT = re.compile(r'"[^"]*"|\[[^]]*\]|\\.')
_BROKEN = (
    *(ArithmeticError, AttributeError, BadZipFile, LookupError, OSError, RuntimeError),
    *(SyntaxError, TypeError, ValueError, EOFError, zlib.error, lzma.LZMAError, struct.error),
)
"""what openpyxl and the libraries below it raise on files that no program of the kind has made"""


class _Cells:
    """The positions of cells: row and column."""

    def find(self, row: int, index: int) -> tuple[int, int]:
        """Return them as problems have them."""
        return row, index + 1


def read_workbook(data: bytes, file: str) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """Return the spreadsheet that *data* is, and what is wrong with its cells as such."""
    if data.startswith(_OLD_FORMAT):
        message = "this workbook is of the kind before .xlsx, or has a password"
        return None, (Problem(file, 0, 0, message, _SAVE),)
    try:
        return _read(data, file)
    except _BROKEN:
        return None, (Problem(file, 0, 0, "this is no workbook that can be read", _SAVE),)


def _read(data: bytes, file: str) -> tuple[Sheet | None, tuple[Problem, ...]]:
    with ZipFile(BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            message = f"this workbook unpacks to more than {LARGEST // 1_000_000} MB"
            return None, (Problem(file, 0, 0, message, "save it as 'CSV UTF-8'"),)
        computes = any(
            b"<f" in archive.read(name)
            for name in archive.namelist()
            if name.startswith("xl/worksheets/")
        )
    rows = [*_rows(data, file, computed=True)]
    if sum(1 + len(cells) for _, cells in rows) > MOST_CELLS:
        message = f"this sheet has more than {MOST_CELLS:,} cells"
        return None, (Problem(file, 0, 0, message, "delete rows and columns that are empty"),)
    texts = [(number, [_text(cell) for cell in cells]) for number, cells in rows]
    sheet, problems = arrange([row for row in texts if any(row[1])], _Cells(), file)
    if sheet is None:
        return None, problems
    faults = [*_errors(rows)]
    if computes:
        faults += _never_computed(_rows(data, file, computed=False), dict(texts))
    return sheet, (*problems, *(sheet.problem(*fault) for fault in faults))


def _rows(data: bytes, file: str, *, computed: bool) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield number and cells of each row, with results of formulas or with the formulas."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a fifth of a second that few need

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that have no bearing on what cells say
        book = load_workbook(BytesIO(data), read_only=True, data_only=computed)
        stem = PurePosixPath(file).stem
        named = (sheet for sheet in book.worksheets if sheet.title.casefold() == stem)
        sheet = next(named, book.worksheets[0])
        sheet.reset_dimensions()
        count = 0
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, cells
            count += 1 + len(cells)
            if count > MOST_CELLS:
                break
        book.close()


def _text(cell: Any) -> str:  # noqa: ANN401 - openpyxl has several classes of cells
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return _date(value, cell.number_format)
    return str(value)


def _date(value: datetime, shown_as: str) -> str:
    """Return EDTF that is as precise as what is shown."""
    shown = _NO_PART_OF_FORMAT.sub("", shown_as).casefold()
    if "d" in shown:
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"


def _errors(rows: Iterable[tuple[int, tuple[Any, ...]]]) -> Iterator[tuple[int, int, Fault]]:
    for number, cells in rows:
        for index, cell in enumerate(cells):
            if cell.value is not None and cell.data_type == "e":
                fault = Fault(f"the formula in this cell comes to '{cell.value}'", "correct it")
                yield number, index, fault


def _never_computed(
    rows: Iterable[tuple[int, tuple[Any, ...]]], results: dict[int, list[str]]
) -> Iterator[tuple[int, int, Fault]]:
    for number, cells in rows:
        for index, cell in enumerate(cells):
            if cell.value is not None and cell.data_type == "f" and not results[number][index]:
                message = f"the formula '{excerpt(str(cell.value))}' has no result"
                yield number, index, Fault(message, "open the file in its program and save it")
