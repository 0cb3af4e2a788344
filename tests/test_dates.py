import calendar
import contextlib
import io
import re
import subprocess
import sys

import pytest
from edtf import parse_edtf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from storymap.dates import (
    DateError,
    Granularity,
    Limit,
    certainly_before,
    decimal_years,
    overlaps,
    parse,
    spoken,
    spoken_extent,
    touches,
)

quickly = settings(max_examples=50, deadline=None, derandomize=True)
slowly = settings(quickly, max_examples=12)  # the library takes 20 ms for a date, 100 for a set
qualifiers = st.sampled_from(["", "", "?", "~", "%"])


def edtf_year(year):
    """Write an astronomical year as EDTF does."""
    return f"-{-year:04}" if year < 0 else f"{year:04}"


@st.composite
def plain_dates(draw, first_year=-9999, last_year=9999):
    """Draw days, months and years, qualified or not."""
    year = draw(st.integers(first_year, last_year))
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, calendar.monthrange(year, month)[1]))
    text = f"{edtf_year(year)}-{month:02}-{day:02}"
    return text[: len(text) - draw(st.sampled_from([0, 3, 6]))] + draw(qualifiers)


@st.composite
def recent_intervals(draw):
    """Draw dates and intervals of a few years, with open and unknown ends, so that they meet."""
    dates = plain_dates(1920, 1924)
    start, end = draw(dates), draw(dates)
    text = draw(
        st.sampled_from(
            [start, f"{start}/{end}", f"/{end}", f"../{end}", f"{start}/", f"{start}/.."]
        )
    )
    with contextlib.suppress(DateError):
        return parse(text)
    assume(False)  # noqa: FBT003 -- hypothesis' own signature
    raise AssertionError


unknown_digits = st.one_of(
    st.from_regex(r"-?[0-9]{3}X|[0-9]{2}XX|[0-9]XXX", fullmatch=True),
    st.from_regex(r"[0-9]{4}-(0[1-9]|1[0-2])-XX|[0-9]{4}-XX(-XX)?", fullmatch=True),
    st.from_regex(r"(X[0-9]{3}|[0-9]X[0-9]X)-(0[1-9]|1[0-2])-(0[1-9]|1[0-9])", fullmatch=True),
).filter(lambda text: not text.startswith("-0000"))


def bounds(found):
    """Return the library's strict bounds; None where it says that there is none."""
    return tuple(
        tuple(day[:3]) if isinstance(day, tuple) else None
        for day in (found.lower_strict(), found.upper_strict())
    )


def flags(found):
    """Return whether the library takes a date for approximate, and for uncertain."""
    both = found.is_uncertain_and_approximate
    return bool(found.is_approximate or both), bool(found.is_uncertain or both)


@slowly
@given(plain_dates())
def test_plain_dates_are_read_as_the_library_reads_them(text):
    """Bounds, qualifiers and unit agree for days, months and years."""
    when, found = parse(text), parse_edtf(text)
    assert (when.first, when.last) == bounds(found)
    assert (when.approximate, when.uncertain) == flags(found)
    assert when.precision == getattr(found, "date", found).precision
    assert (when.start, when.end, when.interval) == (Limit.KNOWN, Limit.KNOWN, False)


@slowly
@given(plain_dates(), plain_dates())
def test_plain_intervals_are_read_as_the_library_reads_them(start, end):
    """Known ends agree, and what the library leaves out is that nothing ends before it begins."""
    text = f"{start}/{end}"
    found = parse_edtf(text)
    first, last = bounds(found)
    if last < first:
        with pytest.raises(DateError):
            parse(text)
    else:
        when = parse(text)
        assert (when.first, when.last) == (first, last)
        assert (when.approximate, when.uncertain) == flags(found)
        assert when.interval


