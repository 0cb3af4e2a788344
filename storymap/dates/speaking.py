"""Dates in words, never more certain than their author wrote them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from storymap.dates.when import Day, Granularity, Limit, Moment, Span, When, days_in


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a language says dates."""

    undated: str
    months: Sequence[str]
    seasons: Mapping[int, str]
    units: Mapping[Granularity, str]
    before_year: Mapping[Granularity, str]
    """the start of an interval that ends in the same year"""
    before_month: str
    """the start of an interval that ends in the same month"""
    ordinal: Callable[[int], str]
    before_common_era: str
    common_era: str
    """a date before the year 1000"""
    stretch: str
    """a decade or a century within a phrase"""
    approximate: str
    uncertain: str
    between: str
    """some time that no unit names"""
    from_to: str
    bounded: Mapping[tuple[Limit, Limit], str]
    """an interval of which only one end is known"""
    or_earlier: str
    or_later: str
    joints: Mapping[str, str]
    """what joins the last two dates of a set, by the bracket that opens it"""


def _english_ordinal(number: int) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else suffix}"


_ENGLISH = _Wording(
    undated="undated",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    seasons={
        **dict.fromkeys((21, 25, 29), "spring"),
        **dict.fromkeys((22, 26, 30), "summer"),
        **dict.fromkeys((23, 27, 31), "autumn"),
        **dict.fromkeys((24, 28, 32), "winter"),
        33: "first quarter of",
        34: "second quarter of",
        35: "third quarter of",
        36: "last quarter of",
        37: "first third of",
        38: "second third of",
        39: "last third of",
        40: "first half of",
        41: "second half of",
    },
    units={
        Granularity.DAY: "{day} {month} {year}",
        Granularity.MONTH: "{month} {year}",
        Granularity.SEASON: "{season} {year}",
        Granularity.YEAR: "{year}",
        Granularity.DECADE: "{year}s",
        Granularity.CENTURY: "{century} century",
    },
    before_year={Granularity.DAY: "{day} {month}", Granularity.MONTH: "{month}"},
    before_month="{day}",
    ordinal=_english_ordinal,
    before_common_era="{} BCE",
    common_era="{} CE",
    stretch="the {}",
    approximate="about {}",
    uncertain="perhaps {}",
    between="between {} and {}",
    from_to="from {} to {}",
    bounded={
        (Limit.UNKNOWN, Limit.KNOWN): "before {}",
        (Limit.OPEN, Limit.KNOWN): "until {}",
        (Limit.KNOWN, Limit.UNKNOWN): "from {}, end unknown",
        (Limit.KNOWN, Limit.OPEN): "from {} on",
    },
    or_earlier="{} or earlier",
    or_later="{} or later",
    joints={"[": " or ", "{": " and "},
)

_WORDINGS = {"en": _ENGLISH}
_DASH = "\N{EN DASH}"


def spoken(when: When | None, language: str = "en") -> str:
    """Say a date in words, such as "about 1927"; None is "undated".

    *language* is a BCP 47 tag; English stands in for languages not known here.
    """
    words = _WORDINGS.get(language.partition("-")[0], _ENGLISH)
    if when is None:
        return words.undated
    joint = words.joints.get(when.edtf[0])
    if joint is None:
        return _interval_words(when, words)
    *others, last = (_member_words(span, words) for span in when.spans)
    return joint.join([", ".join(others), last] if others else [last])


def _interval_words(when: When, words: _Wording) -> str:
    span = when.spans[0]
    if (when.start, when.end) == (Limit.KNOWN, Limit.KNOWN):
        return _known_words(span, words)
    known = span.moments[0]
    date = _moment_words(replace(known, uncertain=False), words, within_phrase=True)
    phrase = words.bounded[when.start, when.end].format(date)
    return words.uncertain.format(phrase) if known.uncertain else phrase


def _member_words(span: Span, words: _Wording) -> str:
    """Say a member of a set, which may be a range."""
    if len(span.moments) == 2:
        return _known_words(span, words)
    phrase = words.or_earlier if isinstance(span.start, Limit) else words.or_later
    return phrase.format(_moment_words(span.moments[0], words, within_phrase=True))


def _known_words(span: Span, words: _Wording) -> str:
    start, end = span.moments
    if start == end:
        return _moment_words(start, words)
    if any(m.approximate or m.uncertain or _is_nameless(m) for m in (start, end)):
        return words.from_to.format(
            *(_moment_words(m, words, within_phrase=True) for m in (start, end))
        )
    begin = _clipped(start, end, words)
    tight = start.precision is end.precision and " " not in begin
    return begin + (_DASH if tight else f" {_DASH} ") + _unit_words(end, words)


def _clipped(start: Moment, end: Moment, words: _Wording) -> str:
    """Say the start without what the end repeats: month, year or era."""
    if start.precision is end.precision and start.first[0] == end.first[0]:
        if start.precision is Granularity.DAY and start.first[1] == end.first[1]:
            return _filled(words.before_month, start, words)
        if start.precision in words.before_year:
            return _filled(words.before_year[start.precision], start, words)
    if _era(start, words) == _era(end, words):
        return _filled(words.units[start.precision], start, words)
    return _unit_words(start, words)


def _moment_words(moment: Moment, words: _Wording, *, within_phrase: bool = False) -> str:
    """Say a date with what qualifies it."""
    phrase = _unit_words(moment, words)
    is_stretch = moment.precision in (Granularity.DECADE, Granularity.CENTURY)
    is_inside = within_phrase or moment.approximate or moment.uncertain
    if is_stretch and is_inside and not _is_nameless(moment):
        phrase = words.stretch.format(phrase)
    if moment.approximate:
        phrase = words.approximate.format(phrase)
    return words.uncertain.format(phrase) if moment.uncertain else phrase


def _is_nameless(moment: Moment) -> bool:
    """Tell whether it is some stretch of time that no unit names, or not without doubt."""
    first_year, last_year = moment.first[0], moment.last[0]
    if moment.precision is Granularity.DECADE:
        return first_year < 1000 or first_year % 100 == 0  # "1900s" may be the century
    if moment.precision is Granularity.CENTURY:
        return last_year - first_year != 99
    return moment.precision is Granularity.SET


def _unit_words(moment: Moment, words: _Wording) -> str:
    if _is_nameless(moment):
        unit = _widest_unit(moment.first, moment.last)
        ends = (Moment(day, day, unit) for day in (moment.first, moment.last))
        return words.between.format(*(_unit_words(end, words) for end in ends))
    return _era(moment, words).format(_filled(words.units[moment.precision], moment, words))


def _widest_unit(first: Day, last: Day) -> Granularity:
    """Return the widest unit whose bounds both days are."""
    if (first[1:], last[1:]) == ((1, 1), (12, 31)):
        return Granularity.YEAR
    whole_months = first[2] == 1 and last[2] == days_in(last[0], last[1])
    return Granularity.MONTH if whole_months else Granularity.DAY


def _era(moment: Moment, words: _Wording) -> str:
    year = moment.last[0]
    if year < 1:
        return words.before_common_era
    return words.common_era if year < 1000 else "{}"


def _filled(pattern: str, moment: Moment, words: _Wording) -> str:
    year, month, day = moment.first
    century = year // 100 if year >= 0 else -moment.last[0] // 100
    return pattern.format(
        day=day,
        month=words.months[month - 1],
        season=words.seasons.get(moment.season, ""),
        year=year if year > 0 else 1 - year,
        century=words.ordinal(century + 1),
    )
