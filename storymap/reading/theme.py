"""Colours of the page: every text must stay readable on its paper.

Source: WCAG 2.2, relative luminance and contrast ratio; 4.5 is its level AA.
"""

import re

from storymap.problems import Problem
from storymap.reading.faults import Fault
from storymap.reading.fields import COLOUR
from storymap.reading.records import ThemeRecord
from storymap.reading.yaml_nodes import Part

DEFAULTS = {
    str(info.alias): str(info.examples[0])
    for info in ThemeRecord.model_fields.values()
    if info.examples
}
"""token -> the colour that it has where a story says nothing"""

_LEAST = 4.5
_TEXTS = ("ink", "ink-2", "accent", "accent-2")


def check_contrast(part: Part) -> tuple[Problem, ...]:
    """Return the texts of a theme, the author's or ours, that cannot be read on its paper."""
    data = part.data if isinstance(part.data, dict) else {}
    given = {
        token: colour
        for token, colour in data.items()
        if isinstance(colour, str) and re.fullmatch(COLOUR, colour)
    }
    colours = DEFAULTS | given
    return tuple(
        part.problem(_fault(text, paper, colours, given))
        for paper in ("paper", "dark-paper")
        for text in (paper.replace("paper", role) for role in _TEXTS)
        if (text in given or paper in given) and contrast(colours[text], colours[paper]) < _LEAST
    )


def _fault(text: str, paper: str, colours: dict[str, str], given: dict[str, str]) -> Fault:
    ratio = contrast(colours[text], colours[paper])
    message = (
        f"{text} '{colours[text]}' on {paper} '{colours[paper]}' has a contrast of {ratio:.1f}, "
        f"and text needs {_LEAST}"
    )
    lighter = luminance(colours[paper]) < luminance("#767676")
    hint = f"make {text} {'lighter' if lighter else 'darker'}"
    return Fault(message, hint, (text if text in given else paper,))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as `#rrggbb`: from 1, none, to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`: from 0, black, to 1, white."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
