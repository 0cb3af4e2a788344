import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storymap.geocoding.romanisation import key
from storymap.geocoding.skeletons import skeletons

EUROPEAN = [
    chr(code)
    for code in range(0x20, 0x530)
    if not unicodedata.decomposition(chr(code)).startswith("<")
]
"""without ligatures and signs that Unicode has for the sake of older encodings"""


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("hkstczijyдзцчшщжхюяћџ'") | st.sampled_from(EUROPEAN)))
@example("tsch")
@example("Хщ")
@example("kkhh")
@example("Gießen")
def test_the_skeleton_is_one_of_the_key(name):
    """So that names of one key are found by their skeletons, however they are spelled."""
    assert skeletons([name]) == skeletons([key(name)])


def test_each_name_has_its_own():
    """Of many, in their order; a text of several lines counts as so many."""
    assert skeletons(["Žilina", "Bishkek\nФрунзе", "", "Osh"]) == [
        *(b"lna", b"bs", b"frun", b"", b"os"),
    ]


@pytest.mark.parametrize("name", ["アルマトイ", "알마티", "Ալմաթի", "Αλμάτι", "𒌨"])
def test_other_scripts_have_skeletons_too(name):
    """Coarse ones, but no two of these names have the same."""
    (skeleton,) = skeletons([name])
    assert len(skeleton) == len(name)
