import pytest

from storymap.geocoding.candidates import Candidate, Match, Query
from storymap.geocoding.choosing import evident, nearest, weigh
from storymap.geometry import LatLon

BRNO, MARTIN = LatLon(49.19522, 16.60796), LatLon(49.06651, 18.92399)


def candidate(id="geonames:1", **known):
    about = {"name": "Žilina", "at": LatLon(49.22315, 18.73941), "provider": "test"}
    about |= {"match": Match.EXACT, "matched": "Žilina", "asked": "Žilina", "country": "SK"}
    return Candidate(id=id, **(about | known))


def query(**known):
    return Query("zilina", ("Žilina",), **({"country": "SK"} | known))


def ids(weighed):
    return [each.candidate.id for each in weighed]


def test_the_more_plausible_come_first():
    """By country, then by how they match, then by size; ties have an order of their own."""
    found = [
        candidate("abroad", country="CZ", population=10_000_000),
        candidate("near", match=Match.NEAR, population=5_000_000),
        candidate("b", population=100),
        candidate("a", population=100),
        candidate("unknown"),
        candidate("large", population=200),
        candidate("also", match=Match.ALTERNATE, population=1_000_000),
    ]
    assert ids(weigh(query(), found)) == [
        *("large", "a", "b", "unknown"),
        *("also", "near", "abroad"),
    ]


@pytest.mark.parametrize(
    ("known", "reasons"),
    [
        ({}, ("is called 'Žilina'", "in SK, as the story has it")),
        ({"country": "CZ"}, ("is called 'Žilina'", "not in SK, as the story has it")),
        ({"country": ""}, ("is called 'Žilina'",)),
        (
            {"match": Match.ALTERNATE, "matched": "Zsolna"},
            ("is also called 'Zsolna'", "in SK, as the story has it"),
        ),
        (
            {"match": Match.NEAR, "matched": "Zylina"},
            ("near match: 'Zylina' for 'Žilina'", "in SK, as the story has it"),
        ),
        ({"match": Match.FOUND, "country": ""}, ("test found it for 'Žilina'",)),
        ({"match": Match.NUMBER, "country": ""}, ("has the GeoNames number of the place",)),
    ],
)
def test_reasons_are_in_words(known, reasons):
    """How it matches, and whether the country does."""
    (weighed,) = weigh(query(), [candidate(**known)])
    assert weighed.reasons == reasons


def test_the_nearest_other_place_tells_something():
    """Its name and the kilometres along a geodesic; a story of one place has none."""
    name, km = nearest(candidate().at, {"Brno": BRNO, "Martin": MARTIN})
    assert (name, round(km, 1)) == ("Martin", 22.0)
    assert nearest(candidate().at, {}) is None


@pytest.mark.parametrize(
    "known",
    [
        [{}],
        [{"match": Match.ALTERNATE}],
        [{}, {"id": "geonames:2", "country": "CZ"}],
        [{"match": Match.NUMBER, "country": "XX"}],
    ],
    ids=["called so", "also called so", "a namesake abroad", "the number, whatever else"],
)
def test_what_needs_no_question(known):
    """One place of the stated country, letter for letter."""
    found = [candidate(**each) for each in known]
    assert evident(query(), weigh(query(), found)) == found[0]


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ({}, []),
        ({}, [{"match": Match.NEAR}]),
        ({}, [{"match": Match.FOUND}]),
        ({}, [{"country": "CZ"}]),
        ({}, [{}, {"id": "geonames:2"}]),
        ({}, [{}, {"id": "geonames:2", "match": Match.NEAR}]),
        ({"country": ""}, [{}]),
        ({"feature": "R"}, [{}]),
        ({"hints": ("on the Váh",)}, [{}]),
    ],
    ids=[
        *("nothing", "near", "found somehow", "abroad", "two", "a near one beside it"),
        *("no country", "a street", "hints"),
    ],
)
def test_what_is_for_the_author_to_decide(asked, known):
    """Everything else: nothing is guessed."""
    found = [candidate(**each) for each in known]
    assert evident(query(**asked), weigh(query(**asked), found)) is None
