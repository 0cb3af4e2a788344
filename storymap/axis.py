"""The time axis: every dated event at its own precision, long empty stretches folded.

Positions run from 0 to 1 along the axis. Years in between are decimal and astronomical.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from storymap.dates import Limit, When, decimal_years, parse, spoken

FOLD_SHARE = 0.25
"""an empty stretch longer than this share of the whole is folded"""
FOLD_WIDTH = 0.05
"""what is left of a folded stretch, as a share of the axis"""
MARGIN = 0.02
"""room beyond the first and the last date, as a share of the axis"""
MOST_TICKS = 14
NARROWEST = 0.014
"""width that an event needs beside another in the same lane, as a share of the axis"""
MOST_LANES = 4
NEAR = 1e-6
"""years or months by which a time may miss a round one"""
MONTHS_BELOW = 2.0
"""years below which ticks stand at months"""
STEPS = (1, 2, 5, 10, 20, 25, *(n * 10**zeros for zeros in range(1, 11) for n in (5, 10, 20)))
"""years between ticks; EDTF reaches further than the Big Bang"""
LAST_YEAR = 9999
"""of which EDTF can name the months, and in its common form the year"""
FIRST_PLAIN_YEAR = 1000
"""of which nobody asks whose era it is in"""


@dataclass(frozen=True, slots=True)
class Span:
    """Where an event lies on the axis."""

    start_at: float
    end_at: float
    lane: int
    start: Limit
    end: Limit
    vague: bool
    """approximate or uncertain"""


@dataclass(frozen=True, slots=True)
class Tick:
    """A year or a month on the axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The laid-out axis; `spans` are those of the events given, None for undated ones."""

    ticks: tuple[Tick, ...]
    folds: tuple[float, ...]
    """middle of each folded stretch"""
    lanes: int
    spans: tuple[Span | None, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Years shown to scale."""

    begin: float
    end: float

    @property
    def years(self) -> float:
        return self.end - self.begin


def lay_out(dates: Sequence[When | None], language: str = "en") -> Axis:
    """Lay the dates of a story's events along one axis, its ticks named in *language*."""
    known = [decimal_years(when) for when in dates if when]
    stretches = _stretches([(begin, end) for begin, end in known])
    if not stretches:
        return Axis((), (), 1, tuple(None for _ in dates))
    scale = _Scale(stretches)
    placed = [_ends(when, scale) if when else None for when in dates]
    lanes = _lanes(placed)
    return Axis(
        ticks=_ticks(scale, language),
        folds=scale.folds(),
        lanes=max(lanes) + 1,
        spans=tuple(
            Span(
                start_at=ends[0],
                end_at=ends[1],
                lane=lane,
                start=when.start,
                end=when.end,
                vague=when.approximate or when.uncertain,
            )
            if when and ends
            else None
            for when, ends, lane in zip(dates, placed, lanes, strict=True)
        ),
    )


class _Scale:
    """Years to positions, piecewise linear over the stretches."""

    def __init__(self, stretches: Sequence[_Stretch]) -> None:
        self.stretches = stretches
        folds = len(stretches) - 1
        self.per_year = (1 - 2 * MARGIN - folds * FOLD_WIDTH) / sum(s.years for s in stretches)
        self.starts: list[float] = []
        at = MARGIN
        for stretch in stretches:
            self.starts.append(at)
            at += stretch.years * self.per_year + FOLD_WIDTH

    def at(self, year: float) -> float:
        for start, stretch in zip(self.starts, self.stretches, strict=True):
            if year <= stretch.end:
                return start + max(0.0, year - stretch.begin) * self.per_year
        return 1 - MARGIN

    def stretch_end(self, year: float) -> float:
        """Return the position where the stretch that holds *year* ends."""
        return self.at(next((s.end for s in self.stretches if year <= s.end), year))

    def folds(self) -> tuple[float, ...]:
        return tuple(start - FOLD_WIDTH / 2 for start in self.starts[1:])


