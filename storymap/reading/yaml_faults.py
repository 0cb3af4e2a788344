"""Faults of YAML's syntax in our words, at the slip that an author made, so far as it shows."""

import re
from typing import NamedTuple, cast

from yaml import MarkedYAMLError
from yaml.error import Mark

from storymap.problems import Problem


class _Syntax(NamedTuple):
    """A fault of syntax in our words: at `{character}`, in what begins in line `{line}`."""

    message: str
    hint: str = ""
    at_beginning: bool = False
    """whether what holds it is the better place to point at"""


_QUOTE_IT = "put the text in quotes"
_NO_BEGINNING = "a text cannot begin with '{character}'"
_NO_COLON = _Syntax("this line has no ':'", "write `key: value`", at_beginning=True)
_STRAY_COLON = "mapping values are not allowed in this context"
_FAULTS = {
    _STRAY_COLON: _Syntax(
        "a ':' is out of place here",
        "put a text that holds ': ' in quotes, and begin all keys of one thing in one column",
    ),
    "found undefined alias": _Syntax(
        "the alias that begins here has no anchor", "put a text that begins with '*' in quotes"
    ),
    "but found another document": _Syntax(
        "a second document begins here", "take out the line '---'"
    ),
    "found unexpected end of stream": _Syntax(
        "the quotes that open here are not closed", at_beginning=True
    ),
    "found character that cannot start any token": _Syntax(_NO_BEGINNING, _QUOTE_IT),
    "did not find expected alphabetic or numeric character": _Syntax(
        _NO_BEGINNING, _QUOTE_IT, at_beginning=True
    ),
    "did not find expected comment or line break": _Syntax(
        _NO_BEGINNING, _QUOTE_IT, at_beginning=True
    ),
    "mapping keys are not allowed in this context": _Syntax(_NO_BEGINNING, _QUOTE_IT),
    "block sequence entries are not allowed in this context": _Syntax(
        "a '-' is out of place here", "begin a list in the next line, and put a text in quotes"
    ),
    "found unknown escape character": _Syntax(
        "this is no escape that YAML knows", "use single quotes where a text holds a backslash"
    ),
    "did not find expected key": _Syntax(
        "a key is expected here, among those that begin in line {line}",
        "begin all keys of one thing in one column, and put quotes round a whole text",
    ),
    "did not find expected '-' indicator": _Syntax(
        "a '-' is expected here, in the list that begins in line {line}",
        "begin all entries of a list in one column",
    ),
    "could not find expected ':'": _NO_COLON,
    "did not find expected ',' or ']'": _Syntax(
        "a ',' or ']' is expected here, in the list that begins in line {line}"
    ),
    "did not find expected ',' or '}'": _Syntax(
        "a ',' or '}}' is expected here, in the mapping that begins in line {line}"
    ),
}
"""libyaml's reason -> our words"""

_SLIPS = {
    re.compile(pattern): words
    for pattern, words in (
        (r" *(?P<slip>\t)", ("a tab cannot indent a line", "use spaces")),
        (
            r" *(?P<slip>[\xa0\u2000-\u200b\u202f\u3000])",
            ("this only looks like a space", "type it anew: it came with a copied text"),
        ),
        (
            r"(?P<slip>[<=>]{7})(?: |$)",
            ("two versions of this file meet here", "keep one, and take this line out"),
        ),
        (r" *(?:- +)*(?P<slip>-)[^\s\d-]", ("a space is missing after this '-'", "write `- …`")),
        (
            r" *(?:- +)*[A-Za-z][A-Za-z-]*(?P<slip>\uff1a)",
            ("this only looks like a ':'", "write `key: value`"),
        ),
        (
            r" *(?:- +)*[A-Za-z][A-Za-z-]*(?P<slip>:)[^ \t/]",
            ("a space is missing after this ':'", "write `key: value`"),
        ),
    )
}
"""what a line begins with -> message and hint; libyaml stumbles there, or in the next line"""

_CURLY = re.compile("[:,{[-] ?[\u2018\u201a\u201c\u201e\xab]")
_STRAIGHT = "put a text that holds ': ' in straight quotes, \" or '; curly ones do not count"


def syntax_problem(error: MarkedYAMLError, text: str, file: str) -> Problem:
    """Return the problem that keeps libyaml from reading *text*."""
    found = cast("Mark", error.problem_mark)  # all that libyaml raises is marked
    reason = error.problem or "it cannot be read"
    around = text.split("\n")[max(found.line - 1, 0) : found.line + 1]
    for line, words in zip(range(found.line, -1, -1), reversed(around), strict=False):
        if slip := _slip(words):
            column, message, hint = slip
            return Problem(file, line + 1, column + 1, message, hint)
    if reason == _STRAY_COLON and re.match(r"[A-Za-z][^:]*\n[A-Za-z]", "\n".join(around)):
        return Problem(file, found.line, 1, _NO_COLON.message, _NO_COLON.hint)
    fault = _FAULTS.get(reason, _Syntax(f"this is no valid YAML: {reason}"))
    if reason == _STRAY_COLON and _CURLY.search(around[-1][: found.column]):
        fault = fault._replace(hint=_STRAIGHT)
    beginning = error.context_mark or found
    mark = beginning if fault.at_beginning else found
    character = text[mark.index : mark.index + 1]
    message = fault.message.format(line=beginning.line + 1, character=character)
    return Problem(file, mark.line + 1, mark.column + 1, message, fault.hint)


def _slip(line: str) -> tuple[int, str, str] | None:
    """Return column, message and hint of the slip that a line begins with."""
    for pattern, words in _SLIPS.items():
        if match := pattern.match(line):
            return match.start("slip"), *words
    return None
