from dataclasses import replace

import pytest

from storymap.audit import findings
from storymap.geometry import Box, LatLon
from storymap.model import Location, Name, NameKind, Place, Precision
from storymap.reading.faults import Fault

ZILINA = Place(
    id="zilina",
    names=(Name("Žilina", "sk", NameKind.OFFICIAL),),
    location=Location(Precision.SETTLEMENT, LatLon(49.22315, 18.73941)),
    country="SK",
    feature="P",
)
STREET = replace(
    ZILINA,
    id="street",
    location=Location(Precision.EXACT, LatLon(42.87, 74.552)),
    country="KG",
    feature="R",
    within="bishkek",
)
BISHKEK = replace(
    ZILINA,
    id="bishkek",
    location=Location(Precision.SETTLEMENT, LatLon(42.87, 74.59), radius_m=8000),
    country="KG",
)


def at(place, lat, lon, **changes):
    """Return a place moved."""
    return replace(place, location=replace(place.location, point=LatLon(lat, lon), **changes))


def named(text, language):
    """Return a place with this one name."""
    return replace(ZILINA, names=(Name(text, language, NameKind.EXONYM),))


def of_point(message, hint):
    return Fault(message, hint, ("location", "point"))


def test_sound_places_have_no_findings():
    """A town in its country and a street in its town are as they should be."""
    assert list(findings([ZILINA, BISHKEK, STREET])) == []


def test_a_settlement_does_not_lie_in_the_sea():
    """Where a point is too far off all coasts, its coordinates are doubted."""
    drowned = at(replace(ZILINA, country=""), 43, 35)
    fault = of_point("[43, 35] lies in the sea, 100 km off shore", "check the coordinates")
    assert list(findings([drowned])) == [("zilina", fault)]


def test_what_is_no_settlement_may_lie_in_the_sea():
    """A ship has a position, too."""
    ship = replace(at(ZILINA, 43, 35, precision=Precision.EXACT), country="", feature="S")
    assert list(findings([ship])) == []


def test_a_port_may_lie_just_off_the_coast():
    """Vladivostok's harbour is water on the map, and yet no finding."""
    assert list(findings([at(replace(ZILINA, country="RU"), 43.1, 131.88)])) == []


def test_a_place_lies_in_its_country():
    """The finding says how far off the place is, and where."""
    fault = of_point(
        "[49.2231, 18.7394] lies in SK, 29 km outside CZ", "check the coordinates, or `country`"
    )
    assert list(findings([replace(ZILINA, country="CZ")])) == [("zilina", fault)]


def test_a_place_may_lie_as_far_off_as_it_says():
    """What may be anywhere within 40 km may lie across the border."""
    vague = at(ZILINA, 49.22315, 18.73941, precision=Precision.APPROXIMATE, radius_m=40_000)
    assert list(findings([replace(vague, country="CZ")])) == []


def test_a_region_is_not_judged_by_its_anchor():
    """The middle of a region is nobody's position."""
    region = at(ZILINA, 43, 35, precision=Precision.REGION, box=Box(30, 40, 40, 46))
    assert list(findings([region])) == []


def test_a_country_of_the_past_is_not_judged():
    """Nothing is known of the borders of a code that the atlas lacks."""
    assert list(findings([replace(ZILINA, country="CS")])) == []


def test_a_street_lies_in_its_town():
    """The street of the main source, by the latitude that is published for it, is 334 km off."""
    fault = of_point(
        "[45.8825, 74.552] lies 310 km outside 'bishkek', of which it is a part",
        "check the coordinates, or `within`",
    )
    astray = at(replace(STREET, country=""), 45.8825, 74.552)
    assert list(findings([BISHKEK, astray])) == [("street", fault)]


def test_a_part_lies_in_the_outline_of_its_region():
    """A box and a polygon are measured from their edge."""
    region = Place(
        id="region",
        names=ZILINA.names,
        location=Location(Precision.REGION, box=Box(18, 48, 19, 50)),
    )
    ring = (LatLon(48, 18), LatLon(48, 19), LatLon(50, 19), LatLon(50, 18), LatLon(48, 18))
    same = replace(region, location=Location(Precision.REGION, polygon=(ring,)))
    inside = replace(ZILINA, within="region")
    outside = at(replace(inside, country=""), 49, 20)
    fault = of_point(
        "[49, 20] lies 73 km outside 'region', of which it is a part",
        "check the coordinates, or `within`",
    )
    for parent in region, same:
        assert list(findings([parent, inside])) == []
        assert list(findings([parent, outside])) == [("zilina", fault)]


def test_a_parent_that_nobody_can_locate_holds_anything():
    """There is nothing to measure from."""
    nowhere = replace(BISHKEK, location=Location(Precision.UNLOCATED, reason="unknown"))
    assert list(findings([nowhere, STREET])) == []


@pytest.mark.parametrize(
    ("text", "language", "script", "hint"),
    [
        ("Пишпек", "en", "Cyrillic", "en-Cyrl"),
        ("Pishpek", "ru", "Latin", "ru-Latn"),
        ("Žilina", "ru", "Latin", "ru-Latn"),
        ("بيشكيك", "sk", "Arabic", "sk-Arab"),
    ],
)
def test_a_name_fits_the_script_of_its_language(text, language, script, hint):
    """A name in other letters is doubted, with the tag that a transliteration has."""
    fault = Fault(
        f"'{text}' is written in {script} letters, and '{language}' is not",
        f"a transliteration has the language '{hint}'",
        ("names", 0, "language"),
    )
    assert list(findings([named(text, language)])) == [("zilina", fault)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Пишпек", "ru"),
        ("Pishpek", "ru-Latn"),
        ("Biškek", "ky"),
        ("北京", "ja"),
        ("Café Ω", "fr"),
        ("1905", "ru"),
        ("Kšandra", "xx"),
    ],
)
def test_a_name_that_fits_is_left_alone(text, language):
    """So is one whose language has several scripts, or is not known, or that has no letters."""
    assert list(findings([named(text, language)])) == []
