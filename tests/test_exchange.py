"""The gazetteer in other forms: what is written is read back as what it was."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storymap import dates
from storymap.exchange import FORMS, to_csv, to_geojson, to_json
from storymap.geometry import Box, LatLon, box_around, center_of
from storymap.model import Citation, Location, Name, NameKind, Place, Precision
from storymap.reading.gazetteer import read_places
from storymap.reading.gazetteer_files import read_gazetteer
from storymap.reading.references import Kind, References
from storymap.reading.yaml_nodes import compose

WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="[]<"), min_size=1, max_size=8
)
LINES = st.lists(WORDS, max_size=3).map("\n".join)
IDS = st.from_regex("[a-r0-9][a-z0-9-]{0,6}", fullmatch=True)
DATES = st.sampled_from(
    [
        *(
            "1923",
            "1923-05",
            "1923-05-01",
            "1927~",
            "1918?",
            "192X",
            "1925-22",
            "-0044",
            "[1925,1927]",
        ),
        *("1868/1926", "1925/..", "/1930", "../1943", "1918?/1920~", "1924-10-14/1925-05-15?"),
        *("{1868..1926,1991..}", "Y17000", "1925-?04-24"),
    ]
).map(dates.parse)
CITATIONS = st.lists(
    st.builds(Citation, st.sampled_from(["gazette", "logbook"]), LINES), max_size=2
).map(tuple)
POINTS = st.builds(LatLon, st.floats(-85, 85), st.floats(-180, 180))
RINGS = st.lists(POINTS, min_size=3, max_size=5).map(lambda ring: (*ring, ring[0]))
NAMES = st.builds(
    Name,
    text=WORDS,
    language=st.sampled_from(["en", "ru-Latn", "und"]),
    kind=st.sampled_from([NameKind.EXONYM, NameKind.SOURCE]),
    when=st.none() | DATES,
    citations=CITATIONS,
    note=WORDS | st.just(""),
)
METRES = st.integers(1, 10**9).map(lambda millimetres: millimetres / 1000)


@st.composite
def locations(draw):
    """A location as reading makes them: an area without a point of its own has its middle."""
    said = {"source": draw(WORDS | st.just(""))}
    kind = draw(st.sampled_from(["point", "box", "polygon", "unlocated"]))
    if kind == "unlocated":
        return Location(Precision.UNLOCATED, reason=draw(WORDS), **said)
    said["precision"] = draw(st.sampled_from([*Precision][:4]))
    said["radius_m"] = draw(METRES)
    if kind == "point":
        return Location(point=draw(POINTS), **said)
    if kind == "box":
        south, north = sorted(
            draw(st.lists(st.floats(-85, 85), min_size=2, max_size=2, unique=True))
        )
        box = Box(draw(st.floats(-180, 180)), south, draw(st.floats(-180, 180)), north)
        return Location(point=draw(st.just(center_of(box)) | POINTS), box=box, **said)
    rings = tuple(draw(st.lists(RINGS, min_size=1, max_size=3)))
    middle = center_of(box_around(corner for ring in rings for corner in ring))
    return Location(point=draw(st.just(middle) | POINTS), polygon=rings, **said)


NOWHERE = Location(Precision.UNLOCATED, reason="lost")
PLACES = st.builds(
    Place,
    id=IDS,
    names=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    location=locations(),
    country=st.sampled_from(["", "KG", "SK"]),
    within=st.sampled_from(["", "elsewhere"]),
    hints=st.lists(WORDS, max_size=2).map(tuple),
    feature=st.sampled_from(["", "P", "A"]),
    geonames=st.none() | st.integers(1, 10**8),
    wikidata=st.sampled_from(["", "Q9361"]),
    notes=LINES,
    citations=CITATIONS,
)
few = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
GAZETTEERS = st.lists(PLACES, min_size=1, max_size=3, unique_by=lambda place: place.id)


def read(text, name):
    """Read a gazetteer back, in which nothing may be wrong."""
    references = References()
    references.define(Kind.SOURCE, compose("- id: gazette\n- id: logbook\n", "")[0].entries())
    known = references.ids(Kind.SOURCE)
    entries, problems = read_gazetteer(text.encode(), name, language="en", sources=known)
    assert problems == ()
    references.define(Kind.PLACE, [*entries, *compose("- id: elsewhere\n", "")[0].entries()])
    places, problems = read_places(entries, references)
    assert not [problem for problem in problems if "look swapped" not in problem.message]
    return list(places)


@given(GAZETTEERS)
@few
def test_linked_places_keep_all_that_the_model_holds(places):
    """Written and read back, they are the same, to the last digit."""
    assert read(to_geojson(places), "gazetteer.geojson") == places


@given(GAZETTEERS)
@few
def test_json_is_a_gazetteer_as_authors_write_it(places):
    """Saved as gazetteer.yaml it says the same."""
    assert read(to_json(places), "gazetteer.yaml") == places


@given(GAZETTEERS)
@few
def test_a_spreadsheet_keeps_a_place_and_its_first_name(places):
    """Of further names it keeps the text."""
    for written, place in zip(read(to_csv(places), "gazetteer.csv"), places, strict=True):
        assert (written.id, written.location.point) == (place.id, place.location.point)
        assert written.names[0].text == place.names[0].text
        assert written.names[0].when == place.names[0].when
        assert len(written.names) == len(place.names)
        assert written.country == place.country
        assert written.within == place.within
        assert (written.geonames, written.wikidata) == (place.geonames, place.wikidata)
        assert written.location == place.location


def test_dates_are_told_to_programs_that_know_no_edtf():
    """As ISO 8601 where they are plain, within bounds where they are not; the text is kept."""

    def told(edtf):
        place = Place("a", (Name("A", "en", NameKind.OFFICIAL, dates.parse(edtf)),), NOWHERE)
        (feature,) = json.loads(to_geojson([place]))["features"]
        return feature["names"][0]["when"]

    assert told("1868/1926") == {
        "timespans": [{"start": {"in": "1868"}, "end": {"in": "1926"}}],
        "edtf": "1868/1926",
    }
    assert told("1924-10-14") == {
        "timespans": [{"start": {"in": "1924-10-14"}}],
        "edtf": "1924-10-14",
    }
    assert told("1925/..")["timespans"] == [{"start": {"in": "1925"}}]
    assert told("/1930")["timespans"] == [{"start": {"latest": "1930"}, "end": {"in": "1930"}}]
    assert told("1927~")["timespans"] == [{"start": {"earliest": "1927", "latest": "1927"}}]
    assert told("192X")["timespans"] == [
        {"start": {"earliest": "1920-01-01", "latest": "1929-12-31"}}
    ]
    assert told("-0044?") == {
        "timespans": [{"start": {"earliest": "-0044", "latest": "-0044"}}],
        "certainty": "less-certain",
        "edtf": "-0044?",
    }


@pytest.mark.parametrize(
    ("edtf", "ends"),
    [
        ("[1927,1925]", ["1925", "1927"]),
        ("[1926,1868..1925]", ["1868", "1926"]),
        ("{1991..,1868}", ["1868", ""]),
        ("[1927,..1925]", ["", "1927"]),
        ("1924-10/..", ["1924-10", ""]),
    ],
)
def test_a_row_has_the_first_and_the_last_date(edtf, ends):
    """However the members of a set are ordered."""
    place = Place("a", (Name("A", "en", NameKind.OFFICIAL, dates.parse(edtf)),), NOWHERE)
    (row,) = csv.DictReader(io.StringIO(to_csv([place])))
    assert [row["start"], row["end"]] == ends


def test_a_feature_says_in_words_of_linked_places_what_it_can():
    """Identifiers, the country, what it is part of, and null where nobody can locate it."""
    name = Name("Pishpek", "en", NameKind.OFFICIAL, citations=(Citation("gazette", "p. 3"),))
    point = Location(Precision.SETTLEMENT, LatLon(42.87, 74.59), radius_m=8000.0)
    place = Place(
        *("bishkek", (name,), point, "KG", "kyrgyzstan"),
        geonames=1528675,
        wikidata="Q9361",
        feature="P",
        notes="A fort.",
    )
    land = Place("kyrgyzstan", (Name("Kyrgyzstan", "en", NameKind.OFFICIAL),), NOWHERE)
    town, country = json.loads(to_geojson([place, land]))["features"]
    assert town == {
        "@id": "storymap:bishkek",
        "type": "Feature",
        "properties": {
            "title": "Pishpek",
            "ccodes": ["KG"],
            "fclasses": ["P"],
            "precision": "settlement",
            "radius-km": 8.0,
        },
        "names": [
            {
                "toponym": "Pishpek",
                "lang": "en",
                "kind": "official",
                "citations": [{"label": "gazette, p. 3", "@id": "gazette"}],
            }
        ],
        "geometry": {"type": "Point", "coordinates": [74.59, 42.87]},
        "links": [
            {"type": "exactMatch", "identifier": "gn:1528675"},
            {"type": "exactMatch", "identifier": "wd:Q9361"},
        ],
        "relations": [
            {
                "relationType": "gvp:broaderPartitive",
                "relationTo": "storymap:kyrgyzstan",
                "label": "Kyrgyzstan",
            }
        ],
        "descriptions": [{"value": "A fort."}],
    }
    assert country["geometry"] is None
    assert country["properties"]["reason"] == "lost"


def test_a_spreadsheet_has_the_columns_of_lp_tsv():
    """Other programs find what they know; commas and semicolons do not disturb."""
    name = Name("Stalin, J.; town", "en", NameKind.OFFICIAL, dates.parse("1925~/1961"))
    other = Name("Сталин; город", "ru", NameKind.EXONYM)
    ring = (LatLon(1.0, 2.0), LatLon(1.0, 3.0), LatLon(2.0, 3.0), LatLon(1.0, 2.0))
    place = Place("stalin", (name, other), Location(Precision.REGION, ring[0], polygon=(ring,)))
    (row,) = csv.DictReader(io.StringIO(to_csv([place])))
    assert {key: value for key, value in row.items() if value} == {
        "id": "stalin",
        "title": "Stalin, J.; town",
        "language": "en",
        "kind": "official",
        "when": "1925~/1961",
        "start": "1925",
        "end": "1961",
        "variants": "Сталин, город@ru",
        "lat": "1.0",
        "lon": "2.0",
        "geowkt": "POLYGON ((2.0 1.0, 3.0 1.0, 3.0 2.0, 2.0 1.0))",
        "precision": "region",
    }


@pytest.mark.parametrize("form", FORMS)
def test_no_places_are_no_fault(form):
    """There is a document, with nothing in it."""
    assert FORMS[form]([]).endswith("\n")
