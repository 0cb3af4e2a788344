"""The short way from data to places: what it lets through is what the records' checks make."""

from hypothesis import given
from hypothesis import strategies as st

from storymap.model import Citation, NameKind
from storymap.reading.gazetteer import check_place
from storymap.reading.plain_places import plain_place
from storymap.reading.references import Kind, References
from storymap.reading.yaml_nodes import Part, compose

ODD = [None, "", " ", "x", "sm-x", "0", "-1", "01", "nan", "1e3", "[x](#y)", [], ["x"], {}]


def known():
    """Give references to a story that has one source."""
    references = References()
    references.define(Kind.SOURCE, compose("- id: gazette\n", "")[0].entries())
    references.define(Kind.PLACE, ())
    return references


def mostly(*usual):
    """Draw a usual value, or now and then an odd one."""
    return st.sampled_from([*usual] * 8 + ODD)


sources = st.lists(
    mostly("gazette", {"source": "gazette", "locator": " p. 3 "}, {"source": "nobody"}), max_size=2
)
names = st.fixed_dictionaries(
    {
        "text": mostly("Pishpek", " Žilina ", "Фрунзе"),
        "language": mostly("en", "ru-Latn", "english language"),
        "kind": mostly("official", "exonym", "source"),
    },
    optional={
        "when": mostly("1868/1926", "1926/..", "1925?", "/1943", "1927/1925"),
        "sources": sources,
        "note": mostly(" a fort "),
        "other": st.just("x"),
    },
)
places = st.fixed_dictionaries(
    {
        "id": mostly("bishkek", " zilina", "Brno"),
        "names": mostly() | st.lists(names, min_size=1, max_size=3),
        "location": mostly({"precision": "unlocated", "reason": "lost"})
        | st.fixed_dictionaries(
            {
                "point": mostly(["42.87", "74.59"], ["-90", "180"], ["91", "0"], ["1"]),
                "precision": mostly("settlement", "exact", "region"),
            },
            optional={"source": mostly(" GeoNames "), "radius-km": mostly("3")},
        ),
    },
    optional={
        "country": mostly("KG", "kg"),
        "feature": mostly("P", "X"),
        "geonames": mostly("1528675", "+5", "9" * 30),
        "wikidata": mostly("Q9361"),
        "notes": mostly(" A fort. ", "a < b"),
        "sources": sources,
        "within": mostly("bishkek"),
    },
)


@given(places)
def test_the_short_way_leads_where_the_long_one_does(data):
    """Or nowhere; whitespace, overlaps of names and references to sources included."""
    short = plain_place(data, known())
    if short:
        assert check_place(Part("", "", None, data), known()) == (short, ())


def test_a_usual_place_takes_the_short_way():
    """As most of those of a large gazetteer do."""
    name = {"text": "Pishpek", "language": "en", "kind": "official", "when": "1868/1926"}
    location = {"point": ["42.87", "74.59"], "precision": "settlement"}
    data = {"id": "bishkek", "names": [name], "location": location, "sources": ["gazette"]}
    references = known()
    place = plain_place(data, references)
    assert (place.id, place.names[0].kind) == ("bishkek", NameKind.OFFICIAL)
    assert (place.location.point, place.location.precision) == ((42.87, 74.59), "settlement")
    assert place.citations == (Citation("gazette"),)
    assert references.unused(Kind.SOURCE) == ()


def test_what_the_short_way_does_not_know_is_left_to_the_long_one():
    """A key that it was not told of may change what a place is."""
    name = {"text": "Pishpek", "language": "en", "kind": "official"}
    location = {"point": ["42.87", "74.59"], "precision": "settlement"}
    data = {"id": "bishkek", "names": [name], "location": location}
    assert plain_place(data, known())
    assert plain_place({**data, "new": "key"}, known()) is None
    assert plain_place({**data, "location": {**location, "box": []}}, known()) is None
