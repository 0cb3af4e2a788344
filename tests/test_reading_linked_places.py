from pathlib import Path

import pytest

from storymap.model import NameKind, Precision
from storymap.reading import read_story

STORY = Path(__file__).parent / "stories" / "good" / "linked-places"


@pytest.fixture(scope="module")
def zilina():
    story, _ = read_story(STORY)
    (place,) = story.places
    return place


def test_an_id_is_the_last_part_of_an_address(zilina):
    """As an author would write it."""
    assert zilina.id == "zilina"


def test_names_keep_language_dates_and_sources(zilina):
    """The first is the place's own; a work that the story does not know is a remark."""
    own, hungarian, spelling = zilina.names
    assert (own.text, own.language, own.kind) == ("Žilina", "sk", NameKind.OFFICIAL)
    assert (own.when.edtf, own.note, own.citations) == ("1918?/1992?", "Town charter", ())
    assert (hungarian.kind, hungarian.when.edtf) == (NameKind.EXONYM, "{1312~,1700~..1918~}")
    assert (spelling.language, spelling.kind) == ("und", NameKind.SOURCE)


def test_a_collection_of_geometries_is_a_point_and_an_outline(zilina):
    """An outline is that of a region, where nothing else is said."""
    location = zilina.location
    assert location.precision is Precision.REGION
    assert location.point == (49.22315, 18.73941)
    assert location.polygon == (((49.2, 18.7), (49.2, 18.8), (49.3, 18.8), (49.2, 18.7)),)


def test_what_else_is_known_arrives(zilina):
    """Identifiers, the country, descriptions; the name of a parent helps a geocoder."""
    assert (zilina.geonames, zilina.wikidata) == (3056508, "Q25797")
    assert (zilina.country, zilina.feature) == ("SK", "P")
    assert zilina.notes == "A town on the Váh.\n\nIt has a castle."
    assert (zilina.within, zilina.hints) == ("", ("Upper Hungary",))