@slowly
@given(plain_dates(), st.sampled_from(["/{}", "../{}", "{}/", "{}/.."]))
def test_a_missing_end_is_no_day(date, form):
    """Open ends agree with the library; unknown ones, for which it makes up ten years, do not."""
    text = form.format(date)
    when, found = parse(text), parse_edtf(text)
    limit = Limit.OPEN if ".." in text else Limit.UNKNOWN
    if text.endswith(date):
        assert (when.start, when.end) == (limit, Limit.KNOWN)
        assert (when.first, when.last) == (None, bounds(found)[1])
    else:
        assert (when.start, when.end) == (Limit.KNOWN, limit)
        assert (when.first, when.last) == (bounds(found)[0], None)
    assert (when.approximate, when.uncertain) == flags(found)


@slowly
@given(unknown_digits, qualifiers)
def test_unknown_digits_are_read_as_the_library_reads_them(digits, qualifier):
    """Bounds agree for X at the end and, where the library has bounds, inside."""
    assume(not (qualifier and "X" in digits[:-1].rstrip("X-")))
    assert (parse(digits + qualifier).first, parse(digits + qualifier).last) == bounds(
        parse_edtf(digits + qualifier)
    )


@pytest.mark.parametrize("season", range(21, 42))
def test_seasons_are_read_as_the_library_reads_them(season):
    """Bounds agree but for winters, which the library cuts off on 31 December."""
    when = parse(f"1925-{season}")
    first, last = bounds(parse_edtf(f"1925-{season}"))
    assert when.precision is Granularity.SEASON
    assert (when.first, when.last) == (first, (1926, 2, 28) if first[1] == 12 else last)


@slowly
@given(st.lists(plain_dates(), min_size=2, max_size=3), st.sampled_from(["[]", "{}"]))
def test_sets_are_read_as_the_library_reads_them(dates, brackets):
    """A set reaches from the first of its dates to the last."""
    text = brackets[0] + ",".join(dates) + brackets[1]
    when = parse(text)
    assert (when.first, when.last) == bounds(parse_edtf(text))
    assert when.precision is Granularity.SET


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("Y170000002", (170000002, 1, 1), (170000002, 12, 31), "year"),
        ("Y-17E7", (-170000000, 1, 1), (-170000000, 12, 31), "year"),
        ("Y171010000S3", (171000000, 1, 1), (171999999, 12, 31), "century"),
        ("1950S3", (1950, 1, 1), (1959, 12, 31), "decade"),
        ("1923-05-01T10:00:00+05:00", (1923, 5, 1), (1923, 5, 1), "day"),
        ("1923-?05-01", (1923, 5, 1), (1923, 5, 1), "day"),
        ("?1923-05", (1923, 5, 1), (1923, 5, 31), "month"),
        ("1923~-05-01", (1923, 5, 1), (1923, 5, 1), "day"),
        ("192X-02-29", (1920, 2, 29), (1928, 2, 29), "set"),
        ("1925-1X", (1925, 10, 1), (1925, 12, 31), "set"),
        ("1925-02-2X", (1925, 2, 20), (1925, 2, 28), "set"),
        ("-000X", (-9, 1, 1), (0, 12, 31), "decade"),
    ],
)
def test_the_rest_of_edtf_has_bounds(text, first, last, precision):
    """Long years, times, inner qualifiers, and what the library cannot bound itself."""
    when = parse(text)
    assert (when.first, when.last, when.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("[..1983]", Limit.UNKNOWN, Limit.KNOWN),
        ("[1984..]", Limit.KNOWN, Limit.UNKNOWN),
        ("{..1983}", Limit.OPEN, Limit.KNOWN),
        ("{1984..}", Limit.KNOWN, Limit.OPEN),
    ],
)
def test_one_date_of_an_endless_set_is_unknown(text, start, end):
    """Some date since 1984 goes on for ever no more than any other; all of them do."""
    assert (parse(text).start, parse(text).end) == (start, end)


def test_a_date_keeps_the_authors_words():
    """Only the blanks around it are lost."""
    assert parse(" 1927~\n").edtf == "1927~"


