import re

import pytest

import storymap


def test_what_is_public_is_named():
    """`__all__` holds every public name that is defined here, and each can be had."""
    own = {
        name
        for name, value in vars(storymap).items()
        if not name.startswith("_") and getattr(value, "__module__", "").startswith("storymap")
    }
    assert own == set(storymap.__all__)


def test_a_story_with_errors_raises_them_all(tmp_path):
    """The text of the error is the list of problems."""
    with pytest.raises(storymap.StoryError) as caught:
        storymap.load(tmp_path)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    assert caught.value.problems


def test_a_story_is_known_by_its_title(minimal):
    """Its short form names the title and counts the steps."""
    steps = len(minimal.model.events)
    assert re.fullmatch(rf"<Story '.+', {steps} steps>", repr(minimal))


def test_the_saved_page_is_the_built_one(minimal, tmp_path):
    """`save`, `to_html` and the map's own `save` give the same bytes."""
    minimal.save(tmp_path / "a.html")
    minimal.to_folium().save(tmp_path / "b.html")
    page = (tmp_path / "a.html").read_bytes()
    assert page == (tmp_path / "b.html").read_bytes() == minimal.to_html().encode()
