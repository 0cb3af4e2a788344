import codecs

import pytest

from storymap.reading.delimited import read_delimited

ROWS = ((2, ["zilina", "Žilina", "49,22"]),)


def read(data):
    """Read a spreadsheet that has no problem."""
    sheet, problems = read_delimited(data, "story/a.csv")
    assert problems == ()
    return sheet


@pytest.mark.parametrize(
    "data",
    [
        'id,name,lat\nzilina,Žilina,"49,22"\n'.encode(),
        "id;name;lat\r\nzilina;Žilina;49,22\r\n".encode(),
        "id;name;lat\rzilina;Žilina;49,22".encode(),
        "id\tname\tlat\nzilina\tŽilina\t49,22\n".encode(),
        "sep=;\r\nid;name;lat\r\nzilina;Žilina;49,22\r\n".encode(),
        'id; name; lat\nzilina; "Žilina"; 49,22\n'.encode(),
        codecs.BOM_UTF8 + "id;name;lat\r\nzilina;Žilina;49,22\r\n".encode(),
        codecs.BOM_UTF16_LE + "id\tname\tlat\r\nzilina\tŽilina\t49,22\r\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "id\tname\tlat\r\nzilina\tŽilina\t49,22\r\n".encode("utf-16-be"),
    ],
)
def test_whatever_program_wrote_it_the_cells_are_the_same(data):
    """Separators, line ends, marks of the byte order, Excel's own line about the separator."""
    sheet = read(data)
    assert sheet.titles == ("id", "name", "lat")
    assert [cells for _, cells in sheet.rows] == [cells for _, cells in ROWS]


def test_a_row_is_known_by_the_line_that_it_begins_in():
    """Texts in quotes may have several lines; empty rows do not count."""
    sheet = read(b'id,text\na,"one\ntwo, ""three"""\n,\n  \nb,four\n')
    assert sheet.rows == ((2, ["a", 'one\ntwo, "three"']), (6, ["b", "four"]))
    assert sheet.positions.find(2, 1) == (2, 3)
    assert sheet.positions.find(6, 1) == (6, 3)


def test_a_cell_after_one_of_several_lines_stands_in_the_last_of_them():
    """The position is that of an editor of text."""
    sheet = read(b'id,text,lat\na,"one\ntwo",  3\n')
    assert sheet.positions.find(2, 2) == (3, 8)


def test_short_rows_are_filled_up():
    """Programs leave the empty cells at the end of a row out."""
    assert read(b"a,b,c\n1\n").rows == ((2, ["1", "", ""]),)


def test_the_separator_is_looked_for_outside_of_quotes():
    """A title may hold the others."""
    assert read(b'"a;b;c",d\n').titles == ("a;b;c", "d")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a,b\n\xff\xfe", "story/a.csv:2:1: byte 0xFF is not UTF-8"),
        ("a,b\n".encode("utf-16-le"), "story/a.csv: this is no text in UTF-8"),
        (codecs.BOM_UTF16_LE + b"a", "story/a.csv: this text in UTF-16 is broken"),
        (b"a\n" + b"x" * 140_000, "story/a.csv:2:1: a cell in this row has more than 131,072 ch"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data, message):
    """Those that `stories/bad` does not show; hints aside."""
    sheet, (problem,) = read_delimited(data, "story/a.csv")
    assert sheet is None
    assert str(problem).startswith(message)
