"""The Extended Date/Time Format (EDTF, levels 0 to 2) read from text.

Days, months, years and seasons, X for unknown digits, intervals and sets are read here; long
years, times of day and qualifiers inside a date go through the `edtf` library, which is imported
only then, for it takes a fifth of a second.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from storymap.dates.habits import before_christ, meanings
from storymap.dates.when import Day, Granularity, Limit, Moment, Span, When, days_in

_LONGEST = 60  # characters of a text that are quoted
_LONGEST_SET = 1000  # characters; its members are compared with those of others
_LIMITS = {"": Limit.UNKNOWN, "..": Limit.OPEN}
_SETS = {"[": "]", "{": "}"}
_QUALIFIER = re.compile("[?~%]")
_SEASON = re.compile(r"(?!-0000)(-?[0-9]{4})-(2[1-9]|3[0-9]|4[01])")
_DATE = re.compile(r"(?!-0000)(-?)([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?")
_FOR_LIBRARY = re.compile(r"(?!.*(E[0-9]{2}|[0-9]{12}|S(?![1-4]$)))[0-9YESTZ:+?~%-]{4,60}")
"""The library is lax about spaces, and would compute any power of ten and any year"""

_SEASONS = {
    **dict.fromkeys((21, 25, 31), (3, 3)),
    **dict.fromkeys((22, 26, 32), (6, 3)),
    **dict.fromkeys((23, 27, 29), (9, 3)),
    **dict.fromkeys((24, 28, 30), (12, 3)),
    33: (1, 3),
    34: (4, 3),
    35: (7, 3),
    36: (10, 3),
    37: (1, 4),
    38: (5, 4),
    39: (9, 4),
    40: (1, 6),
    41: (7, 6),
}
"""number in EDTF -> first month, count of months; a winter ends in the year after its own"""


class DateError(ValueError):
    """The author's text is no date; the message quotes it and says what is wrong."""

    def __init__(self, text: str, reason: str) -> None:
        quoted = " ".join(text.split())
        if len(quoted) > _LONGEST:
            quoted = quoted[: _LONGEST - 1] + "…"
        super().__init__(f"'{quoted}' is no EDTF date" + (f": {reason}" if reason else ""))


class _PartError(Exception):
    """A part of an expression cannot be read; the message says why, if that is known."""


@lru_cache(maxsize=4096)
def parse(text: str) -> When:
    """Read an EDTF expression; `DateError` says what is wrong with it."""
    edtf = text.strip()
    try:
        return When(edtf, _read(edtf))
    except _PartError as error:
        raise DateError(edtf, _advice(edtf) or str(error)) from None


def _advice(text: str) -> str:
    if negative := re.fullmatch("-([1-9][0-9]{0,2})", text):
        return f"write '{before_christ(int(negative[1]))}' for {negative[1]} BC"
    offers = [f"'{meant}'" for meant in meanings(text) if _is_readable(meant)]
    return f"write {' or '.join(offers)}" if offers else ""


def _is_readable(text: str) -> bool:
    try:
        _read(text)
    except _PartError:
        return False
    return True


def _read(text: str) -> tuple[Span, ...]:
    if text[:1] in _SETS and text[-1:] == _SETS[text[0]]:
        return _read_set(text)
    if "/" in text:
        return (_read_interval(text),)
    moment = _read_moment(text)
    return (Span(moment, moment),)


def _read_interval(text: str) -> Span:
    ends = text.split("/")
    if len(ends) != 2:
        message = "it has more than one '/'"
        raise _PartError(message)
    start, end = (_LIMITS[end] if end in _LIMITS else _read_moment(end) for end in ends)
    return _checked(Span(start, end))


def _read_set(text: str) -> tuple[Span, ...]:
    if len(text) > _LONGEST_SET:
        message = f"a set has {_LONGEST_SET:,} characters at most"
        raise _PartError(message)
    items = text[1:-1].split(",")
    if len(items) == 1 and ".." not in text:
        message = "a set has two dates or more"
        raise _PartError(message)
    beyond = Limit.OPEN if text[0] == "{" else Limit.UNKNOWN
    return tuple(_read_member(item.strip(), beyond) for item in items)


