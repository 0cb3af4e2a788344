"""What people write where EDTF is asked for, and the EDTF that they probably mean.

A rewriting is a guess and may be no date at all: whoever offers it to an author reads it first.
Where a habit has two meanings, both are offered, and none is chosen.
"""

import re
from collections.abc import Callable

_LONGEST = 60  # characters: whoever writes more tells a story
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def meanings(text: str) -> tuple[str, ...]:
    """Return all EDTF that *text* may mean; one of them, where it is not one of two things."""
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII):
        first, second, year = match.groups()
        return tuple(dict.fromkeys((_date(year, second, first), _date(year, first, second))))
    return (rewritten(text),)


def before_christ(year: int) -> str:
    """Return a year BC as EDTF, which has a year 0."""
    return f"-{year - 1:04}" if year > 1 else "0000"


def rewritten(text: str) -> str:
    """Return the EDTF that *text* probably means, or *text* where no habit is recognised."""
    plain = " ".join(text.split())
    if len(plain) > _LONGEST:
        return plain
    for pattern, rewrite in _HABITS.items():
        if match := re.fullmatch(pattern, plain, re.IGNORECASE | re.ASCII):
            return rewrite(*match.groups(""))
    return plain


def _date(year: str, month: str, day: str) -> str:
    number = month if month.isdigit() else str(_MONTHS.index(month[:3].lower()) + 1)
    return f"{year}-{number:0>2}" + (f"-{day:0>2}" if day else "")


def _interval(start: str, end: str) -> str:
    return f"{rewritten(start)}/{rewritten(end)}"


def _about(date: str) -> str:
    return "/".join(f"{end}~" for end in rewritten(date).split("/"))


_MONTH = rf"((?:{'|'.join(_MONTHS)})[a-z]*)\.?"

_HABITS: dict[str, Callable[..., str]] = {
    # 1925-5-1, 1925/5/1, 1.5.1925, 1 May 1925, May 1925, May 1, 1925, summer 1925
    r"(\d{4})[-.](\d{1,2})(?:[-.](\d{1,2}))?": _date,
    r"(\d{4})/(\d{1,2})/(\d{1,2})": _date,
    r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})": lambda d, m, y: _date(y, m, d),
    rf"(?:(\d{{1,2}})\.? )?{_MONTH} (\d{{4}})": lambda d, m, y: _date(y, m, d),
    rf"{_MONTH} (\d{{1,2}}), (\d{{4}})": lambda m, d, y: _date(y, m, d),
    rf"({'|'.join(_SEASONS)}) (\d{{4}})": lambda s, y: f"{y}-{_SEASONS[s.lower()]}",
    # 1920s, 192x, 44 BC, 925, 12000
    r"(?:the )?(\d{3})0'?s": "{}X".format,
    r"(\d{3})x": "{}X".format,
    r"([1-9]\d{0,3}) (?:BC|BCE)": lambda y: before_christ(int(y)),
    r"(\d{1,3})": "{:0>4}".format,
    r"(\d{5,9})": "Y{}".format,
    # 1923/43, 1923-1943, from May 1923 to 1943; before 1923, until 1923, since 1923; c. 1923
    r"(\d{2})(\d{2})/(\d{2})": "{0}{1}/{0}{2}".format,
    r"(\d{4})-(\d{4})": _interval,
    r"(?:from )?(.+?)(?: ?[\u2013\u2014/] ?| - | to |\.\.)(.+)": _interval,
    r"before (.+)": lambda end: f"/{rewritten(end)}",
    r"until (.+)": lambda end: f"../{rewritten(end)}",
    r"since (.+)": lambda start: f"{rewritten(start)}/..",
    r"(?:circa |about |around |ca?\.? ?)(.+)": _about,
}
"""pattern of what people write -> EDTF made from its groups; the first that fits counts"""
