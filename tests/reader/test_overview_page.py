"""The list of many stories, for those who see, hear or print it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe import violations

import storymap

GOOD = Path(__file__).parents[1] / "stories" / "good"


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """The page that lists three stories, one of them in two languages."""
    output = tmp_path_factory.mktemp("many")
    folders = [GOOD / name for name in ("languages", "minimal", "pacific")]
    with ThreadPoolExecutor(1) as executor:
        library = storymap.build_many(folders, output, executor=executor)
    return Path(library.page.path)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_in_the_list(open_page, listed, width, scheme):
    """No rule is broken, and nothing is wider than the window."""
    reader = open_page(listed, size=(width, 844), color_scheme=scheme, outcome=None)
    assert violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_language_in_the_list_opens_the_story_in_it(open_page, listed):
    """The link goes to the page, which opens in that language."""
    reader = open_page(listed, outcome=None)
    reader.page.get_by_role("link", name="العربية").click()
    reader.settled()
    assert reader.evaluate("document.documentElement.lang") == "ar"


def test_the_list_prints_without_a_script(open_page, listed):
    """On paper each story stays whole, and every map keeps its ground."""
    reader = open_page(listed, outcome=None, java_script_enabled=False)
    reader.page.emulate_media(media="print")
    assert reader.page.locator(".map").count() == 3
    colour = "getComputedStyle(document.querySelector('.map')).printColorAdjust"
    assert reader.evaluate(colour) == "exact"
