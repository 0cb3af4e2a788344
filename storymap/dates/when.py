"""Dates and spans of dates, and how two of them compare.

Days are tuples of astronomical year (0 is 1 BCE), month and day in the proleptic Gregorian
calendar. What is compared is the stated precision: "about 1927" is compared as 1927.
"""

import calendar
import itertools
import math
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

Day = tuple[int, int, int]
"""Astronomical year, month, day."""

KEPT = 4096
"""pairs of dates at a time of which it is remembered whether they touch"""


class Limit(StrEnum):
    """What is known of one end of a span of time."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    """it has an end, which nobody knows: `1925/`"""
    OPEN = "open"
    """it has no end: `1925/..`"""


class Granularity(StrEnum):
    """The unit that a date is given in."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    """also a quarter, a third or a half of a year"""
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    """also anything coarser"""
    SET = "set"
    """one or all of several dates"""


@dataclass(frozen=True, slots=True)
class Moment:
    """One date: some time from `first` to `last`, both included."""

    first: Day
    last: Day
    precision: Granularity
    season: int = 0
    """its number in EDTF, 21 to 41; 0 where it is no season"""
    approximate: bool = False
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, one of which may be missing; a date runs to itself."""

    start: Moment | Limit
    end: Moment | Limit
    first: Day | None = field(init=False, repr=False, compare=False)
    """the earliest day that it can touch; None where unknown or open"""
    last: Day | None = field(init=False, repr=False, compare=False)
    """the latest day that it can touch; None where unknown or open"""

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The known ends."""
        return tuple(end for end in (self.start, self.end) if isinstance(end, Moment))

    def __post_init__(self) -> None:
        first = self.start.first if isinstance(self.start, Moment) else None
        last = self.end.last if isinstance(self.end, Moment) else None
        object.__setattr__(self, "first", first)  # it is frozen
        object.__setattr__(self, "last", last)

    @property
    def begun_by(self) -> tuple[float, ...]:
        """The day by which it has surely begun."""
        if self.start is Limit.OPEN:
            return (-math.inf,)
        return self.start.last if isinstance(self.start, Moment) else self.moments[0].first

    @property
    def lasts_until(self) -> tuple[float, ...]:
        """The day until which it surely lasts."""
        if self.end is Limit.OPEN:
            return (math.inf,)
        return self.end.first if isinstance(self.end, Moment) else self.moments[0].last

    def begins_in_time_for(self, other: "Span") -> bool:
        """Tell whether it may begin before `other` is over."""
        return self.first is None or other.last is None or self.first <= other.last


@dataclass(frozen=True, slots=True)
class When:
    """A date, an interval or a set of them, as an author wrote it."""

    edtf: str
    spans: tuple[Span, ...]
    """one, or the members of a set"""

    def __hash__(self) -> int:
        return hash(self.edtf)  # which says all; dates are looked up by the thousand

    @property
    def start(self) -> Limit:
        """Whether its start is known."""
        starts = (span.start for span in self.spans)
        return next((start for start in starts if isinstance(start, Limit)), Limit.KNOWN)

    @property
    def end(self) -> Limit:
        """Whether its end is known."""
        ends = (span.end for span in self.spans)
        return next((end for end in ends if isinstance(end, Limit)), Limit.KNOWN)

    @property
    def first(self) -> Day | None:
        """The earliest day that it can touch; None unless `start` is known."""
        if self.start is not Limit.KNOWN:
            return None
        return min(span.first for span in self.spans if span.first)

    @property
    def last(self) -> Day | None:
        """The latest day that it can touch; None unless `end` is known."""
        if self.end is not Limit.KNOWN:
            return None
        return max(span.last for span in self.spans if span.last)

    @property
    def precision(self) -> Granularity:
        """The unit of the start, or of the end where only that is known."""
        return Granularity.SET if self.edtf[0] in "[{" else self.spans[0].moments[0].precision

    @property
    def interval(self) -> bool:
        """Whether it goes from one date to another."""
        return "/" in self.edtf

    @property
    def approximate(self) -> bool:
        """Whether any of its dates is (`~` or `%`)."""
        return any(moment.approximate for span in self.spans for moment in span.moments)

    @property
    def uncertain(self) -> bool:
        """Whether any of its dates is (`?` or `%`)."""
        return any(moment.uncertain for span in self.spans for moment in span.moments)


@lru_cache(maxsize=KEPT)
def touches(a: When, b: When) -> bool:
    """Tell whether two dates may share a day; open and unknown ends reach for ever."""
    return any(
        s.begins_in_time_for(t) and t.begins_in_time_for(s) for s in a.spans for t in b.spans
    )


def overlaps(a: When, b: When) -> bool:
    """Tell whether two dates surely share more than the unit in which one succeeds the other.

    1868/1927 overlaps 1926/1991; 1868/1926 does not, and an unknown end overlaps nothing.
    """
    return any(
        s.begun_by < t.lasts_until and t.begun_by < s.lasts_until
        for s, t in itertools.product(a.spans, b.spans)
    )


def certainly_before(a: When, b: When) -> bool:
    """Tell whether the last day of `a` is before the first day of `b`."""
    return a.last is not None and b.first is not None and a.last < b.first


def decimal_years(when: When) -> tuple[float | None, float | None]:
    """Beginning and end (exclusive) in years; None where unknown or open."""
    return (
        None if when.first is None else _decimal_year(when.first),
        None if when.last is None else _decimal_year(when.last, days_later=1),
    )


@cache
def days_in(year: int, month: int) -> int:
    """Count the days of a month."""
    return calendar.monthrange(year, month)[1]


def _decimal_year(day: Day, days_later: int = 0) -> float:
    year, month, day_of_month = day
    lengths = [days_in(year, number) for number in range(1, 13)]
    return year + (sum(lengths[: month - 1]) + day_of_month - 1 + days_later) / sum(lengths)
