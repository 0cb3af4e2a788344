from pathlib import Path

import pytest

from storymap.model import Citation, NameKind, Precision
from storymap.reading import read_story
from storymap.reading.gazetteer import read_places
from storymap.reading.gazetteer_files import read_gazetteer
from storymap.reading.references import Kind, References

STORY = Path(__file__).parent / "stories" / "good" / "spreadsheets"


@pytest.fixture(scope="module")
def told():
    story, _ = read_story(STORY)
    return story


def place_of(**cells):
    """Read a spreadsheet of one place, in which nothing is wrong."""
    titles, texts = ";".join(cells), ";".join(f'"{text}"' for text in cells.values())
    references = References()
    entries, problems = read_gazetteer(
        f"{titles}\n{texts}\n".encode(), "a.csv", language="sk", sources=()
    )
    problems += references.define(Kind.PLACE, entries)
    (place,), more = read_places(entries, references)
    assert (problems, more) == ((), ())
    return place


def test_a_plain_list_makes_places():
    """The id comes from the name, the language from the story; nothing is said to be exact."""
    place = place_of(Name="Žilina", latitude="49,22", Longitude="18.74")
    assert (place.id, place.location.point) == ("zilina", (49.22, 18.74))
    assert place.location.precision is Precision.SETTLEMENT
    (name,) = place.names
    assert (name.text, name.language, name.kind) == ("Žilina", "sk", NameKind.OFFICIAL)


def test_the_columns_of_lp_tsv_are_understood(told):
    """Identifiers, variants, sources, a tolerance, what is known of dates."""
    smyrna, trieste, *_ = told.places
    assert (smyrna.geonames, smyrna.country, smyrna.feature) == (311046, "TR", "P")
    official, variant = smyrna.names
    assert (official.when.edtf, official.citations) == ("/1930", (Citation("gazette", "p. 3"),))
    assert (variant.text, variant.language, variant.kind) == ("İzmir", "tr", NameKind.EXONYM)
    assert smyrna.location.source == "GeoNames gn:311046"
    assert smyrna.notes == "A harbour;\nits clock is late."
    assert trieste.location.precision is Precision.APPROXIMATE
    assert trieste.location.radius_m == 4000.0
    assert trieste.names[0].when.edtf == "1719/1914"
    assert trieste.names[0].note == "attested in 1719, an old map"


def test_what_a_place_is_part_of_is_a_place_or_a_hint(told):
    """LP-TSV names it by an address, which helps a geocoder by the name beside it."""
    _, trieste, palagrande, _ = told.places
    assert (trieste.within, trieste.hints) == ("", ("Adriatic",))
    assert (palagrande.within, palagrande.hints) == ("levant", ())


def test_a_reason_is_enough_for_a_place_that_nobody_can_locate(told):
    """Its precision need not be said then; a variant without a language is a spelling."""
    palagrande = told.places[2]
    assert palagrande.location.precision is Precision.UNLOCATED
    assert palagrande.location.reason == "Only a logbook has this name."
    assert palagrande.names[1].language == "und"
    assert palagrande.names[1].kind is NameKind.SOURCE


@pytest.mark.parametrize(
    ("cells", "precision", "point"),
    [
        ({"geowkt": "POINT (18.74 49.22)"}, "settlement", (49.22, 18.74)),
        ({"geowkt": "POINT Z (18.74 49.22 345)"}, "settlement", (49.22, 18.74)),
        ({"geowkt": "POLYGON ((18 49, 19 49, 19 50, 18 49))"}, "region", (49.5, 18.5)),
        ({"geowkt": "MULTIPOLYGON (((18 49, 19 49, 19 50, 18 49)))"}, "region", (49.5, 18.5)),
        ({"box": "18; 49; 19; 50"}, "region", (49.5, 18.5)),
        ({"lat": "49", "lon": "\N{MINUS SIGN}18", "radius km": "2,5"}, "approximate", (49, -18)),
        ({"lat": "49", "lon": "18", "precision": "exact"}, "exact", (49, 18)),
    ],
)
def test_a_location_is_as_precise_as_it_is_said_to_be(cells, precision, point):
    """A point without more is that of a settlement, an outline that of a region."""
    location = place_of(name="A", **cells).location
    assert (location.precision, location.point) == (precision, point)


@pytest.mark.parametrize(
    ("matches", "geonames", "wikidata"),
    [
        ("gn:1528675;wd:Q9361", 1528675, "Q9361"),
        ("https://www.geonames.org/1528675/bishkek.html", 1528675, ""),
        ("http://www.wikidata.org/entity/Q9361; viaf:1", None, "Q9361"),
    ],
)
def test_places_are_matched_with_geonames_and_wikidata(matches, geonames, wikidata):
    """By the prefixes of LP-TSV or by address."""
    place = place_of(name="A", lat="1", lon="2", matches=matches)
    assert (place.geonames, place.wikidata) == (geonames, wikidata)


def test_a_span_may_be_written_as_edtf():
    """`when` goes before `start` and `end`."""
    place = place_of(name="A", lat="1", lon="2", when="1868?/1926", start="1", end="2")
    assert place.names[0].when.edtf == "1868?/1926"