ERRORS = [
    ("1925-13-01", "month 13 is out of range"),
    ("1925-00", "month 00 is out of range"),
    ("1925-02-29", "1925-02 has 28 days"),
    ("1925-?02-29", "1925-02 has 28 days"),
    ("1925-XX-32", "there is no such day"),
    ("1943/1923", "it ends before it begins"),
    ("[1923,1925..1924]", "it ends before it begins"),
    ("1923/1924/1925", "it has more than one '/'"),
    ("/", "a date is needed at one end or both"),
    ("../..", "a date is needed at one end or both"),
    ("[1923,..]", "a date is needed at one end or both"),
    ("[1923]", "a set has two dates or more"),
    ("", ""),
    ("soon", ""),
    ("-0000", ""),
    ("1923,1924", ""),
    ("[1923/1924,1925]", ""),
    ("1925-05-01T25:00:00", ""),
    ("2001-21^southern", ""),
    ("Y1E99", ""),
    ("\u0661\u0669\u0662\u0665", ""),
    ("1.5.1923", "write '1923-05-01'"),
    ("1. 5. 1923", "write '1923-05-01'"),
    ("1923/5/1", "write '1923-05-01'"),
    ("05/01/1923", "write '1923-01-05' or '1923-05-01'"),
    ("13/01/1923", "write '1923-01-13'"),
    ("5/5/1923", "write '1923-05-05'"),
    ("31/31/1923", "it has more than one '/'"),
    ("1925-5-1", "write '1925-05-01'"),
    ("1925.5", "write '1925-05'"),
    ("May 1923", "write '1923-05'"),
    ("1 Sept. 1923", "write '1923-09-01'"),
    ("1. may 1923", "write '1923-05-01'"),
    ("May 1, 1923", "write '1923-05-01'"),
    ("summer 1925", "write '1925-22'"),
    ("1923-1943", "write '1923/1943'"),
    ("1923 / 1943", "write '1923/1943'"),
    ("1923\u20131943", "write '1923/1943'"),
    ("1923/43", "write '1923/1943'"),
    ("1923..1943", "write '1923/1943'"),
    ("from May 1923 to 1943", "write '1923-05/1943'"),
    ("1920s", "write '192X'"),
    ("the 1920's", "write '192X'"),
    ("192x", "write '192X'"),
    ("c. 1927", "write '1927~'"),
    ("c1927", "write '1927~'"),
    ("about May 1927", "write '1927-05~'"),
    ("c. 1923-1943", "write '1923~/1943~'"),
    ("before 1923", "write '/1923'"),
    ("until 1 May 1923", "write '../1923-05-01'"),
    ("since 1925", "write '1925/..'"),
    ("44 BC", "write '-0043'"),
    ("1 BC", "write '0000'"),
    ("-44", "write '-0043' for 44 BC"),
    ("800", "write '0800'"),
    ("12000", "write 'Y12000'"),
]


@pytest.mark.parametrize(("text", "reason"), ERRORS)
def test_what_is_no_date_is_told_why(text, reason):
    """The message quotes the text and gives the reason, or what was probably meant."""
    message = f"'{text}' is no EDTF date" + (f": {reason}" if reason else "")
    with pytest.raises(DateError, match=f"^{re.escape(message)}$"):
        parse(text)


def test_a_long_text_is_quoted_in_part_and_on_one_line():
    """A whole paragraph in place of a date does not flood the message."""
    with pytest.raises(DateError) as caught:
        parse("it was\na summer " + "long " * 5000)
    assert str(caught.value) == f"'it was a summer {'long ' * 8}lon\u2026' is no EDTF date"


