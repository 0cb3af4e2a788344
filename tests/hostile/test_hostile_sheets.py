"""A stranger's spreadsheets: every cell that takes a text is hostile, in each format."""

import csv
import shutil

import pytest
from filling import MEDIA, Filling, known
from inspecting import GATHER, SOUND, unlike
from openpyxl import Workbook

from storymap import pipeline
from storymap.reading.event_rows import COLUMNS as ALL_COLUMNS

STEPS = 40
HEAD = "format: 1\nlanguage: en\ntitle: Sheets\ncover: {promise: All of it is text.}\n"
PLACES = "id,name,lat,lon\none,One,41,71\n"
COLUMNS = {
    "title": ("EventRecord", "title"),
    "alt": ("MediaRecord", "alt"),
    "caption": ("MediaRecord", "caption"),
    "credit": ("MediaRecord", "credit"),
    "licence": ("MediaRecord", "licence"),
    "background": ("EventRecord", "background"),
    "text": ("Event", "text"),
}
"""those that take a text, and the field that it becomes"""
OTHERS = {
    *("id", "when", "places", "names-at", "flashback", "route", "from", "to", "camera", "media"),
    "sources",
}
"""those that take an id, a date, a number or a file"""


def cell(filling, field):
    """Return the next text for a field that leads to nothing which is not in the story."""
    while True:
        already = len(filling.put)
        text = filling.text(*field)
        if not known(["one"], []).problems_of_links(text, ""):
            return text
        del filling.put[already:]


def rows(filling):
    """Return the heading and a row for each step."""
    plain = {"id": "", "when": "1925", "places": "one", "media": "media/sky.png"}
    return [
        [*plain, *COLUMNS],
        *(
            [*(plain | {"id": f"step-{n}"}).values(), *(cell(filling, f) for f in COLUMNS.values())]
            for n in range(STEPS)
        ),
    ]


def write_sheet(path, table):
    """Write a table in the format that the ending of its name says."""
    if path.suffix == ".xlsx":
        book = Workbook()
        for r, row in enumerate(table, 1):
            for c, text in enumerate(row, 1):
                book.active.cell(r, c, text).data_type = "s"  # a text, be it like a formula
        book.save(path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, dialect="excel-tab" if path.suffix == ".tsv" else "excel").writerows(table)


def test_every_column_is_known():
    """One that comes tomorrow is filled too, or this test names it."""
    assert {*ALL_COLUMNS} == {*COLUMNS, *OTHERS}


@pytest.mark.parametrize(
    ("name", "first", "options"),
    [
        ("events.csv", 0, {}),
        ("events.tsv", 20, {"beside": True}),
        ("events.xlsx", 40, {"separate": True}),
    ],
)
def test_every_cell_is_shown_as_text(open_page, tmp_path, name, first, options):
    """Whatever the format, and however the page is written; it runs and asks for nothing."""
    story = tmp_path / "story"
    shutil.copytree(MEDIA, story / "media")
    (story / "story.yaml").write_text(HEAD, "utf-8")
    (story / "gazetteer.csv").write_text(PLACES, "utf-8")
    filling = Filling(story, first)
    write_sheet(story / name, rows(filling))
    built = pipeline.build(story, tmp_path / "output", **options)
    assert built.page, "\n".join(map(str, built.problems))
    reader = open_page(built.page.path)
    cut, seen = unlike(filling.put, reader.evaluate(GATHER))
    assert (cut, seen) == ([], set(COLUMNS.values()))
    assert [wrong for wrong in reader.evaluate(SOUND) if "=assets/" not in wrong] == []
