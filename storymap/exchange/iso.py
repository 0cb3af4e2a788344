"""EDTF in ISO 8601, for programs that know no more: bounds where a date is no plain one."""

from typing import Any

from storymap.dates import Day, Granularity, Limit, When
from storymap.dates.when import Moment, Span

_PARTS = {Granularity.YEAR: 1, Granularity.MONTH: 2, Granularity.DAY: 3}
"""unit of a date -> how many of year, month and day it has"""


def timespans(when: When) -> list[dict[str, Any]]:
    """Return the timespans of Linked Places: each has a start, if need be the latest possible."""
    return [_timespan(span) for span in when.spans]


def ends(when: When) -> tuple[str, str]:
    """Return the first and the last date; each is empty where unknown or open."""
    known = [moment for span in when.spans for moment in span.moments]
    first = min(known, key=lambda moment: moment.first)
    last = max(known, key=lambda moment: moment.last)
    return (
        _earliest(first) if when.start is Limit.KNOWN else "",
        _latest(last) if when.end is Limit.KNOWN else "",
    )


def _timespan(span: Span) -> dict[str, Any]:
    known = span.moments[0]
    start = span.start if isinstance(span.start, Moment) else None
    timespan = {"start": _limits(start) if start else {"latest": _latest(known)}}
    if span.end is not span.start and isinstance(span.end, Moment):
        timespan["end"] = _limits(span.end)
    return timespan


def _limits(moment: Moment) -> dict[str, str]:
    if moment.approximate or moment.uncertain or moment.precision not in _PARTS:
        return {"earliest": _earliest(moment), "latest": _latest(moment)}
    return {"in": _earliest(moment)}


def _earliest(moment: Moment) -> str:
    return _written(moment.first, moment.precision)


def _latest(moment: Moment) -> str:
    return _written(moment.last, moment.precision)


def _written(day: Day, precision: Granularity) -> str:
    year, *rest = day[: _PARTS.get(precision, 3)]
    sign = "-" if year < 0 else ""
    return "-".join([f"{sign}{abs(year):04}", *(f"{part:02}" for part in rest)])