def _read_member(text: str, beyond: Limit) -> Span:
    """Read a date or a range of dates, such as `1670..1672`; `beyond` is what `..1672` begins."""
    if ".." not in text:
        moment = _read_moment(text)
        return Span(moment, moment)
    start, end = (_read_moment(end) if end else beyond for end in text.split("..", 1))
    return _checked(Span(start, end))


def _checked(span: Span) -> Span:
    if not span.moments:
        message = "a date is needed at one end or both"
        raise _PartError(message)
    if not span.begins_in_time_for(span):
        message = "it ends before it begins"
        raise _PartError(message)
    return span


def _read_moment(text: str) -> Moment:
    bare = _QUALIFIER.sub("", text)
    if _QUALIFIER.search(text[:-1]):
        _judged(text)
    if season := _SEASON.fullmatch(bare):
        moment = _season(int(season[1]), int(season[2]))
    elif date := _DATE.fullmatch(bare):
        moment = _date(date[1], date[2], date[3] or "XX", date[4] or "XX")
    else:
        moment = _unusual(bare)
    return replace(
        moment,
        approximate="~" in text or "%" in text,
        uncertain="?" in text or "%" in text,
    )


def _season(year: int, number: int) -> Moment:
    month, count = _SEASONS[number]
    years_later, last_month = divmod(month + count - 2, 12)
    last = (year + years_later, last_month + 1, days_in(year + years_later, last_month + 1))
    return Moment((year, month, 1), last, Granularity.SEASON, number)


def _date(sign: str, year: str, month: str, day: str) -> Moment:
    """Read a date whose digits may be X; its days may lie apart, as those of 1925-XX-01 do."""
    first = next(_days(sign, year, month, day, latest_first=False), None)
    if first is None:
        raise _PartError(_why_no_day(sign + year, month, day))
    last = next(_days(sign, year, month, day, latest_first=True))
    known = re.sub("(-XX)+$", "", f"{year}-{month}-{day}")
    if "X" in known and not re.fullmatch("[0-9]*X+", known):
        return Moment(first, last, Granularity.SET)
    units = {7: Granularity.MONTH, 10: Granularity.DAY}
    return Moment(first, last, units.get(len(known)) or _unit_of_years(first, last))


def _days(sign: str, year: str, month: str, day: str, *, latest_first: bool) -> Iterator[Day]:
    order = slice(None, None, -1 if latest_first else 1)
    months, days = _fitting(month, range(1, 13))[order], _fitting(day, range(1, 32))[order]
    digits = "9876543210" if latest_first != bool(sign) else "0123456789"
    for choice in itertools.product(*(digits if c == "X" else c for c in year)):
        y = int(sign + "".join(choice))
        yield from ((y, m, d) for m in months for d in days if d <= days_in(y, m))


def _fitting(pattern: str, numbers: range) -> Sequence[int]:
    """Return those of the numbers that two digits may stand for, of which any may be X."""
    if pattern == "XX":
        return numbers
    if "X" not in pattern:
        return [int(pattern)] if int(pattern) in numbers else []
    return [
        n for n in numbers if all(p in ("X", d) for p, d in zip(pattern, f"{n:02}", strict=True))
    ]


def _unit_of_years(first: Day, last: Day) -> Granularity:
    years = last[0] - first[0] + 1
    if years == 1:
        return Granularity.YEAR
    return Granularity.DECADE if years <= 10 else Granularity.CENTURY


def _why_no_day(year: str, month: str, day: str) -> str:
    if "X" not in month and not 1 <= int(month) <= 12:
        return f"month {month} is out of range"
    if "X" in year + month + day:
        return "there is no such day"
    return f"{year}-{month} has {days_in(int(year), int(month))} days"


def _judged(text: str) -> Any:  # noqa: ANN401 -- the library's classes have no common interface
    """Put before the library what is not read here; return its object."""
    if not _FOR_LIBRARY.fullmatch(text):
        raise _PartError
    from edtf import EDTFParseException, parse_edtf  # noqa: PLC0415 -- takes 0.2 s

    try:
        return parse_edtf(text)
    except EDTFParseException:
        raise _PartError from None


def _unusual(text: str) -> Moment:
    """Read a long year, a year with significant digits or a time of day."""
    date = _judged(text)
    first, last = date.lower_fuzzy()[:3], date.upper_fuzzy()[:3]
    return Moment(first, last, Granularity.DAY if first == last else _unit_of_years(first, last))
