"""Spreadsheets saved as text: cells separated by commas, semicolons or tabs.

Which of them it is, the first row tells: that which stands most often outside of quotes.
"""

import codecs
import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import cast

from storymap.problems import Problem, StoryError
from storymap.reading.sheets import Sheet, arrange
from storymap.text import decode

_SEPARATORS = (",", ";", "\t")
_QUOTED = re.compile('"[^"]*(?:""[^"]*)*"?')
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_QUOTES = "put quotes round the whole cell, and double those within it"
_REMEDY = "save it as 'CSV UTF-8', or in LibreOffice as CSV with the character set UTF-8"


class _Cells:
    """The cells of a text; a row has the number of the line that it begins in."""

    def __init__(self, text: str, separator: str) -> None:
        self.text = text
        self.separator = separator
        self._plain = re.compile(f"[^{re.escape(separator)}\n]*")
        self._lines: list[int] = []  # index of the first character of each

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield number and cells of each row that is not empty; `_Broken` where one has no end."""
        reader = csv.reader(
            io.StringIO(self.text), delimiter=self.separator, skipinitialspace=True, strict=True
        )
        number = 1
        try:
            for cells in reader:
                if "".join(cells).strip():
                    yield number, cells
                number = reader.line_num + 1
        except csv.Error as error:
            raise _Broken(number, str(error)) from None

    def find(self, row: int, index: int) -> tuple[int, int]:
        """Return line and column of a cell, or of the last where there are fewer."""
        if not self._lines:
            self._lines = [0, *(match.end() for match in re.finditer("\n", self.text))]
        if not index:
            return row, 1
        *_, at = islice(self._starts(self._lines[row - 1]), index + 1)
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    def _starts(self, at: int) -> Iterator[int]:
        """Yield the index of each cell of the row that begins *at* an index."""
        while True:
            while self.text[at : at + 1] == " ":
                at += 1
            yield at
            if quoted := _QUOTED.match(self.text, at):
                at = quoted.end()
            at = cast("re.Match[str]", self._plain.match(self.text, at)).end()
            if self.text[at : at + 1] != self.separator:
                return
            at += 1


class _Broken(Exception):  # noqa: N818 - a step on the way to a `Problem`
    """The row of this number cannot be told from the next."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(reason)
        self.row = row


def read_delimited(data: bytes, file: str) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """Return the spreadsheet that *data* is, and what is wrong with its cells as such."""
    try:
        text = _text(data, file)
    except StoryError as error:
        return None, error.problems
    first = text.lstrip("\n").partition("\n")[0]
    named = re.fullmatch("sep=(.)", first)  # Excel's own way to say so
    cells = _Cells(text, named[1] if named else _likeliest_separator(first))
    try:
        rows = [*cells.rows()][1 if named else 0 :]
    except _Broken as broken:
        return None, (_unreadable(broken, cells, file),)
    return arrange(rows, cells, file)


def _text(data: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 that says so."""
    try:
        bare = data.decode("utf-16").encode() if data.startswith(_UTF_16) else data
    except UnicodeDecodeError:
        raise StoryError([Problem(file, 0, 0, "this text in UTF-16 is broken", _REMEDY)]) from None
    if b"\0" in bare:
        raise StoryError([Problem(file, 0, 0, "this is no text in UTF-8", _REMEDY)])
    return decode(bare, file, _REMEDY)


def _likeliest_separator(line: str) -> str:
    bare = _QUOTED.sub("", line)
    return max(_SEPARATORS, key=bare.count)


def _unreadable(broken: _Broken, cells: _Cells, file: str) -> Problem:
    if str(broken).startswith("field larger"):
        where = cells.find(broken.row, 0)
        message = "a cell in this row has more than 131,072 characters"
        return Problem(file, *where, message, "look for a quotation mark that is not closed")
    if str(broken) == "unexpected end of data":
        where = cells.find(broken.row, len(cells.text))
        return Problem(file, *where, "the quotes that open here are not closed", _QUOTES)
    where = cells.find(broken.row, 0)
    message = "a cell in this row goes on after its closing quotes"
    return Problem(file, *where, message, _QUOTES)
