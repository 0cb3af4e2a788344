"""What people write where EDTF is asked for, and the EDTF that they probably mean.

A rewriting is a guess and may be no date at all: whoever offers it to an author reads it first.
"""

import re
from collections.abc import Callable

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def rewritten(text: str) -> str:
    """Return the EDTF that `text` probably means, or `text` where no habit is recognised."""
    plain = " ".join(text.split())
    for pattern, rewrite in _HABITS.items():
        if match := re.fullmatch(pattern, plain, re.IGNORECASE):
            return rewrite(*match.groups(""))
    return plain


def _date(year: str, month: str, day: str) -> str:
    number = month if month.isdigit() else str(_MONTHS.index(month[:3].lower()) + 1)
    return f"{year}-{number:0>2}" + (f"-{day:0>2}" if day else "")


def _interval(start: str, end: str) -> str:
    return f"{rewritten(start)}/{rewritten(end)}"


_MONTH = rf"((?:{'|'.join(_MONTHS)})[a-z]*)\.?"

_HABITS: dict[str, Callable[..., str]] = {
    r"([0-9]{4})[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?": _date,  # 1925-5-1
    r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})": lambda d, m, y: _date(y, m, d),  # 1.5.1923
    rf"(?:([0-9]{{1,2}})\.? )?{_MONTH} ([0-9]{{4}})": lambda d, m, y: _date(y, m, d),  # May 1923
    rf"{_MONTH} ([0-9]{{1,2}}), ([0-9]{{4}})": lambda m, d, y: _date(y, m, d),  # May 1, 1923
    r"(?:the )?([0-9]{3})0'?s": "{}X".format,  # 1920s
    r"([0-9]{3})x": "{}X".format,
    r"([0-9]{4}) (AD|CE)": lambda y, _: y,
    r"([1-9][0-9]{0,3}) (?:BC|BCE)": lambda y: f"-{int(y) - 1:04}",
    r"([0-9]{2})([0-9]{2})[/–-]([0-9]{2})": "{0}{1}/{0}{2}".format,  # 1923/24
    r"(?:circa|about|around|ca?)\b\.? ?(.+)": lambda date: rewritten(date) + "~",
    r"(?:from )?(.+?)(?: ?[–—/] ?| - | to )(.+)": _interval,
    r"([0-9]{4})-([0-9]{4})": _interval,
}
"""pattern of what people write -> EDTF, made of the pattern's groups"""
