"""Dates as historians write them (EDTF, ISO 8601-2), never more certain than written.

Days are tuples of astronomical year (0 is 1 BCE), month and day in the proleptic Gregorian
calendar. Plain dates are read here; what else level 0-2 of the standard can say is first put
before the `edtf` library, which takes a fifth of a second to import.
"""

import calendar
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

Day = tuple[int, int, int]
"""Astronomical year, month, day."""


class DateError(ValueError):
    """The author's text is no date; the message quotes it and says what is wrong."""

    def __init__(self, text: str, reason: str = "") -> None:
        super().__init__(f"'{text}' is no EDTF date" + (f": {reason}" if reason else ""))


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
    """also what is coarser"""
    SET = "set"
    """one or all of several dates"""


@dataclass(frozen=True, slots=True)
class When:
    """A date or a span of dates."""

    edtf: str
    """as the author wrote it"""
    first: Day | None
    """the earliest day that it can touch by its stated precision; None unless `start` is known"""
    last: Day | None
    """the latest one"""
    start: Limit
    end: Limit
    precision: Granularity
    """of the start, or of the end where only that is known"""
    interval: bool
    approximate: bool
    uncertain: bool


@dataclass(frozen=True, slots=True)
class _Moment:
    """One date of an expression: some time from `first` to `last`, both inclusive."""

    first: Day
    last: Day
    precision: Granularity
    approximate: bool
    uncertain: bool
    season: int = 0
    """number of the season in the standard, 21 to 41"""


@dataclass(frozen=True, slots=True)
class _Span:
    """From one moment to another; a single date is a span from itself to itself."""

    start: _Moment | Limit
    end: _Moment | Limit

    @property
    def first(self) -> Day | None:
        return self.start.first if isinstance(self.start, _Moment) else None

    @property
    def last(self) -> Day | None:
        return self.end.last if isinstance(self.end, _Moment) else None

    @property
    def moments(self) -> tuple[_Moment, ...]:
        return tuple(end for end in (self.start, self.end) if isinstance(end, _Moment))


@dataclass(frozen=True, slots=True)
class _Expression:
    """What a text says, taken apart."""

    spans: tuple[_Span, ...]
    form: str
    """`/` for an interval, `[` for one of a set, `{` for all of a set, empty for a date"""


def parse(text: str) -> When:
    """Read an EDTF expression; `DateError` says what is wrong with it."""
    edtf = text.strip()
    expression = _read(edtf)
    spans = expression.spans
    moments = [moment for span in spans for moment in span.moments]
    firsts = [span.first for span in spans if span.first]
    lasts = [span.last for span in spans if span.last]
    start = next((s.start for s in spans if isinstance(s.start, Limit)), Limit.KNOWN)
    end = next((s.end for s in spans if isinstance(s.end, Limit)), Limit.KNOWN)
    return When(
        edtf=edtf,
        first=min(firsts) if start is Limit.KNOWN else None,
        last=max(lasts) if end is Limit.KNOWN else None,
        start=start,
        end=end,
        precision=Granularity.SET if expression.form in ("[", "{") else moments[0].precision,
        interval=expression.form == "/",
        approximate=any(moment.approximate for moment in moments),
        uncertain=any(moment.uncertain for moment in moments),
    )


def touches(a: When, b: When) -> bool:
    """Tell whether two dates may share a day; open and unknown ends reach for ever."""
    return any(
        _not_after(s.first, t.last) and _not_after(t.first, s.last)
        for s, t in itertools.product(_read(a.edtf).spans, _read(b.edtf).spans)
    )


def overlaps(a: When, b: When) -> bool:
    """Tell whether two spans share more than the year, month or day of a succession.

    They do if, by their stated precision, each has begun before the other can end: 1868/1927
    overlaps 1926/1991, and 1868/1926 does not. What nobody knows makes no overlap.
    """
    return any(
        _begun_before_end(s, t) and _begun_before_end(t, s)
        for s, t in itertools.product(_read(a.edtf).spans, _read(b.edtf).spans)
    )


def certainly_before(a: When, b: When) -> bool:
    """Tell whether the last day of `a` is before the first day of `b`."""
    return a.last is not None and b.first is not None and a.last < b.first


def decimal_years(when: When) -> tuple[float | None, float | None]:
    """Beginning and end (exclusive) in years; None where unknown or open."""
    return (
        None if when.first is None else _decimal_year(when.first, 0),
        None if when.last is None else _decimal_year(when.last, 1),
    )


def _decimal_year(day: Day, days_later: int) -> float:
    year, month, day_of_month = day
    lengths = [_days_in(year, m) for m in range(1, 13)]
    return year + (sum(lengths[: month - 1]) + day_of_month - 1 + days_later) / sum(lengths)


def _not_after(first: Day | None, last: Day | None) -> bool:
    return first is None or last is None or first <= last


