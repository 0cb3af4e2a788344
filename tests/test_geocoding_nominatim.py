import os
import shutil
from pathlib import Path

import pytest
import real_nominatim
from click.testing import CliRunner

import storymap
from storymap.cli import main
from storymap.geocoding.candidates import Match, Query
from storymap.geocoding.chain import ask_in_turn
from storymap.geocoding.services import connect
from storymap.geometry import LatLon
from storymap.model import Service

MINIMAL = Path(__file__).parent / "stories" / "good" / "minimal"
STREET = """\
- id: zilina
  names:
    - {text: Promyshlennaya Street, language: en, kind: official, when: /1957}
    - {text: Intergelpo Street, language: en, kind: official, when: 1957/..}
  country: KG
  within: bishkek
- id: bishkek
  names: [{text: Bishkek, language: en, kind: official}]
  location: {point: [42.87, 74.59], precision: settlement, radius-km: 8, source: GeoNames 1528675}
  country: KG
"""


@pytest.fixture(scope="module")
def nominatim():
    """The address of a real Nominatim; STORYMAP_NOMINATIM names its program and forbids to skip."""
    if lacking := real_nominatim.missing():
        message = f"no {lacking} for a Nominatim of our own; .ci/run shows how to install it"
        if os.environ.get("STORYMAP_NOMINATIM"):
            pytest.fail(message)
        pytest.skip(message)
    with real_nominatim.running() as address:
        yield address


@pytest.fixture
def find(nominatim):
    """A function that asks the chain for the names of a place."""

    def find(*names, country="", **known):
        providers = connect([Service("nominatim", nominatim)], {}, user_agent="storymap/test")
        answers = ask_in_turn(providers, Query("place", names, country, **known))
        assert answers.failures == ()
        return answers.candidates

    return find


def told(candidates):
    """Say what candidates are, in short."""
    return [(each.name, each.country, each.kind, each.match) for each in candidates]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Zsolna", ("Žilina", "SK", "city", Match.ALTERNATE)),
        ("Verniy", ("Almaty", "KZ", "city", Match.ALTERNATE)),
        ("Верный", ("Almaty", "KZ", "city", Match.ALTERNATE)),
        ("Alma-Ata", ("Almaty", "KZ", "city", Match.ALTERNATE)),
        ("Frunze", ("Bishkek", "KG", "city", Match.ALTERNATE)),
        ("Пишпек", ("Bishkek", "KG", "city", Match.ALTERNATE)),
        ("Stalingrad", ("Volgograd", "RU", "city", Match.ALTERNATE)),
        ("Osh", ("Osh", "KG", "city", Match.EXACT)),
        ("Verny", ("Verny", "FR", "village", Match.EXACT)),
    ],
)
def test_a_place_is_found_by_any_of_its_names(find, name, found):
    """Former names lead to today's place; what merely sounds alike is another place."""
    assert told(find(name)) == [found]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Žilina", {("SK", "city"), ("CZ", "village")}),
        ("Armavir", {("AM", "town"), ("RU", "city")}),
        ("Shalkar", {("KZ", "town"), ("KZ", "village")}),
    ],
)
def test_namesakes_are_told_apart(find, name, found):
    """All of them are shown, whichever the service holds for the best."""
    candidates = find(name)
    assert {(each.country, each.kind) for each in candidates} == found
    assert len(candidates) == 2


def test_the_country_decides(find):
    """Armenia's Armavir comes first, and is none of Russia's."""
    [found] = find("Armavir", country="RU")
    assert (found.at, found.population) == (LatLon(44.99849, 41.11472), 199_548)


def test_hints_that_lead_nowhere_do_no_harm(find):
    """The service knows no Krasnodar Krai, but it knows the town."""
    assert told(find("Armavir", country="RU", hints=("Krasnodar Krai",))) == told(
        find("Armavir", country="RU")
    )


def test_a_street_is_found_where_it_lies(find):
    """In Bishkek, 334 km from where a misprint of its latitude has it."""
    [street] = find("Intergelpo Street", country="KG", near=LatLon(42.87, 74.59))
    assert street.at == pytest.approx((42.8707, 74.5524), abs=1e-3)
    assert street.address == "Intergelpo Street, Bishkek, Kyrgyzstan"
    assert street.kind == "road"


def test_a_name_that_no_place_has_finds_nothing(find):
    """Ershovsk stands in the story's source and on no map."""
    assert find("Ershovsk") == ()


def test_the_extract_holds_places_of_the_story(find, interhelpo):
    """What is found under the names of the story's own places is where the story has it."""
    for place in interhelpo.places:
        if place.id in ("zilina", "bishkek", "verniy", "armavir", "volgograd", "shalqar"):
            names = tuple(dict.fromkeys(name.text for name in place.names))
            positions = {each.at for each in find(*names, country=place.country)}
            assert place.location.point in positions, place.id


def test_a_street_is_located_from_the_command_line(nominatim, tmp_path):
    """Within its town, which the gazetteer knows; what the author accepts lies in the lock file."""
    story = shutil.copytree(MINIMAL, tmp_path / "story")
    (story / "gazetteer.yaml").write_text(STREET, encoding="utf-8")
    words = ["--story", story, "--online", "--service", "nominatim", "--address", nominatim]
    listed = CliRunner().invoke(main, ["locate", *map(str, words)])
    assert listed.stderr == (
        "zilina: Intergelpo Street, Promyshlennaya Street in KG may be\n"
        "   1  Intergelpo Street, KG, road, 3.1 km from Bishkek, [osm:way/1]\n"
        "      is called 'Intergelpo Street'; in KG, as the story has it\n"
        "      Intergelpo Street, Bishkek, Kyrgyzstan\n"
        "      to take the first: --pick zilina=1\n"
        "1 place still to be located\n"
    )
    picked = CliRunner().invoke(main, ["locate", *map(str, words), "--pick", "zilina=osm:way/1"])
    assert picked.stdout == "zilina: Intergelpo Street, KG [osm:way/1], accepted by the author\n"
    located = storymap.load(story).model.place("zilina").location
    assert located.point == pytest.approx((42.8707, 74.5524), abs=1e-3)
