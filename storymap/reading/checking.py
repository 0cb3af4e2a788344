"""Bare data checked against a record; pydantic's errors become problems in our words."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from storymap.problems import Problem
from storymap.reading.faults import Fault, Path, Refused
from storymap.reading.records import PATTERNS, Record, describe
from storymap.reading.references import References
from storymap.reading.yaml_nodes import Data, Part
from storymap.text import did_you_mean

R = TypeVar("R", bound=Record)


def check_each(
    record: type[R], parts: Iterable[Part], references: References
) -> tuple[list[tuple[Part, R]], tuple[Problem, ...]]:
    """Return the parts that are as they should be, each with its record; problems of the others."""
    checked = []
    problems: list[Problem] = []
    for part in parts:
        value, found = check(record, part, references)
        problems.extend(found)
        if value is not None:
            checked.append((part, value))
    return checked, tuple(problems)


def check(
    record: type[R], part: Part, references: References
) -> tuple[R | None, tuple[Problem, ...]]:
    """Return the record that a part of a document is, or all that is wrong with it."""
    try:
        return record.model_validate(part.data, context=references), ()
    except ValidationError as error:
        return None, tuple(
            part.problem(fault, of_key=details["type"] == "extra_forbidden")
            for details in error.errors(include_url=False)
            for fault in _faults(details, record)
        )


def _faults(details: ErrorDetails, root: type[Record]) -> Iterator[Fault]:
    path = details["loc"]
    refused = details.get("ctx", {}).get("error")
    if isinstance(refused, Refused) and refused.faults:
        for fault in refused.faults:
            yield fault._replace(path=(*path, *fault.path))
    elif details["input"] is None:
        yield Fault(f"{_subject(path)} has no value", "write one, or take the line out", path)
    else:
        yield _fault(details, root)._replace(path=path)


def _fault(details: ErrorDetails, root: type[Record]) -> Fault:
    kind, path, value = details["type"], details["loc"], details["input"]
    context: dict[str, Any] = details.get("ctx", {})
    if kind == "missing":
        key = str(path[-1])
        return Fault(f"'{key}' is missing", describe(key, _record_at(root, path[:-1])))
    if kind == "extra_forbidden":
        return _unknown_key(str(path[-1]), _record_at(root, path[:-1]))
    if kind in _SHAPES:
        return Fault(f"{_subject(path)} should be {_SHAPES[kind]}, not {_noun(value)}")
    if kind == "string_pattern_mismatch":
        message, hint = PATTERNS[context["pattern"]]
        return Fault(message.format(value), hint)
    if kind == "enum":
        similar = did_you_mean(str(value), context["expected"].split("'")[1::2])
        hint = f"did you mean '{similar}'?" if similar else ""
        return Fault(f"'{value}' is none of {context['expected']}", hint)
    return Fault(_SENTENCES[kind](_subject(path), value, context))


_SHAPES = {
    "string_type": "text",
    "model_type": "keys and values",
    "tuple_type": "a list",
    "bool_type": "true or false",
    "float_type": "a number",
    "int_type": "a whole number",
}

_SENTENCES: dict[str, Callable[[str, Any, dict[str, Any]], str]] = {
    "string_too_short": lambda subject, _value, _context: f"{subject} is empty",
    "too_short": lambda subject, value, context: (
        f"{subject} needs at least {context['min_length']} "
        f"{'entry' if context['min_length'] == 1 else 'entries'}, and has {len(value)}"
    ),
    "float_parsing": lambda _subject, value, _context: f"'{value}' is no number",
    "finite_number": lambda _subject, value, _context: f"'{value}' is no number",
    "int_parsing": lambda _subject, value, _context: f"'{value}' is no whole number",
    "int_parsing_size": lambda _subject, value, _context: f"'{value}' is no whole number",
    "bool_parsing": lambda _subject, value, _context: f"'{value}' is neither true nor false",
    "greater_than": lambda subject, value, context: (
        f"{subject} is {value}, and should be more than {context['gt']:g}"
    ),
    "greater_than_equal": lambda subject, value, context: (
        f"{subject} is {value}, and should be at least {context['ge']:g}"
    ),
    "less_than_equal": lambda subject, value, context: (
        f"{subject} is {value}, and should be at most {context['le']:g}"
    ),
}


def _subject(path: Path) -> str:
    if path and isinstance(path[-1], str):
        return f"'{path[-1]}'"
    return "this entry" if path else "this file"


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
