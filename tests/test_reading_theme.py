import pytest

from storymap.reading.theme import DEFAULTS, contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#000000", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#B8321A", "#B8321A", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    """To a hundredth; #767676 is the lightest grey that may be text on white."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("form", ["", "dark-"])
@pytest.mark.parametrize("role", ["ink", "ink-2", "accent", "accent-2"])
def test_our_own_colours_can_be_read(form, role):
    """Text needs 4.5 on its paper."""
    assert contrast(DEFAULTS[form + role], DEFAULTS[form + "paper"]) >= 4.5
