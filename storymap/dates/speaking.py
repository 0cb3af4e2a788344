"""Dates in words, never more certain than their author wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from storymap.dates.when import Day, Granularity, Limit, Moment, Span, When, days_in
from storymap.dates.wording import ALONE, Shared, Wording
from storymap.dates.wordings import wording

KEPT = 1024
"""dates in words at a time: a page says most of them many times"""

_DASH = "\N{EN DASH}"


class _Fixed(str):
    """Words that stay as they are, whatever form a pattern asks for."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class _Date:
    """A date, said in the form that a pattern asks for, with what qualifies it."""

    moment: Moment
    words: Wording

    def __format__(self, form: str) -> str:
        return _moment_words(self.moment, self.words, form)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A date without what qualifies it; a form that is given goes before what is asked for."""

    moment: Moment
    words: Wording
    form: str = ""

    def __format__(self, form: str) -> str:
        return _unit_words(self.moment, self.words, self.form or form)


@lru_cache(maxsize=KEPT)
def spoken(when: When | None, language: str = "en") -> str:
    """Say a date in words, such as "about 1927"; None is "undated".

    *language* is a BCP 47 tag; English stands in for languages not known here.
    """
    words = wording(language)
    if when is None:
        return words.undated
    joint = words.joints.get(when.edtf[0])
    if joint is None:
        return _interval_words(when, words)
    *others, last = (_member_words(span, words) for span in when.spans)
    return joint.join([", ".join(others), last] if others else [last])


def spoken_extent(dates: Iterable[When | None], language: str = "en") -> str:
    """Say from when to when some dates reach, as far as that is known; "" where none is dated."""
    spans = [span for when in dates if when for span in when.spans]
    moments = [moment for span in spans for moment in span.moments]
    if not moments:
        return ""
    first = min(moments, key=lambda moment: (moment.first, moment.last))
    last = max(moments, key=lambda moment: (moment.last, moment.first))
    return _known_words(Span(first, last), wording(language))


def _interval_words(when: When, words: Wording) -> str:
    span = when.spans[0]
    if (when.start, when.end) == (Limit.KNOWN, Limit.KNOWN):
        return _known_words(span, words)
    known = span.moments[0]
    date = _Date(replace(known, uncertain=False), words)
    phrase = words.bounded[when.start, when.end].format(date)
    return words.uncertain.format(_Fixed(phrase)) if known.uncertain else phrase


def _member_words(span: Span, words: Wording) -> str:
    """Say a member of a set, which may be a range."""
    if len(span.moments) == 2:
        return _known_words(span, words)
    phrase = words.or_earlier if isinstance(span.start, Limit) else words.or_later
    return phrase.format(_Date(span.moments[0], words))


def _known_words(span: Span, words: Wording) -> str:
    start, end = span.moments
    if start == end:
        return _moment_words(start, words)
    if any(m.approximate or m.uncertain or _is_nameless(m) for m in (start, end)):
        return words.from_to.format(_Date(start, words), _Date(end, words))
    alike, shared = start.precision is end.precision, _shared(start, end)
    patterns = words.ranges.get((start.precision, shared)) if alike else None
    begin, finish = patterns or (words.units[ALONE][each.precision] for each in (start, end))
    begin, finish = _filled(begin, start, words), _filled(finish, end, words)
    era = _era(end, words)
    if _era(start, words) != era:
        begin, finish, era = _era(start, words).format(begin), era.format(finish), "{}"
    tight = shared is Shared.MONTH or (alike and " " not in begin)
    return era.format(begin + (_DASH if tight else f" {_DASH} ") + finish)


def _shared(start: Moment, end: Moment) -> Shared:
    """Return what a range of dates of one precision need not say twice."""
    if start.first[0] != end.first[0]:
        return Shared.NOTHING
    same_month = start.precision is Granularity.DAY and start.first[1] == end.first[1]
    return Shared.MONTH if same_month else Shared.YEAR


def _moment_words(moment: Moment, words: Wording, form: str = "") -> str:
    """Say a date with what qualifies it."""
    unit = _Unit(moment, words, form)
    if moment.approximate:
        about = words.approximate.format(unit)
        return words.uncertain.format(_Fixed(about)) if moment.uncertain else about
    return words.uncertain.format(unit) if moment.uncertain else f"{unit}"


def _is_nameless(moment: Moment) -> bool:
    """Tell whether it is some stretch of time that no unit names, or not without doubt."""
    first_year, last_year = moment.first[0], moment.last[0]
    if moment.precision is Granularity.DECADE:
        return first_year < 1000 or first_year % 100 == 0  # "1900s" may be the century
    if moment.precision is Granularity.CENTURY:
        return last_year - first_year != 99
    return moment.precision is Granularity.SET


def _unit_words(moment: Moment, words: Wording, form: str = "") -> str:
    if _is_nameless(moment):
        unit = _widest_unit(moment.first, moment.last)
        ends = (Moment(day, day, unit) for day in (moment.first, moment.last))
        return words.between.format(*(_Unit(end, words) for end in ends))
    pattern = (
        words.units[form or ALONE].get(moment.precision) or words.units[ALONE][moment.precision]
    )
    return _era(moment, words).format(_filled(pattern, moment, words))


def _widest_unit(first: Day, last: Day) -> Granularity:
    """Return the widest unit whose bounds both days are."""
    if (first[1:], last[1:]) == ((1, 1), (12, 31)):
        return Granularity.YEAR
    whole_months = first[2] == 1 and last[2] == days_in(last[0], last[1])
    return Granularity.MONTH if whole_months else Granularity.DAY


def _era(moment: Moment, words: Wording) -> str:
    century = moment.precision is Granularity.CENTURY
    year = (moment.last if century else moment.first)[0]
    if year < 1:
        return words.before_common_era
    return words.common_era if year < 1000 else "{}"


def _filled(pattern: str, moment: Moment, words: Wording) -> str:
    year, month, day = moment.first
    century = year // 100 if year >= 0 else -moment.last[0] // 100
    return pattern.format(
        day=day,
        month={form: names[month - 1] for form, names in words.months.items()},
        season=words.season(moment.season),
        year=year if year > 0 else 1 - year,
        decade=abs(year) % 100 // 10 * 10,
        century=words.ordinal(century + 1),
    )
