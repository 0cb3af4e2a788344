"""Names for orientation on static maps: states, waters, mountains and towns, where there is room.

They yield to all that the story names. How they look is the style's; here they have their sizes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import NamedTuple

from storymap import chart
from storymap.atlas.lettering import Kind, Name
from storymap.lettering import Lettering
from storymap.static_map.labels import Rect, Tag
from storymap.static_map.view import View

MOST = 10
"""names on one map"""
CLOSER = 0.8
"""zooms by which a map in print is closer than its pixels say"""
AIR = 3
"""kept free on each side of a name"""
DOT = 5
"""width of a town's dot and of what parts it from the name"""
LEADING = 1.1
"""from one line of a name to the next, in em"""
RISE = 0.35
"""from the middle of a line down to where its letters stand, in em"""
SIZE = {
    Kind.STATE: 9.5,
    Kind.SEA: 11.5,
    Kind.LAKE: 10.0,
    Kind.MOUNTAIN: 10.0,
    Kind.TOWN: 10.0,
    Kind.RIVER: 10.0,
}
"""of the letters of each kind"""
SPACING = {Kind.STATE: 0.2, Kind.SEA: 0.14, Kind.MOUNTAIN: 0.12}
"""between the letters, in em"""


class Spot(NamedTuple):
    """Where one name is on one map."""

    name: int
    """its number among those of the map"""
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Letters:
    """One name on one map."""

    name: Name
    x: float
    y: float

    def tag(self) -> Tag:
        """Return its claim to room."""
        kind, text = self.name.kind, self.name.text
        lines = _lines(self.name)
        longest = max(lines, key=len)
        em = chart.em(longest.upper() if kind is Kind.STATE else longest)
        width = SIZE[kind] * (em + SPACING.get(kind, 0) * len(longest)) + 2 * AIR
        once = f"{kind} {text}"
        beside = kind in (Kind.TOWN, Kind.RIVER)
        gaps = (DOT - AIR,) if beside else ()
        height = SIZE[kind] * (1 + LEADING * (len(lines) - 1)) + AIR
        return Tag(self.x, self.y, gaps, width, height, across=not beside, yields=True, once=once)


def spots_of(letters: Lettering, number: int, view: View, frame: Rect) -> list[Spot]:
    """Return where a scene may have names, the cover being number 0, most important first."""
    held = {*letters.dated[letters.scenes[number]]}
    passing = {index for names in letters.dated for index in names}
    zoom = view.zoom + CLOSER
    found = (
        Spot(index, *view.at(name.at))
        for index, name in enumerate(letters.names)
        if (index in held or index not in passing) and name.from_zoom <= zoom < name.to_zoom
    )
    return [spot for spot in found if frame.holds(spot.x, spot.y)]


def written(placed: Sequence[tuple[Letters, Rect]]) -> Iterator[str]:
    """Yield the SVG of names where they stand, by kind, and the dots of the towns."""
    shown = sorted(placed[:MOST], key=lambda each: _look(*each))
    for look, alike in groupby(shown, key=lambda each: _look(*each)):
        texts = "".join(_text(letters, at) for letters, at in alike)
        yield f'<g class="sm-l-{look}">{texts}</g>'
    dots = (f"M{each.x:.0f} {each.y:.0f}h0" for each, _ in shown if each.name.kind is Kind.TOWN)
    if data := "".join(dots):
        yield f'<path class="sm-l-dots" d="{data}"/>'


def _look(letters: Letters, at: Rect) -> str:
    """Return the class of a name: its kind, and for a town the side of the dot on which it is."""
    if letters.name.kind is Kind.TOWN and at.left >= letters.x - AIR:
        return "town-east"
    if letters.name.kind is Kind.TOWN and at.right <= letters.x + AIR:
        return "town-west"
    return letters.name.kind.value


def _text(letters: Letters, at: Rect) -> str:
    look, (x, y) = _look(letters, at), at.middle
    x = {"town-east": at.left + AIR, "town-west": at.right - AIR}.get(look, x)
    first, *rest = map(escape, _lines(letters.name))
    y += SIZE[letters.name.kind] * (RISE - LEADING * len(rest) / 2)
    more = "".join(f'<tspan x="{x:.0f}" dy="{LEADING}em">{line}</tspan>' for line in rest)
    return f'<text x="{x:.0f}" y="{y:.0f}">{first}{more}</text>'


def _lines(name: Name) -> list[str]:
    """Return the lines of a name: seas are seldom as wide as theirs."""
    return name.text.rsplit(" ", 1) if name.kind is Kind.SEA else [name.text]
