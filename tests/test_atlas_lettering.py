import hashlib
import json
from importlib.resources import files

import numpy as np
import pytest

from storymap.atlas import BORDERS
from storymap.atlas.lettering import Kind, Name, View, encoded, holding, names_in
from storymap.dates import parse
from storymap.geometry import Box, LatLon

DATA = files("storymap.atlas") / "data"
WORLD = Box(-180, -85, 180, 85)
BISHKEK = Box(74.55, 42.87, 74.59, 42.87)


def found(bounds, *views, wanted=lambda _: True, most=1000):
    """Return the names of a map, everything wanted."""
    return names_in(bounds, [View(box, zoom) for box, zoom in views], wanted=wanted, most=most)


def state(text, when):
    return Name(text, LatLon(50, 15), Kind.STATE, 3, 8, parse(when), 0)


def test_the_pack_is_the_one_its_provenance_names():
    """Its hash is recorded, it is small, and GeoNames is given its due beside it."""
    record = json.loads((DATA / "lettering-provenance.json").read_text("utf-8"))
    packed = (DATA / record["pack"]["file"]).read_bytes()
    assert hashlib.sha256(packed).hexdigest() == record["pack"]["sha256"]
    assert len(packed) <= 1_500_000
    licence = (DATA / "LICENCE-lettering.txt").read_text("utf-8")
    assert "derived from GeoNames (https://www.geonames.org),\nCC BY 4.0" in licence


def test_encoding_keeps_names():
    """Positions are kept to a thousandth of a degree, zooms to a tenth, in columns."""
    columns = encoded([state("Bohemia", "1918/1938"), state("Česko", "1993/..")])
    assert bytes(columns["text"]).decode() == "Bohemia\nČesko"
    assert bytes(columns["when"]).decode() == "1918/1938\n1993/.."
    assert columns["lat"].tolist() == [50_000, 50_000]
    assert columns["from"].tolist() == [30, 30]
    assert columns["geonames"].dtype == np.uint32


@pytest.mark.parametrize(
    ("bounds", "view", "zoom", "texts"),
    [
        (Box(60, 35, 90, 50), BISHKEK, 9.5, {"Bishkek", "Tokmok", "Kant", "Kyrgyz Ala-Too"}),
        (Box(10, 30, 90, 65), Box(18, 42, 75, 54), 6, {"Black Sea", "Caucasus", "Moscow"}),
        (Box(160, -50, 200, -10), Box(174, -42, 178, -36), 6, {"Auckland", "Wellington"}),
        (Box(10, 65, 45, 75), Box(18.9, 69.6, 30, 70), 6, {"Tromsø", "Sweden", "Inari"}),
    ],
)
def test_a_view_is_named(bounds, view, zoom, texts):
    """Wherever a story lies, the atlas says where that is."""
    assert texts <= {name.text for name in found(bounds, (view, zoom))}


def test_names_lie_where_the_map_does():
    """West of the antimeridian or east of it, they are beside the story's places."""
    samoa = found(Box(160, -40, 220, 0), (Box(186, -16, 190, -12), 6))
    assert "Apia" in {name.text for name in samoa}
    assert all(160 < name.at.lon < 220 for name in samoa)


def test_far_and_fine_names_stay_out():
    """A view of one town has no town of another continent, and nothing for larger zooms."""
    names = found(WORLD, (BISHKEK, 6.5))
    assert "Paris" not in {name.text for name in names}
    assert max(name.from_zoom for name in names) <= 7.3


def test_every_view_has_its_turn():
    """Where not all names can stay, a close view keeps its most important ones."""
    views = ((Box(18, 42, 75, 54), 6.0), (BISHKEK, 9.5))
    few = found(Box(0, 30, 100, 65), *views, most=40)
    assert len(few) == 40
    texts = {name.text for name in few}
    assert {"Bishkek", "Tokmok", "Black Sea"} <= texts


def test_what_is_not_wanted_takes_no_room():
    """A name that the story tells itself leaves its place to the next."""
    one = found(WORLD, (BISHKEK, 9.5), most=5)
    other = found(WORLD, (BISHKEK, 9.5), most=5, wanted=lambda name: name not in one)
    assert len(other) == 5
    assert not set(one) & set(other)


def test_names_come_by_kind_and_zoom():
    """The order in which a map places them: states first, each kind from the smallest zoom on."""
    names = found(Box(0, 30, 100, 65), (Box(18, 42, 75, 54), 6.0))
    keys = [(list(Kind).index(name.kind), name.from_zoom) for name in names]
    assert keys == sorted(keys)


def test_the_same_views_give_the_same_names():
    """Nothing depends on chance or on what was asked before."""
    assert found(WORLD, (BISHKEK, 9.5)) == found(WORLD, (BISHKEK, 9.5))


@pytest.mark.parametrize(
    ("when", "texts"),
    [
        ("1925-04-24", ["Czechoslovakia"]),
        ("1938", ["Czechoslovakia"]),
        ("1939", []),
        ("/1923", ["Czechoslovakia"]),
        ("1918", []),
        ("2020~", ["Czechia"]),
        (None, ["Czechia"]),
    ],
)
def test_a_state_has_its_name_in_the_middle_of_a_date(when, texts):
    """One day decides; without a date it is today."""
    names = [state("Czechoslovakia", "1918-10-28/1938-09-30"), state("Czechia", "1993-01-01/..")]
    held = holding(names, parse(when) if when else None)
    assert [names[index].text for index in held] == texts


def test_states_and_renamed_towns_are_dated():
    """Every state has a span, a town if it was renamed, and nothing else has."""
    names = found(WORLD, (WORLD, 6.0))
    dated = {name.kind: set() for name in names}
    for name in names:
        dated[name.kind].add(name.when is not None)
    assert dated.pop(Kind.STATE) == {True}
    assert dated.pop(Kind.TOWN) == {True, False}
    assert set(map(frozenset, dated.values())) == {frozenset({False})}


def test_a_renamed_town_has_one_name_at_a_time():
    """Before its first former name, unless that always was, and after its last, it has today's."""
    names = [name for name in found(WORLD, (WORLD, 9.0)) if name.kind is Kind.TOWN and name.when]
    for town in {name.geonames for name in names}:
        own = [name for name in names if name.geonames == town]
        for year in range(1900, 2021, 3):
            assert len(holding(own, parse(f"{year}-07-15"))) == 1, (own[0].text, year)
        assert [own[index].text for index in holding(own, None)] == [own[-1].text]


def test_borders_that_are_drawn_have_a_name():
    """What is inside a border of former times is lettered with that border's label."""
    views = ((Box(12, 48, 22, 51), 6.5), (Box(40, 45, 100, 65), 4.0), (BISHKEK, 6.5))
    views += ((Box(55, 36, 72, 42), 5.0),)
    spans = {(name.text, name.when) for name in found(WORLD, *views) if name.when}
    for border in BORDERS:
        if border.label:
            middle = holding(
                [Name("", LatLon(0, 0), Kind.STATE, 0, 9, border.when, 0)], border.when
            )
            assert middle == [0]
            assert any(border.label == text for text, _ in spans), border.label


def test_at_the_turn_of_a_year_the_later_state_holds():
    """A span ends with its last day, and two states never hold together."""
    names = [state("Former", "1918/1926"), state("Later", "1927/1938")]
    assert holding(names, parse("1926/1927")) == [1]