def _begun_before_end(a: _Span, b: _Span) -> bool:
    """Tell whether `a` has certainly begun before `b` can end."""
    if a.start is Limit.OPEN or b.end is Limit.OPEN:
        return True
    begun = a.start if isinstance(a.start, _Moment) else a.end
    ended = b.end if isinstance(b.end, _Moment) else b.start
    if not isinstance(begun, _Moment) or not isinstance(ended, _Moment):
        return False
    begun_by = begun.last if begun is a.start else begun.first
    ends_from = ended.first if ended is b.end else ended.last
    return begun_by < ends_from


# Reading ---------------------------------------------------------------------------------

_PLAIN = re.compile(r"(?!-0000)-?[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?[?~%]?")
_CALENDAR = re.compile(r"(-?)([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?")
_SEASON = re.compile(r"(-?[0-9]{4})-(2[1-9]|3[0-9]|4[01])")


@lru_cache(maxsize=4096)
def _read(text: str) -> _Expression:
    if text[:1] in ("[", "{"):
        return _Expression(_read_set(text), text[0])
    if "/" in text:
        return _Expression((_read_interval(text),), "/")
    moment = _read_moment(text, text)
    return _Expression((_Span(moment, moment),), "")


def _read_interval(text: str) -> _Span:
    ends = text.split("/")
    limits = {"": Limit.UNKNOWN, "..": Limit.OPEN}
    if len(ends) != 2 or all(end in limits for end in ends):
        raise DateError(text)
    start, end = (limits.get(part) or _read_moment(part, text) for part in ends)
    return _ordered(_Span(start, end), text)


def _read_set(text: str) -> tuple[_Span, ...]:
    _ask_library(text, text)
    beyond = Limit.OPEN if text[0] == "{" else Limit.UNKNOWN
    spans = []
    for item in text[1:-1].split(","):
        start, dots, end = item.strip().partition("..")
        first = _read_moment(start, text) if start else beyond
        last = _read_moment(end, text) if end else beyond
        spans.append(_ordered(_Span(first, last if dots else first), text))
    return tuple(spans)


def _ordered(span: _Span, text: str) -> _Span:
    if span.first and span.last and span.last < span.first:
        raise DateError(text, "it ends before it begins")
    return span


def _read_moment(text: str, whole: str) -> _Moment:
    """Read one date of the expression `whole`."""
    bare = re.sub("[?~%]", "", text)
    if not _PLAIN.fullmatch(text):
        _ask_library(text.rstrip("?~%"), whole)
    first, last, precision, season = _extent(bare, whole)
    return _Moment(
        first,
        last,
        precision,
        approximate="~" in text or "%" in text,
        uncertain="?" in text or "%" in text,
        season=season,
    )


def _extent(bare: str, whole: str) -> tuple[Day, Day, Granularity, int]:
    """First day, last day, unit and season of a date without qualifiers."""
    if match := _CALENDAR.fullmatch(bare):
        sign, year, month, day = match.groups()
        try:
            first = next(_days(sign, year, month or "XX", day or "XX", latest_first=False))
            last = next(_days(sign, year, month or "XX", day or "XX", latest_first=True))
        except StopIteration:
            raise DateError(whole, "there is no such day") from None
        return first, last, _precision(bare), 0
    raise DateError(whole)


def _days(sign: str, year: str, month: str, day: str, *, latest_first: bool) -> Iterator[Day]:
    """All days that a date with X for unknown digits may be, in order."""
    for magnitude in _numbers(year, descending=latest_first != bool(sign)):
        y = -magnitude if sign else magnitude
        for m in _numbers(month, descending=latest_first):
            if 1 <= m <= 12:
                for d in _numbers(day, descending=latest_first):
                    if 1 <= d <= _days_in(y, m):
                        yield y, m, d


def _numbers(pattern: str, *, descending: bool) -> Iterator[int]:
    digits = "9876543210" if descending else "0123456789"
    for choice in itertools.product(*(digits if c == "X" else c for c in pattern)):
        yield int("".join(choice))


def _precision(bare: str) -> Granularity:
    known = bare.replace("-XX", "").lstrip("-")
    if "X" in known.rstrip("X"):
        return Granularity.SET
    missing = known.count("X")
    if missing:
        return Granularity.DECADE if missing == 1 else Granularity.CENTURY
    return {4: Granularity.YEAR, 7: Granularity.MONTH}.get(len(known), Granularity.DAY)


def _days_in(year: int, month: int) -> int:
    return 29 if month == 2 and calendar.isleap(year) else calendar.mdays[month]


def _ask_library(text: str, whole: str) -> object:
    """Have the library judge a text that is not plain."""
    from edtf import EDTFParseException, parse_edtf

    try:
        return parse_edtf(text)
    except EDTFParseException:
        raise DateError(whole) from None


# Speaking --------------------------------------------------------------------------------


def spoken(when: When | None, language: str = "en") -> str:
    """Say a date in words, such as "about 1927" or "1-24 April 1925"."""
    if when is None:
        return "undated"
    return when.edtf
