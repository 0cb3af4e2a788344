"""The pages of reference in docs/, made from what the program itself says.

    python3 tools/make_reference.py

`tests/test_docs.py` compares them, so that they are never behind.
"""

import sys
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from storymap.cli import main  # noqa: E402 - found by the path above
from storymap.editing.manner import Manner, Value  # noqa: E402 - as above
from storymap.reading import event_rows, place_rows  # noqa: E402 - as above
from storymap.reading.schemas import json_schemas  # noqa: E402 - as above

Schema = dict[str, Any]

FILES = {
    "story": "story.yaml",
    "gazetteer": "gazetteer.yaml",
    "event": "events/010-name.md",
    "routes": "routes.yaml",
    "sources": "sources.yaml",
    "geocodes": "geocodes.lock.yaml",
    "story-translation": "story.sk.yaml",
    "event-translation": "events/010-name.sk.md",
}
COMMANDS = """\
# Commands

Whoever only runs `build.py` writes `python3 build.py` in the place of `storymap`. Results go to
stdout, all else to stderr. The exit code is 0 when all is fine, 1 when the story has problems or
nothing could be written, 2 for wrong usage.
"""
KEYS = """\
# Every key of every file

A key with a star has to be there. Where an id of a source is expected, the id alone will do.
`storymap schema` prints the same for editors, as JSON Schema.
"""

SHEETS = """\
## gazetteer.csv, .tsv, .xlsx

In the place of gazetteer.yaml there may be a spreadsheet, one row a place. These are its columns,
in any order; only the name has to be there.
"""
EVENT_SHEETS = """\
## events.csv, .tsv, .xlsx

In the place of the folder events/ there may be a spreadsheet, one row an event, in story order.
"""


def commands() -> str:
    """Return the page of all commands and their options."""
    context = click.Context(main, info_name="storymap")
    return "\n".join([COMMANDS, *_group(main, context)])


def _group(group: click.Group, parent: click.Context) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        context = click.Context(command, parent, info_name=name)
        if isinstance(command, click.Group):
            yield from _group(command, context)
        else:
            yield from _command(command, context)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    arguments = [
        each.metavar or each.human_readable_name.upper()
        for each in command.params
        if isinstance(each, click.Argument)
    ]
    yield f"## `{' '.join([context.command_path, *arguments])}`\n"
    yield f"{cleandoc(command.help or '')}\n"
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        yield from _table("option | what it does", map(_option, options))


def _option(option: click.Option) -> tuple[str, ...]:
    names = [f"`{name}`" for name in sorted([*option.opts, *option.secondary_opts], key=len)]
    value = f" {option.metavar}" if option.metavar else ""
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    among = f" ({', '.join(f'`{choice}`' for choice in choices)})" if choices else ""
    return ", ".join(names) + value, f"{str(option.help).removesuffix('.')}{among}"


def keys() -> str:
    """Return the page of all keys that an author can write."""
    schemas = json_schemas()
    files = [line for kind in FILES for line in _file(kind, schemas[kind])]
    heading = "column | what it holds | for example"
    places = _table(heading, map(_column, place_rows.COLUMNS.items()))
    events = _table(heading, map(_column, event_rows.COLUMNS.items()))
    return "\n".join([KEYS, *files, SHEETS, *places, EVENT_SHEETS, *events])


def _column(column: tuple[str, tuple[str, str]]) -> tuple[str, ...]:
    name, (words, example) = column
    return f"`{name}`", words, f"`{example}`"


def _file(kind: str, schema: Schema) -> Iterator[str]:
    yield f"## {FILES[kind]}\n"
    defined = schema.get("$defs", {})
    waiting = [("", schema)]
    seen = set()
    while waiting:
        path, shape = waiting.pop(0)
        record = _record(shape, defined)
        if not record or record["title"] in seen:
            continue
        seen.add(record["title"])
        if path:
            yield f"### {path}\n"
        yield f"{record['description']}\n"
        fields = record["properties"].items()
        rows = (_key(k, v, defined, starred=k in record.get("required", ())) for k, v in fields)
        yield from _table("key | what it says | for example", rows)
        waiting += [(f"{path}.{k}".lstrip("."), v) for k, v in fields]


def _record(shape: Schema, defined: Schema) -> Schema | None:
    """Return the mapping that a value is, or that those in it are."""
    if "$ref" in shape:
        return _record(defined[shape["$ref"].rpartition("/")[2]], defined)
    if "properties" in shape:
        return shape
    inner = [*shape.get("anyOf", []), *([shape["items"]] if "items" in shape else [])]
    return next((found for each in inner if (found := _record(each, defined))), None)


def _key(key: str, shape: Schema, defined: Schema, *, starred: bool) -> tuple[str, ...]:
    words = shape["description"]
    if among := _choices(shape, defined):
        words += f" ({', '.join(f'`{word}`' for word in among)})"
    record = _record(shape, defined)
    example = Manner("").line(
        _value(shape["examples"][0], [*record["properties"]] if record else [])
    )
    return f"`{key}`{' *' if starred else ''}", words, f"`{example}`"


def _choices(shape: Schema, defined: Schema) -> list[str]:
    if "$ref" in shape:
        return _choices(defined[shape["$ref"].rpartition("/")[2]], defined)
    found: list[str] = shape.get("enum", [])
    return found


def _value(example: object, order: list[str]) -> Value:
    """Return an example with its keys in the *order* of their record, which schemas have lost."""
    if isinstance(example, dict):
        keys = sorted(example, key=lambda key: order.index(key) if key in order else len(order))
        return {key: _value(example[key], order) for key in keys}
    if isinstance(example, list):
        return [_value(value, order) for value in example]
    return example if isinstance(example, bool) else str(example)


def _table(heading: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {heading} |\n|{'---|' * len(heading.split('|'))}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
    yield ""


PAGES = {"commands": commands, "keys": keys}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (ROOT / "docs" / f"{name}.md").write_text(page(), encoding="utf-8")
