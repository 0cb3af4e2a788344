"""Bar charts as inline SVG, drawn at build.

Lengths are in units of the view box. The chart fills the width that its CSS gives it, and nothing
in it has a colour of its own.
"""

import textwrap
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import escape

from storymap.interface import number
from storymap.model import Table

_WIDTH = 340
_TEXT = 16  # size of the text: that many pixels on the narrowest screen
_LINE = 20  # from one line of a label to the next
_BAR = 14  # thickness
_ROW_GAP = 6
_GAP = 6  # between a label, its bar and its value
_LABELS_AT_MOST = 150


@dataclass(frozen=True, slots=True)
class _Scale:
    """Numbers to positions along the bars; zero is always among them."""

    left: float
    right: float
    least: float
    most: float

    def at(self, number: float) -> float:
        extent = (self.most - self.least) or 1
        return self.left + (number - self.least) / extent * (self.right - self.left)


def bars(table: Table, language: str) -> str:
    """Return a horizontal bar chart of a table, whose numbers are finite."""
    values = [number(value, language) for _, value in table.rows]
    labels = [_wrapped(label) for label, _ in table.rows]
    numbers = [value for _, value in table.rows]
    left = max(_width(line) for lines in labels for line in lines) + _GAP
    room_for_value = max(map(_width, values)) + _GAP
    scale = _Scale(left, _WIDTH - room_for_value, min(0, *numbers), max(0, *numbers))
    rows, top = [], 0.0
    for lines, value, text in zip(labels, numbers, values, strict=True):
        rows.append(_row(lines, value, text, scale, top))
        top += len(lines) * _LINE + _ROW_GAP
    said = "; ".join(f"{label} {text}" for (label, _), text in zip(table.rows, values, strict=True))
    return (
        f'<svg class="sm-bar-chart" viewBox="0 0 {_WIDTH} {_number(top - _ROW_GAP)}"'
        f' font-size="{_TEXT}" role="img">'
        f"<title>{escape(table.caption)}</title>"
        f"<desc>{escape(f'{table.label}, {table.unit}: {said}')}</desc>"
        f"{''.join(rows)}</svg>"
    )


def _row(lines: list[str], value: float, text: str, scale: _Scale, top: float) -> str:
    """Draw a label to the left of zero, the bar, and the value to the right of both."""
    middle = top + len(lines) * _LINE / 2
    begin, end = sorted((scale.at(0), scale.at(value)))
    width = max(end - begin, 1) if value else 0  # the least number is still to be seen
    label = "".join(
        _text("sm-bar-label", scale.left - _GAP, top + (index + 0.5) * _LINE, line, anchor="end")
        for index, line in enumerate(lines)
    )
    return (
        f'<g class="sm-bar-row">{label}'
        f'<rect class="sm-bar-fill" x="{_number(begin)}" y="{_number(middle - _BAR / 2)}"'
        f' width="{_number(width)}" height="{_BAR}"/>'
        f"{_text('sm-bar-value', begin + width + _GAP, middle, text)}</g>"
    )


def _text(name: str, x: float, middle: float, text: str, anchor: str = "start") -> str:
    return (
        f'<text class="{name}" x="{_number(x)}" y="{_number(middle + 0.35 * _TEXT)}"'
        f' text-anchor="{anchor}">{escape(text)}</text>'
    )


def _number(length: float) -> str:
    return f"{round(length, 1):g}"


def _wrapped(label: str) -> list[str]:
    """Break a label into lines that fit beside the bars."""
    for characters in range(len(label), 0, -1):
        lines = textwrap.wrap(label, characters)
        if all(_width(line) <= _LABELS_AT_MOST for line in lines):
            return lines
    return [label]


def _width(text: str) -> float:
    return _TEXT * em(text)


def em(text: str) -> float:
    """Return no less than the width of a text, in em, in any common sans serif."""
    return sum(map(_em, unicodedata.normalize("NFKD", text)))


@cache
def _em(character: str) -> float:
    """Return the width of a character, in em, in Verdana, the widest of them, or more."""
    if unicodedata.combining(character):
        return 0
    if character in " .,:;!|'ijlftrI()[]-":
        return 0.46
    if character.isascii() and character not in "mwMW@%":
        return 0.8 if character.isupper() else 0.66
    if unicodedata.name(character, "").startswith("CYRILLIC"):
        return (0.8 if character.isupper() else 0.68) + 0.28 * (character.lower() in "джмфшщыю")
    return 1.1
