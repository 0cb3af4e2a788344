"""Spreadsheets as files: text or workbooks.

What reads them is imported only then: most stories are in YAML.
"""

from storymap.problems import Problem
from storymap.reading.sheets import Sheet

SHEETS = ("csv", "tsv", "xlsx")
"""endings of spreadsheets"""
EVENT_SHEETS = tuple(f"events.{ending}" for ending in SHEETS)


def read_sheet(data: bytes, file: str) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """Return the spreadsheet that *data* is, in the form that the ending of *file* tells."""
    if file.endswith(".xlsx"):
        from storymap.reading.workbook import read_workbook  # noqa: PLC0415 - as said above

        return read_workbook(data, file)
    from storymap.reading.delimited import read_delimited  # noqa: PLC0415 - as said above

    return read_delimited(data, file)
