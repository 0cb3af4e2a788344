"""Labels that do not touch: each takes the best free place round its mark, the important first.

The same rules as those of the live map, `browser/src/labels.ts`. Pixels, from the top left.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
"""from the mark in order of preference: east, west, north, south, then the corners"""
DIAGONAL = 0.6
"""how much of the gap is kept along each axis when a label stands at a corner"""


class Rect(NamedTuple):
    """A rectangle, `top` less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, x first."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> "Rect":
        """Return the rectangle with its edges moved outwards."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlaps(self, other: "Rect") -> bool:
        """Tell whether two rectangles share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def clear_of(self, others: Iterable["Rect"]) -> bool:
        """Tell whether the rectangle overlaps none of the others."""
        left, top, right, bottom = self
        return not any(
            left < east and west < right and top < south and north < bottom
            for west, north, east, south in others
        )

    def contains(self, other: "Rect") -> bool:
        """Tell whether another rectangle lies inside this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.left < x < self.right and self.top < y < self.bottom


@dataclass(frozen=True, slots=True)
class Tag:
    """A label to be placed."""

    x: float
    y: float
    """of what it names"""
    gaps: tuple[float, ...]
    """distances to keep from that, the best first"""
    width: float
    height: float
    across: bool = False
    """may lie across what it names"""
    must: bool = False
    """is shown even where it covers a mark"""
    yields: bool = False
    """is not shown where it covers a line"""
    once: str = ""
    """a text that stands once on the map, whichever of its labels has room first"""


def rect(x: float, y: float, width: float, height: float) -> Rect:
    """Return the rectangle of this size round a point."""
    return Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def place_labels(
    tags: Sequence[Tag],
    room: Rect,
    marks: Sequence[Rect],
    dots: Sequence[tuple[float, float]],
) -> list[Rect | None]:
    """Return where each label stands; None where there is no room for it.

    *tags* come in order of importance. Labels stay inside *room*, off the *marks* and off each
    other, and cover as few *dots* of lines as they can.
    """
    labels: list[Rect] = []
    placed: list[Rect | None] = []
    standing: set[str] = set()
    for tag in tags:
        if tag.once in standing:
            placed.append(None)
            continue
        apart = [each for each in _candidates(tag) if room.contains(each)]
        choice = _clearest(_free(apart, labels, marks), dots)
        if not choice and tag.must:
            choice = _clearest(_free(apart, labels), dots)
        if choice and tag.yields and any(choice.holds(x, y) for x, y in dots):
            choice = None
        if choice:
            labels.append(choice)
            standing |= {tag.once} - {""}
        placed.append(choice)
    return placed


def _free(candidates: Iterable[Rect], *taken: Sequence[Rect]) -> Iterator[Rect]:
    """Yield the candidates that overlap nothing of what is taken."""
    for candidate in candidates:
        if all(candidate.clear_of(others) for others in taken):
            yield candidate


def _clearest(candidates: Iterable[Rect], dots: Sequence[tuple[float, float]]) -> Rect | None:
    """Return the first of those that cover the fewest dots; None if there are no candidates."""
    least, best = math.inf, None
    for candidate in candidates:
        left, top, right, bottom = candidate
        covered = sum(left < x < right and top < y < bottom for x, y in dots)
        if covered < least:
            least, best = covered, candidate
        if not covered:
            break
    return best


def _candidates(tag: Tag) -> Iterator[Rect]:
    if tag.across:
        yield rect(tag.x, tag.y, tag.width, tag.height)
    for gap in tag.gaps:
        for dx, dy in DIRECTIONS:
            keep = gap * DIAGONAL if dx and dy else gap
            yield rect(
                tag.x + dx * (keep + tag.width / 2),
                tag.y + dy * (keep + tag.height / 2),
                tag.width,
                tag.height,
            )
