import pytest

from storymap import bundle


def test_pages_without_overlays_carry_nothing_of_them():
    """Their script knows no tiles and no warped pictures, their style no overlays."""
    plain, street = bundle.load(), bundle.load(street=True)
    for words in ("referrerPolicy", "matrix3d", "sm-tiles"):
        assert words not in plain.runtime_js
        assert words in street.runtime_js
    assert "sm-drawn" not in plain.css
    assert street.css.startswith(plain.css)
    assert "sm-drawn" in street.css


def test_a_bundle_that_is_not_there_says_how_to_make_it(tmp_path):
    """The first file that is missing is named."""
    with pytest.raises(bundle.BundleMissingError, match=r"^storymap\.css is missing .*hatch_build"):
        bundle.load(tmp_path)
