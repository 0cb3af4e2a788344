import json
from pathlib import Path

import pytest

import storymap
from storymap import overlays, scenes, street
from storymap.contrast import contrast
from storymap.model import Style

GOOD = Path(__file__).parent / "stories" / "good"
DARK = "#2a2c28"


@pytest.fixture(scope="module")
def story():
    return storymap.load(GOOD / "overlays").model


@pytest.fixture(scope="module")
def data(story):
    return street.document(story, scenes.lay_out(story, "en"))


def test_the_document_of_overlays_and_tiles(data, snapshot):
    """The whole part is as the snapshot, which the TypeScript tests read too."""
    snapshot("street/overlays.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def test_each_step_names_its_overlays(data):
    """The plan and the drawing are there once, though two steps show each."""
    assert [overlay["kind"] for overlay in data["overlays"]] == ["drawing", "plan"]
    assert data["steps"] == [[0], [1], [], [1, 0]]


def test_a_picture_is_in_the_page_once(story):
    """However many steps show it, and whatever they call it."""
    (id,) = street.picture_ids(overlays.distinct(story))
    assert id == "sm-picture-0"


def test_a_story_without_overlays_has_no_such_part(minimal):
    """Its page says so in four letters."""
    story = minimal.model
    assert not street.has_any(story)
    assert street.document(story, scenes.lay_out(story, "en")) is None


def test_features_without_words_have_no_card(data):
    """One with a description only is called as the drawing is."""
    titles = [feature["title"] for feature in data["overlays"][0]["features"]]
    assert titles[-2:] == ["The quarter", ""]


def test_unstated_styles_are_the_page_s_own(data):
    """No colour is written down, and the filling lets the map through."""
    *_, plain = data["overlays"][0]["features"]
    assert (plain["stroke"], plain["fill"], plain["marker"]) == ([], [], [])
    assert (plain["strokeWidth"], plain["fillOpacity"], plain["radius"]) == (2.0, 0.25, 7)


@pytest.mark.parametrize("colour", ["#000000", "#000033", "#7f0000", "#2a2c28", "#1f5a63"])
def test_dark_colours_are_lightened_for_the_dark_page(colour):
    """Until they have a contrast of 3 with the land, and no further."""
    assert 3 <= contrast(street.on_dark(colour, DARK), DARK) < 3.6


def test_light_colours_stay():
    """Those that show on dark land already are the author's own on both pages."""
    assert street.on_dark("#ff7a5c", DARK) == "#ff7a5c"


@pytest.mark.parametrize(
    ("style", "opacity"),
    [
        (Style(), 0.25),
        (Style(fill="#ff0000"), 0.6),
        (Style(fill="#ff0000", fill_opacity=0.0), 0.0),
        (Style(fill_opacity=0.9), 0.9),
    ],
)
def test_an_area_is_filled_as_its_author_says(style, opacity):
    """Not at all is an answer, too."""
    assert street.fill_opacity(style) == opacity
