import json
import re
from dataclasses import replace
from importlib.resources import files

import pytest

from storymap import atlas, document, lettering, scenes
from storymap.atlas.lettering import Kind
from storymap.contrast import contrast
from storymap.geometry import Box, LatLon
from storymap.model import Location, NameKind, Place, Precision
from storymap.model import Name as PlaceName


@pytest.fixture(scope="module")
def laid_out(interhelpo):
    """Interhelpo's layout and base map."""
    layout = scenes.lay_out(interhelpo, "en")
    return layout, atlas.cover(layout.cover.frame, [scene.frame for scene in layout.scenes])


@pytest.fixture(scope="module")
def letters(laid_out):
    """Interhelpo's lettering."""
    layout, base = laid_out
    return lettering.lay_out(layout, base.bounds)


def texts_at(letters, layout, id):
    """Return the names of the states at one step."""
    index = [scene.event.id for scene in layout.scenes].index(id) + 1
    return {letters.names[i].text for i in letters.dated[letters.scenes[index]]}


def test_the_story_names_its_own_towns(interhelpo, letters):
    """No town of the atlas doubles one of the gazetteer, under whichever name."""
    own = {place.geonames for place in interhelpo.places if place.geonames}
    towns = {name.text: name.geonames for name in letters.names if name.kind is Kind.TOWN}
    assert not own & set(towns.values())
    assert not {"Bishkek", "Moscow", "Saint Petersburg", "Almaty", "Volgograd"} & set(towns)
    assert {"Tokmok", "Kant", "Tashkent", "Prague"} <= set(towns)


@pytest.mark.parametrize(
    ("id", "there", "gone"),
    [
        ("founding", {"Czechoslovakia", "Soviet Union", "Poland"}, {"Slovakia", "Kazakhstan"}),
        ("membership", {"Soviet Union", "Kazakh ASSR"}, {"Kazakhstan", "Kazakh SSR"}),
        ("film", {"Kazakhstan", "Czechia", "Hungary"}, {"Czechoslovakia", "Soviet Union"}),
    ],
)
def test_states_are_those_of_the_step(laid_out, letters, id, there, gone):
    """Each step has the states of its date and no others."""
    states = texts_at(letters, laid_out[0], id)
    assert there <= states
    assert not gone & states


def test_towns_have_the_names_of_the_step(laid_out, letters):
    """What the story does not name is called as it was, too; waters have one name for all times."""
    before, after = (texts_at(letters, laid_out[0], id) for id in ("journey", "film"))
    assert {"Kiev", "Tiflis"} & before == {"Tiflis"}, "the story names Kiev itself"
    assert "Tbilisi" in after - before
    dated = {index for held in letters.dated for index in held}
    assert {letters.names[i].kind for i in dated} == {Kind.STATE, Kind.TOWN}


def test_names_of_today_are_known_whatever_the_dates(laid_out, letters):
    """A reader may ask for them at every step: they are those of an undated step."""
    layout, _ = laid_out
    undated = [scene.date for scene in layout.scenes].index(None)
    assert letters.today == letters.scenes[undated + 1]


def test_a_country_of_the_story_is_named_by_the_story(letters):
    """The atlas adds its name only where the story's own is out of sight."""
    own = [name for name in letters.names if "Kirghiz" in name.text or name.text == "Kyrgyzstan"]
    assert own
    assert all(name.from_zoom >= lettering.CLOSE_ZOOM for name in own)


def town(precision, *, lat=42.88, geonames=None):
    return Place(
        id="x",
        names=(PlaceName("X", "en", NameKind.OFFICIAL),),
        location=Location(precision, point=LatLon(lat, 74.6)),
        geonames=geonames,
    )


@pytest.mark.parametrize(
    ("place", "left_out"),
    [
        (town(Precision.SETTLEMENT), True),
        (town(Precision.EXACT), False),
        (town(Precision.SETTLEMENT, lat=43.2), False),
        (town(Precision.EXACT, lat=43.2, geonames=1528675), True),
    ],
)
def test_a_town_of_the_story_is_known_by_its_id_or_its_place(interhelpo, place, left_out):
    """A house in a town does not take the town's name off the map."""
    event = replace(interhelpo.events[0], places=("x",), passage=None)
    story = replace(interhelpo, places=(place,), routes=(), events=(event,))
    story = replace(story, cover=replace(story.cover, route=""))
    letters = lettering.lay_out(scenes.lay_out(story, "en"), Box(60, 35, 90, 50))
    assert ("Bishkek" not in {name.text for name in letters.names}) is left_out


def test_a_page_carries_little_of_it(interhelpo, laid_out):
    """All names of Interhelpo, and which of them hold at each step, take 12 kB."""
    layout, base = laid_out
    data = document.document(interhelpo, layout, base, map_name="map_1", language="en")
    raw = json.dumps([data["labels"], data["dated"]], ensure_ascii=False, separators=(",", ":"))
    assert len(raw.encode()) <= 12_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "grounds"), [("water", ["sea", "land"]), ("rock", ["land"])])
def test_names_are_legible(scheme, ink, grounds):
    """In both colour schemes the inks of the lettering stand out from what they lie on by 4.5."""
    colours = {}
    for file in ("palette.css", "lettering.css"):
        css = (files("storymap") / "browser" / "src" / file).read_text("utf-8")
        light, dark = css.split("prefers-color-scheme: dark", 1)
        for part in (light, dark.split("}")[0])[: 1 + (scheme == "dark")]:
            colours.update(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))
    for ground in grounds:
        assert contrast(colours[f"{ink}-ink"], colours[ground]) >= 4.5, ground