def _stretches(spans: Sequence[tuple[float | None, float | None]]) -> list[_Stretch]:
    """Return the stretches between the long gaps in which nothing is known to happen."""
    points = sorted(
        (a if a is not None else b, b if b is not None else a)
        for a, b in spans
        if a is not None or b is not None
    )
    held = [(a, b) for a, b in points if a is not None and b is not None]
    if not held:
        return []
    merged = [list(held[0])]
    for begin, end in held[1:]:
        if begin <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([begin, end])
    total = merged[-1][1] - merged[0][0] or 1.0
    stretches = [merged[0]]
    for (_, before), (begin, end) in pairwise([tuple(m) for m in merged]):
        if begin - before > FOLD_SHARE * total:
            stretches.append([begin, end])
        else:
            stretches[-1][1] = end
    least = total / 50
    return [_Stretch(begin, max(end, begin + least)) for begin, end in stretches]


def _ends(when: When, scale: _Scale) -> tuple[float, float]:
    """Return where an event begins and ends; unknown and open ends run out to the axis' edge."""
    begin, end = decimal_years(when)
    if begin is None and end is None:
        return 0.0, 1.0
    if begin is None:
        return 0.0, scale.at(end or 0.0)
    if end is None:
        return scale.at(begin), min(1.0, scale.stretch_end(begin) + MARGIN)
    return scale.at(begin), scale.at(end)


def _lanes(placed: Sequence[tuple[float, float] | None]) -> list[int]:
    """Return a lane for each event, the lowest in which it touches no other."""
    taken: list[list[tuple[float, float]]] = []
    lanes: list[int] = []
    for ends in placed:
        if ends is None:
            lanes.append(0)
            continue
        begin, end = ends[0], max(ends[1], ends[0] + NARROWEST)
        free = (
            i
            for i, lane in enumerate(taken)
            if all(end <= other_begin or begin >= other_end for other_begin, other_end in lane)
        )
        lane = next(free, len(taken))
        if lane >= MOST_LANES:
            lane = min(range(len(taken)), key=lambda i: len(taken[i]))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((begin, end))
        lanes.append(lane)
    return lanes


def _ticks(scale: _Scale, language: str) -> tuple[Tick, ...]:
    """Return ticks at round years, or at months in a short story, as many as are readable."""
    years = sum(stretch.years for stretch in scale.stretches)
    months = years < MONTHS_BELOW and all(
        abs(end) <= LAST_YEAR for s in scale.stretches for end in (s.begin, s.end)
    )
    step = next(s for s in STEPS if years * (12 if months else 1) / s <= MOST_TICKS)
    name = _month if months else _year
    return tuple(
        Tick(scale.at(at), name(at, language))
        for stretch in scale.stretches
        for at in (_round_months if months else _round_years)(stretch, step) or [stretch.begin]
    )


def _round_months(stretch: _Stretch, step: int) -> list[float]:
    """Return the multiples of *step* months in the stretch."""
    return [number / 12 for number in _multiples(stretch.begin * 12, stretch.end * 12, step)]


def _round_years(stretch: _Stretch, step: int) -> list[float]:
    """Return the multiples of *step* years in the stretch, as each era counts them.

    50 BCE is the year -49, and where eras are counted apart, ours begins with 1 CE.
    """
    if step == 1:
        return [*_multiples(stretch.begin, stretch.end, step)]
    before = _multiples(stretch.begin - 1, min(stretch.end - 1, 0), step)
    since = _multiples(max(stretch.begin, 1), stretch.end, step)
    return [*(year + 1 for year in before), *since]


def _multiples(begin: float, end: float, step: int) -> range:
    """Return the multiples of *step* from *begin* to *end*."""
    first, last = math.ceil((begin - NEAR) / step), math.floor((end + NEAR) / step)
    return range(first * step, last * step + 1, step)


def _year(at: float, language: str) -> str:
    year = math.floor(at + NEAR)
    return str(year) if year >= FIRST_PLAIN_YEAR else spoken(parse(_edtf(year)), language)


def _month(at: float, language: str) -> str:
    year, month = divmod(math.floor(at * 12 + NEAR), 12)
    return spoken(parse(f"{_edtf(year)}-{month + 1:02}"), language)


def _edtf(year: int) -> str:
    if abs(year) > LAST_YEAR:
        return f"Y{year}"
    return f"{'-' if year < 0 else ''}{abs(year):04}"
