import csv
import io
import random
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from storymap.reading import read_story, workbook
from storymap.reading.workbook import read_workbook

FILE = "story/gazetteer.xlsx"


def saved(book):
    """Return what a program would save."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def sheet_of(*rows):
    """Return a workbook of one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def read(book):
    """Read a workbook that has no problem."""
    sheet, problems = read_workbook(saved(book), FILE)
    assert problems == ()
    return sheet


def test_cells_are_what_their_author_typed():
    """Whole numbers without a point, others as they are, truth as a word, empty rows left out."""
    sheet = read(sheet_of(["id", "lat", "b"], ["a", 42.87, True], [], ["b", 7.0, None]))
    assert sheet.titles == ("id", "lat", "b")
    assert sheet.rows == ((2, ["a", "42.87", "true"]), (4, ["b", "7", ""]))


@pytest.mark.parametrize(
    ("shown_as", "edtf"),
    [
        ("yyyy-mm-dd", "1925-05-01"),
        ("d.m.yyyy", "1925-05-01"),
        ("mmm-yy", "1925-05"),
        ('yyyy" and no day"', "1925"),
        ("[$-809]d mmmm yyyy;@", "1925-05-01"),
    ],
)
def test_a_date_is_no_more_precise_than_it_is_shown(shown_as, edtf):
    """A spreadsheet makes of `May 1925` the first of May, and shows the month."""
    book = sheet_of(["when"], [datetime(1925, 5, 1)])  # noqa: DTZ001 - as openpyxl has it
    book.active["A2"].number_format = shown_as
    assert read(book).rows == ((2, [edtf]),)


def test_the_sheet_is_that_which_is_called_as_the_file():
    """Or else the first; notes may lie beside it."""
    book = sheet_of(["notes"])
    assert read(book).titles == ("notes",)
    book.create_sheet("Gazetteer").append(["id"])
    assert read(book).titles == ("id",)


def test_formulas_are_read_by_their_results():
    """One that came to nothing, or was never computed, is a problem at its cell."""
    book = sheet_of(["id", "lat", "lon"], ["a", "=1+1", None])
    book.active["C2"] = "#REF!"
    _, problems = read_workbook(saved(book), FILE)
    assert "\n".join(map(str, sorted(problems))) == (
        "story/gazetteer.xlsx:B2: the formula '=1+1' has no result\n"
        "    open the file in its program and save it\n"
        "story/gazetteer.xlsx:C2: the formula in this cell comes to '#REF!'\n"
        "    correct it"
    )


SAVE = "\n    save it as .xlsx without a password, or as 'CSV UTF-8'"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", f"{FILE}: this is no workbook that can be read{SAVE}"),
        (b"id,name\n", f"{FILE}: this is no workbook that can be read{SAVE}"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            f"{FILE}: this workbook is of the kind before .xlsx, or has a password{SAVE}",
        ),
        (
            saved(Workbook()),
            f"{FILE}:A1: this spreadsheet is empty\n"  # noqa: ISC004 - one message
            "    name the columns in the first row, such as name, lat, lon",
        ),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(data, message):
    """Whatever its name says."""
    sheet, (problem,) = read_workbook(data, FILE)
    assert (sheet, str(problem)) == (None, message)


def test_a_small_file_cannot_fill_the_memory(monkeypatch):
    """Neither by unpacking to much, nor by a cell far away."""
    book = sheet_of(["id"], ["a"])
    book.active["XFD2"] = "far"
    monkeypatch.setattr(workbook, "MOST_CELLS", 16_000)
    _, (problem,) = read_workbook(saved(book), FILE)
    assert problem.message == "this sheet has more than 16,000 cells"
    monkeypatch.setattr(workbook, "LARGEST", 0)
    _, (problem,) = read_workbook(saved(book), FILE)
    assert problem.message == "this workbook unpacks to more than 0 MB"


def test_no_damage_makes_the_reading_fail():
    """Files get cut, and their parts mangled."""
    chance = random.Random(1)  # noqa: S311 - no secret
    whole = zipfile.ZipFile(io.BytesIO(saved(sheet_of(["id"], ["a"], [1.5]))))
    for _ in range(60):
        damaged = io.BytesIO()
        with zipfile.ZipFile(damaged, "w") as archive:
            for name in whole.namelist():
                data = bytearray(whole.read(name))
                if chance.random() < 0.3:
                    at = chance.randrange(len(data))
                    data[at : at + 3] = chance.choice([b"", b"<", b'"', b"x", b"-1"])
                archive.writestr(name, bytes(data))
        sheet, problems = read_workbook(damaged.getvalue(), FILE)
        assert sheet or problems


def test_a_story_in_workbooks_is_that_in_text(tmp_path):
    """Numbers as numbers, TRUE as truth; problems name the cell."""
    source = Path(__file__).parent / "stories" / "good" / "spreadsheets"
    story = shutil.copytree(source, tmp_path / "spreadsheets")
    for name, separator in (("gazetteer", ";"), ("events", ",")):
        text = (story / f"{name}.csv").read_text("utf-8")
        rows = [*csv.reader(io.StringIO(text), delimiter=separator)]
        book = sheet_of(*([value_of(cell) for cell in row] for row in rows))
        (story / f"{name}.xlsx").write_bytes(saved(book))
        (story / f"{name}.csv").unlink()
    told, problems = read_story(story)
    expected, _ = read_story(source)
    assert problems == ()
    assert told.places == expected.places
    assert [event.text for event in told.events] == [event.text for event in expected.events]
    assert [event.when for event in told.events] == [event.when for event in expected.events]
    (story / "routes.yaml").unlink()
    _, problems = read_story(story)
    assert str(problems[0]) == (
        "spreadsheets/events.xlsx:E3: in the column 'route': no route is called 'voyage'\n"
        "    define it in routes.yaml"
    )


def value_of(cell):
    """Return what a spreadsheet makes of what is typed."""
    if cell == "TRUE":
        return True
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return cell or None
