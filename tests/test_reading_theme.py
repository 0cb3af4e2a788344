import re
from pathlib import Path

import pytest

import storymap
from storymap.contrast import contrast
from storymap.reading.theme import DEFAULTS


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


def test_the_defaults_are_those_of_the_page():
    """The style sheet has each colour twice, first for light and then for dark pages."""
    css = (Path(storymap.__file__).parent / "browser" / "src" / "palette.css").read_text("utf-8")
    for role in (token for token in DEFAULTS if not token.startswith("dark-")):
        light, dark = re.findall(rf"--{role}: (#[0-9a-f]{{6}});", css)
        assert (light, dark) == (DEFAULTS[role].lower(), DEFAULTS[f"dark-{role}"].lower())
