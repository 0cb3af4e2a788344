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


def test_pages_to_which_nothing_was_added_carry_only_a_part_of_leaflet():
    """It knows no tiles and no markers; with layers or overlays it is all there."""
    plain = bundle.load().leaflet_js
    for whole in (bundle.load(layers=True).leaflet_js, bundle.load(street=True).leaflet_js):
        for words in ("_tileCoordsToKey", "bindTooltip", "LayerGroup"):
            assert words in whole
            assert words not in plain


def test_a_bundle_that_is_not_there_says_how_to_make_it(tmp_path):
    """The first file that is missing is named."""
    with pytest.raises(bundle.BundleMissingError, match=r"^storymap\.css is missing .*hatch_build"):
        bundle.load(tmp_path)
