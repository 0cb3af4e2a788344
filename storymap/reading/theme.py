"""Colours of the page: every text must stay readable on its paper.

Source: WCAG 2.2; a contrast of 4.5 is its level AA.
"""

import re

from storymap.contrast import contrast, luminance
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
