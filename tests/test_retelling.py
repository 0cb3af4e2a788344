"""What turns a page into the same page in another language."""

import json
import zlib
from base64 import b64decode

import pytest

from storymap.retelling import Telling, block, changes, joined, parsed, revision


@pytest.mark.parametrize(
    ("first", "other", "patches"),
    [
        ('<p id="a">One</p>', '<p id="a">One</p>', {}),
        ('<p id="a">One</p>', '<p id="a">Two &amp; three</p>', {"a": {"c": ["Two &amp; three"]}}),
        (
            '<p id="a" title="One" lang="en">x</p>',
            '<p id="a" title="Two" hidden>x</p>',
            {"a": {"a": {"title": "Two", "lang": None, "hidden": ""}}},
        ),
        (
            '<div id="a"><p><b>One</b></p></div>',
            '<div id="a"><p><b>Two</b></p></div>',
            {"a": {"k": {"0": {"k": {"0": {"c": ["Two"]}}}}}},
        ),
        (
            '<p id="a">One <b>two</b> three</p>',
            '<p id="a"><b>dva</b> tri</p>',
            {"a": {"c": [0, " tri"], "k": {"0": {"c": ["dva"]}}}},
        ),
        (
            '<ul id="a"><li id="b">B</li><li id="c">C</li></ul>',
            '<ul id="a"><li id="c">C</li><li id="b">Š</li></ul>',
            {"b": {"c": ["Š"]}, "a": {"c": [1, 0]}},
        ),
        (
            '<div id="a"><h2>One</h2><hr></div>',
            '<div id="a"><h2>One</h2><p class="x">More<br></p><hr></div>',
            {"a": {"c": [0, '<p class="x">More<br></p>', 1]}},
        ),
        (
            '<p id="a"><noscript><svg><text>One</text></svg></noscript></p>',
            '<p id="a"><noscript><svg><text>Two</text></svg></noscript></p>',
            {"a": {"k": {"0": {"n": {"k": {"0": {"c": ["Two"]}}}}}}},
        ),
        (
            '<svg id="a" viewBox="0 0 1 1"/>',
            '<svg id="a" viewBox="0 0 2 2"/>',
            {"a": {"a": {"viewBox": "0 0 2 2"}}},
        ),
        ('<script id="a">1</script>', '<script id="a">2</script>', {}),
    ],
)
def test_only_what_differs_is_told(first, other, patches):
    """Attributes, texts, changed places and what is new, each where it belongs."""
    assert changes(parsed(f"<html>{first}</html>"), parsed(f"<html>{other}</html>")) == patches


def test_the_root_has_a_patch_too():
    """Language and direction stand there."""
    first, other = '<html lang="en" dir="ltr"></html>', '<html lang="ar" dir="rtl"></html>'
    assert changes(parsed(first), parsed(other)) == {"": {"a": {"lang": "ar", "dir": "rtl"}}}


@pytest.mark.parametrize(
    ("first", "other", "found"),
    [
        ({"a": 1}, {"a": 1}, None),
        ({"a": 1, "b": [1, 2]}, {"a": 2, "b": [1, 3]}, {"a": [2], "b": {"1": [3]}}),
        ({"a": [1]}, {"a": [1, 2]}, {"a": [[1, 2]]}),
        ({"a": {"b": 1}}, {"a": None}, {"a": [None]}),
    ],
)
def test_a_document_is_revised(first, other, found):
    """Lists of another length are replaced as a whole."""
    assert revision(first, other) == found


def test_retellings_ride_at_the_end_of_the_page():
    """Deflated, so that the page opens as fast as in one language."""
    page = "<html><body><p>{}</p></body></html>"
    tellings = [Telling(tag, page.format(tag), {"title": tag}) for tag in ("en", "sk")]
    told = joined(tellings[0].page, [block(*tellings)])
    before, data, after = told.replace("</script>", '">').split('">')[0:3]
    assert before == (
        '<html><body><p>en</p><script type="text/plain" class="sm-retelling" data-language="sk'
    )
    assert after == "\n</body></html>"
    assert json.loads(zlib.decompress(b64decode(data), wbits=-zlib.MAX_WBITS)) == {
        "page": {"": {"k": {"0": {"k": {"0": {"c": ["sk"]}}}}}},
        "story": {"title": ["sk"]},
    }


def test_a_page_in_one_language_is_as_it_was():
    """Nothing is added to it."""
    assert joined("<p>One</p>", []) == "<p>One</p>"
