"""The short way from rows to places: what it lets through is what the long way makes."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.reading.gazetteer import read_places
from storymap.reading.place_rows import read_place_rows
from storymap.reading.plain_rows import PlainRows
from storymap.reading.references import Kind, References
from storymap.reading.sheets import Sheet

ODD = [
    "",
    "",
    " ",
    "x",
    "sm-x",
    "0",
    "-1",
    "nan",
    "1_0",
    "٤٢",
    "1e3",
    "a;b",
    "@",
    "a@",
    "@en",
    "[x](#y)",
]
USUAL = {
    "id": ["bishkek", " zilina ", "1"],
    "name": ["Pishpek", " Žilina ", "Фрунзе"],
    "when": ["", "1868/1926", "1925?", "in 1925"],
    "start": ["", "1868"],
    "end": ["", "1926", "1800"],
    "variants": ["", "Пишпек@ru", " A@en; B @sk;", "A;B@en", "A@the language"],
    "lat": ["42.87", "42,87", "-90", "91"],
    "lon": ["74.59", " 74,59", "+180", "181"],
    "country": ["", "KG", "kg", "KG;KZ"],
    "geonames": ["", "1528675", "01"],
    "aat_types": ["", "300008347"],
    "fclasses": ["", "P", "p", "P;T"],
    "description": ["", "A *fort*.", "[x](#y)", "a<b", "two\nlines "],
    "kind": ["", "", "", "exonym"],
}
ROWS = st.fixed_dictionaries(
    {title: st.sampled_from(texts * 4 + ODD) for title, texts in USUAL.items()}
)


class Nowhere:
    """Positions, of which nobody asks."""

    def find(self, row, index):
        """Give the row and the index."""
        return row, index


def read(rows, language, *, short):
    """Read rows, by the short way where it serves or by the long way only."""
    texts = tuple((n, [*row.values()]) for n, row in enumerate(rows, 2))
    sheet = Sheet("a.csv", 1, tuple(USUAL), texts, Nowhere())
    with patch.object(PlainRows, "place", PlainRows.place if short else lambda *_: None):
        entries, problems = read_place_rows(sheet, language=language, sources=("geonames",))
    references = References()
    problems += references.define(Kind.PLACE, entries)
    places, more = read_places(entries, references)
    return places, (*problems, *more)


@given(st.lists(ROWS, min_size=1, max_size=3), st.sampled_from(["en", "ru-Latn", "no language"]))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_short_way_leads_where_the_long_one_does(rows, language):
    """The same places, the same problems."""
    assert read(rows, language, short=True) == read(rows, language, short=False)


def test_a_usual_row_takes_the_short_way():
    """As most of those of a large gazetteer do."""
    columns = {"id": 0, "title": 1, "start": 2, "lat": 3, "lon": 4, "sources": 5}
    rows = PlainRows(columns, "en")
    place = rows.place(["bishkek", "Pishpek", "1868", "42.87", "74.59", ""])
    assert (place.id, place.names[0].when.edtf) == ("bishkek", "1868/")
    assert rows.place(["bishkek", "Pishpek", "1868", "42.87", "74.59", "geonames"]) is None
