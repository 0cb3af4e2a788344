import re

import pytest

from storymap.reading.faults import Refused
from storymap.reading.page_address import check_page_address

GOOD = {
    "https://school.example/story/": "https://school.example/story/",
    "https://school.example/story": "https://school.example/story/",
    "https://school.example": "https://school.example/",
    "http://127.0.0.1:8000/a/index.html": "http://127.0.0.1:8000/a/index.html",
    "https://xn--kola-f5a.example/%C5%BE/": "https://xn--kola-f5a.example/%C5%BE/",
}
BAD = {
    "school.example/story": "'school.example/story' is no web address",
    "/story/": "'/story/' is no web address",
    "file:///home/me/story/": "'file:///home/me/story/' is no web address",
    "javascript:alert(1)": "'javascript:alert(1)' is no web address",
    "https://škola.example/": "'https://škola.example/' is not written as addresses are",
    'https://a.example/">': "'https://a.example/\">' is not written as addresses are",
    "https://me:secret@a.example/": "'https://me:secret@a.example/' holds a user or a password, "
    "which others will read",
    "https:///story/": "'' is not the name of a server",
    "https://a..example/": "'a..example' is not the name of a server",
    "https://a.example/?lang=sk": "'https://a.example/?lang=sk' goes on after the page's name",
    "https://a.example/#founding": "'https://a.example/#founding' goes on after the page's name",
}


@pytest.mark.parametrize(("written", "whole"), GOOD.items())
def test_the_address_of_a_folder_ends_in_a_slash(written, whole):
    """That of a page is left as it is."""
    assert check_page_address(written) == whole


@pytest.mark.parametrize(("written", "message"), BAD.items())
def test_where_no_page_can_be_found_is_refused(written, message):
    """The message quotes what is wrong."""
    with pytest.raises(Refused, match=f"^{re.escape(message)}$"):
        check_page_address(written)
