"""Bare data checked against a record; pydantic's errors become problems in our words."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from storymap.problems import Problem
from storymap.reading.entries import Data, Entry
from storymap.reading.faults import Fault, Path, Refused
from storymap.reading.fields import PATTERNS
from storymap.reading.records import Record, describe
from storymap.reading.references import References
from storymap.text import did_you_mean, excerpt

E = TypeVar("E", bound=Entry)
R = TypeVar("R", bound=Record)


def check_each(
    record: type[R], entries: Iterable[E], references: References
) -> tuple[list[tuple[E, R]], tuple[Problem, ...]]:
    """Return the entries that are right, each with its record, and problems of the others."""
    checked = []
    problems: list[Problem] = []
    for entry in entries:
        value, found = check(record, entry, references)
        problems.extend(found)
        if value is not None:
            checked.append((entry, value))
    return checked, tuple(problems)


def check(
    record: type[R], entry: Entry, references: References
) -> tuple[R | None, tuple[Problem, ...]]:
    """Return the record that an entry is, or all that is wrong with it."""
    try:
        return record.model_validate(entry.data, context=references), ()
    except ValidationError as error:
        return None, tuple(
            entry.problem(fault, of_key=details["type"] == "extra_forbidden")
            for details in error.errors(include_url=False)
            for fault in _faults(details, record)
        )


def _faults(details: ErrorDetails, root: type[Record]) -> Iterator[Fault]:
    path, value, context = details["loc"], details["input"], details.get("ctx", {})
    refused = context.get("error")
    if isinstance(refused, Refused) and refused.faults:
        for fault in refused.faults:
            yield fault._replace(path=(*path, *fault.path))
    elif details["type"] == "too_short" and len(value) >= context["min_length"]:
        return  # pydantic does not count entries that are wrong, of which it has told us
    elif value is not None or details["type"] == "extra_forbidden":
        yield _fault(details, _record_at(root, path[:-1]))._replace(path=path)
    elif _is_key(path):
        yield Fault(f"'{path[-1]}' has no value", "write one, or take the line out", path)
    else:
        yield Fault("there is nothing here", "fill it in, or take it out", path)


def _fault(details: ErrorDetails, record: type[Record]) -> Fault:
    kind, path, value = details["type"], details["loc"], details["input"]
    context: dict[str, Any] = details.get("ctx", {})
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        return _unknown_key(key, record)
    words = excerpt(value) if isinstance(value, str) else _noun(value)
    if kind == "string_pattern_mismatch":
        message, hint = PATTERNS[context["pattern"]]
        return Fault(message.format(words), hint)
    if kind == "enum" and isinstance(value, str):
        similar = did_you_mean(value, context["expected"].split("'")[1::2])
        hint = f"did you mean '{similar}'?" if similar else ""
        return Fault(f"'{words}' is none of {context['expected']}", hint)
    subject = f"'{key}'" if _is_key(path) else "this"
    message = _SENTENCES[kind].format(subject=subject, words=words, noun=_noun(value), **context)
    if kind == "tuple_type" and isinstance(value, str) and _lists_words(key, record):
        return Fault(message, f"write it in brackets, [{words}]")
    return Fault(message, describe(key, record) if kind in _EXPLAINED else "")


def _lists_words(key: str, record: type[Record]) -> bool:
    """Tell whether what belongs to *key* is a list whose entries may be words."""
    examples = (info.examples or [""] for info in record.model_fields.values() if info.alias == key)
    return any(isinstance(each, list) and isinstance(each[0], str) for each, *_ in examples)


_SENTENCES = {
    "missing": "{subject} is missing",
    "string_type": "{subject} should be text, not {noun}",
    "model_type": "{subject} should be keys and values, not {noun}",
    "dict_type": "{subject} should be keys and values, not {noun}",
    "tuple_type": "{subject} should be a list, not {noun}",
    "enum": "{subject} should be one of {expected}, not {noun}",
    "bool_type": "{subject} should be true or false, not {noun}",
    "float_type": "{subject} should be a number, not {noun}",
    "int_type": "{subject} should be a whole number, not {noun}",
    "string_too_short": "{subject} is empty",
    "too_short": "{subject} needs at least {min_length} of them, and has {actual_length}",
    "float_parsing": "'{words}' is no number",
    "finite_number": "'{words}' is no number",
    "int_parsing": "'{words}' is no whole number",
    "int_parsing_size": "'{words}' is no whole number",
    "bool_parsing": "'{words}' is neither true nor false",
    "greater_than": "{subject} is {words}, and should be more than {gt:g}",
    "greater_than_equal": "{subject} is {words}, and should be at least {ge:g}",
    "less_than_equal": "{subject} is {words}, and should be at most {le:.9g}",
}
"""pydantic's kind of error -> our words"""

_EXPLAINED = ("missing", "string_too_short")
"""kinds for which it helps to say what belongs there"""


def _is_key(path: Path) -> bool:
    return bool(path) and isinstance(path[-1], str)


def _noun(value: Data) -> str:
    if isinstance(value, list):
        return "a list"
    return "keys and values" if isinstance(value, dict) else "text"


def _unknown_key(key: str, record: type[Record]) -> Fault:
    keys = [str(info.alias) for info in record.model_fields.values()]
    similar = did_you_mean(key, keys)
    hint = f"did you mean '{similar}'?" if similar else f"the keys here are {', '.join(keys)}"
    return Fault(f"there is no key '{key}' here", hint)


def _record_at(root: type[Record], path: Path) -> type[Record]:
    record = root
    for step in path:
        for info in record.model_fields.values():
            if info.alias == step:
                record = next(_records_in(info.annotation), record)
    return record


def _records_in(annotation: Any) -> Iterator[type[Record]]:  # noqa: ANN401 - any type at all
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _records_in(part)
