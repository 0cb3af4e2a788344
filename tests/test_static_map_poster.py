import pytest

from storymap import atlas, scenes
from storymap.static_map import poster


@pytest.fixture(scope="module")
def drawn(minimal):
    """A function that draws the smallest story, in some colours."""
    layout = scenes.lay_out(minimal.model, "en")
    base = atlas.cover(layout.cover.frame, [scene.frame for scene in layout.scenes])
    return lambda theme=None: poster(layout, base, theme or {}, 300, 158)


def test_the_same_story_gives_the_same_picture(drawn):
    """Twice the same bytes: no clock, no chance, no letters of this system."""
    assert drawn() == drawn()


@pytest.mark.parametrize("token", ["land", "accent"])
def test_the_picture_has_the_colours_of_the_story(drawn, token):
    """Another colour of the theme, another picture."""
    assert drawn({token: "#008000"}) != drawn()


def test_what_the_picture_refers_to_is_there(minimal):
    """No reference leads nowhere, and no letters stand in it."""
    import re

    from storymap.static_map.poster import COLOURS, drawing_of

    layout = scenes.lay_out(minimal.model, "en")
    base = atlas.cover(layout.cover.frame, [scene.frame for scene in layout.scenes])
    svg = drawing_of(layout, base, COLOURS, 300, 158)
    ids = set(re.findall(r' id="([^"]+)"', svg))
    assert {*re.findall(r'href="#([^"]+)"', svg)} <= ids
    assert "<text" not in svg