@quickly
@given(st.text(alphabet="0129X-/.?~%[]{},YEST: c", max_size=14))
def test_any_text_is_a_date_or_is_refused(text):
    """Nothing else comes out, and the library prints nothing where results go."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(DateError):
        assert spoken(parse(text))
    assert printed.getvalue() == ""


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1868/1926", "1926-05", True),
        ("1868/1925", "1926-05", False),
        ("/1923", "0001", True),
        ("../1923", "1924", False),
        ("1925/..", "2026", True),
        ("1925/", "2026", True),
        ("[1923,1943]", "1943", True),
        ("[1923,1943]", "1930", False),
        ("1923-05-01", "192X", True),
    ],
)
def test_touching(a, b, expected):
    """Dates touch where a day may be shared; the gaps of a set are no part of it."""
    assert touches(parse(a), parse(b)) is touches(parse(b), parse(a)) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1868/1926", "1926/1991", False),
        ("1868/1927", "1926/1991", True),
        ("1868/1926-05", "1926-05/1991", False),
        ("1868/1926-05-12", "1926-05-12/1991", False),
        ("1868/1926-05-13", "1926-05-12/1991", True),
        ("1868/1926", "1926-05-12/1991", False),
        ("1868/1926", "1926", False),
        ("1868/1926", "1900", True),
        ("1926", "1926", False),
        ("1926/1991", "1926/1991", True),
        ("../1926", "1926/..", False),
        ("../1927", "1926/..", True),
        ("1991/..", "2008", True),
        ("1926/..", "1991/..", True),
        ("/1926", "1926/1991", False),
        ("/1926", "1868/1900", False),
        ("/1926", "1868/1930", True),
        ("1926/", "1930/1991", False),
        ("[1923,1943]", "1930/1931", False),
    ],
)
def test_succession_is_no_overlap(a, b, expected):
    """A name may end in the unit in which the next begins; unknown ends prove nothing."""
    assert overlaps(parse(a), parse(b)) is overlaps(parse(b), parse(a)) is expected


@quickly
@given(recent_intervals(), recent_intervals())
def test_comparisons_agree_with_each_other(a, b):
    """What overlaps touches, and of two dates that touch neither is before the other."""
    assert touches(a, b) == touches(b, a)
    assert touches(a, b) or not overlaps(a, b)
    assert touches(a, b) == (not certainly_before(a, b) and not certainly_before(b, a))


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("1923", 1923, 1924),
        ("1923-01-01", 1923, 1923 + 1 / 365),
        ("1924-12-31", 1925 - 1 / 366, 1925),
        ("1924-03", 1924 + 60 / 366, 1924 + 91 / 366),
        ("/1923", None, 1924),
        ("1925/..", 1925, None),
        ("-0044", -44, -43),
        ("192X", 1920, 1930),
    ],
)
def test_decimal_years(text, begin, end):
    """Years are counted by days, leap years too, and the end is excluded; within 1e-9 years."""
    assert decimal_years(parse(text)) == (
        begin if begin is None else pytest.approx(begin, abs=1e-9),
        end if end is None else pytest.approx(end, abs=1e-9),
    )


SPOKEN = [
    # units
    ("1923-05-01", "1 May 1923"),
    ("1923-05", "May 1923"),
    ("1923", "1923"),
    ("1923-05-XX", "May 1923"),
    ("1923-XX", "1923"),
    ("1925-22", "summer 1925"),
    ("1925-31", "autumn 1925"),
    ("1925-33", "first quarter of 1925"),
    ("1925-41", "second half of 1925"),
    ("1923-05-01T10:00:00", "1 May 1923"),
    # qualifiers
    ("1927~", "about 1927"),
    ("1927?", "perhaps 1927"),
    ("1927%", "perhaps about 1927"),
    ("1927-?05-01", "perhaps 1 May 1927"),
    ("192X~", "about the 1920s"),
    ("1925-21?", "perhaps spring 1925"),
    # stretches of time
    ("192X", "1920s"),
    ("190X", "between 1900 and 1909"),
    ("19XX", "20th century"),
    ("10XX", "11th century"),
    ("20XX", "21st century"),
    ("1XXX", "between 1000 and 1999"),
    ("1925-1X", "between October 1925 and December 1925"),
    ("1925-XX-05", "between 5 January 1925 and 5 December 1925"),
    ("1950S2", "20th century"),
    # intervals
    ("1923/1943", "1923\u20131943"),
    ("1925-03-29/1925-04-24", "29 March \u2013 24 April 1925"),
    ("1925-04-01/1925-04-24", "1\u201324 April 1925"),
    ("1925-03/1925-04", "March\u2013April 1925"),
    ("1924-12-31/1925-01-02", "31 December 1924 \u2013 2 January 1925"),
    ("1923/1943-05", "1923 \u2013 May 1943"),
    ("1925/1925", "1925"),
    ("192X/193X", "1920s\u20131930s"),
    ("1925-21/1925-23", "spring 1925 \u2013 autumn 1925"),
    ("1923~/1943", "from about 1923 to 1943"),
    ("1923/1943~", "from 1923 to about 1943"),
    ("1923?/194X%", "from perhaps 1923 to perhaps about the 1940s"),
    # one end
    ("/1923", "before 1923"),
    ("../1923", "until 1923"),
    ("1925/..", "from 1925 on"),
    ("1925/", "from 1925, end unknown"),
    ("/1923~", "before about 1923"),
    ("/1923?", "perhaps before 1923"),
    ("192X%/..", "perhaps from about the 1920s on"),
    # sets
    ("[1923,1924]", "1923 or 1924"),
    ("{1923, 1924}", "1923 and 1924"),
    ("[1667,1668,1670..1672]", "1667, 1668 or 1670\u20131672"),
    ("[1923~,1924?]", "about 1923 or perhaps 1924"),
    ("[..1983-12-03]", "3 December 1983 or earlier"),
    ("{1960,1984..}", "1960 and 1984 or later"),
    # eras
    ("-0043-03-15", "15 March 44 BCE"),
    ("-0049/-0043", "50\u201344 BCE"),
    ("-0043/0014", "44 BCE \u2013 14 CE"),
    ("0800/0850~", "from 800 CE to about 850 CE"),
    ("0000", "1 BCE"),
    ("-19XX", "20th century BCE"),
    ("00XX", "1st century CE"),
    ("0000-24", "winter 1 BCE"),
    ("0999-24", "winter 999 CE"),
    ("-192X", "between 1930 BCE and 1921 BCE"),
    ("Y170000002", "170000002"),
]


@pytest.mark.parametrize(("text", "words"), SPOKEN)
def test_dates_are_said_as_people_say_them(text, words):
    """Each form of EDTF has its words."""
    assert spoken(parse(text)) == words


def test_no_date_is_undated():
    """An event without a date is said to have none."""
    assert spoken(None) == "undated"


def test_english_stands_in_for_other_languages():
    """A story in a language whose dates are not known here can be built all the same."""
    assert spoken(parse("1923-05"), "de") == spoken(parse("1923-05"), "en-GB") == "May 1923"


@quickly
@given(recent_intervals())
def test_words_are_never_more_certain_than_the_author(when):
    """What is approximate, uncertain, open or unknown is heard to be so."""
    words = spoken(when)
    assert ("about" in words) == when.approximate
    assert ("perhaps" in words) == when.uncertain
    assert ("before" in words) == (when.start is Limit.UNKNOWN)
    assert ("until" in words) == (when.start is Limit.OPEN)
    assert ("unknown" in words) == (when.end is Limit.UNKNOWN)
    assert words.endswith(" on") == (when.end is Limit.OPEN)


def test_plain_dates_do_without_the_library():
    """A story of plain dates does not pay for the library's import."""
    code = (
        "import sys; from storymap.dates import parse;"
        "[parse(t) for t in ('1923-05-01', '1927~', '/1923', '1925/..', '192X', '[1923,1924]')];"
        "sys.exit('edtf' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["1925-03-29", None, "1923-05-01", "1943"], "1 May 1923 \N{EN DASH} 1943"),
        (["1925/..", "1923/1924"], "1923\N{EN DASH}1925"),
        (["1927~", "1930"], "from about 1927 to 1930"),
        (["[1923,1925]"], "1923\N{EN DASH}1925"),
        (["1923-05-01"], "1 May 1923"),
        ([None], ""),
    ],
)
def test_several_dates_reach_from_the_first_to_the_last(dates, words):
    """Open ends reach no farther than what is known, and doubts stay."""
    assert spoken_extent([text and parse(text) for text in dates]) == words
