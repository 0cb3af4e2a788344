"""`storymap add`: places and events written into the author's own files."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.options import ROOT, STORY, STORY_FOLDER
from storymap.cli.speech import result, say, typed
from storymap.model import NameKind, Precision
from storymap.problems import Severity, StoryError
from storymap.writing import write_file

if TYPE_CHECKING:
    from storymap.editing import Draft
    from storymap.editing.manner import Value


@click.group()
def add() -> None:
    """Add to a story: a place to its gazetteer, or an event."""


def _coordinates(_context: click.Context, _option: click.Parameter, text: str) -> list[str]:
    numbers = text.replace(",", " ").split()
    if text and len(numbers) != 2:
        message = f"{text!r} is no latitude and longitude, such as 43.25,76.95"
        raise click.BadParameter(message)
    return numbers


@add.command()
@click.argument("name")
@click.option("--country", metavar="CC", help="Country it lies in today, such as KG.")
@click.option("--id", help="What other files call it; by default made from NAME.")
@click.option("--language", metavar="TAG", help="Language of NAME; by default the story's.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in NameKind]),
    default=NameKind.OFFICIAL.value,
    show_default=True,
    help="Whose name it is.",
)
@click.option("--within", metavar="ID", help="Place that it is part of.")
@click.option("--hint", "hints", multiple=True, help="Word that tells it from its namesakes.")
@click.option("--at", default="", metavar="LAT,LON", callback=_coordinates, help="Where it is.")
@click.option(
    "--precision",
    type=click.Choice([each.value for each in Precision]),
    help="How well that is known.",
)
@click.option("--radius-km", metavar="KM", help="How far from there the truth may lie.")
@click.option("--at-source", metavar="TEXT", help="Where the coordinates are from.")
@click.option("--unlocated", metavar="REASON", help="Why nobody can locate it.")
@STORY
@ROOT
def place(folder: Path, root: Path | None, name: str, **given: "Value | None") -> None:
    """Add the place NAME to the gazetteer of a story."""
    from storymap.editing import add_place  # noqa: PLC0415 - `--help` needs none of it

    location = _location(given)
    named = {"text": name, "language": _text(given["language"]), "kind": _text(given["kind"])}
    keys = {"country": given["country"], "within": given["within"], "hints": given["hints"]}
    # a place that has yet to be located is judged as one that nobody can locate
    trial = location or {"precision": Precision.UNLOCATED, "reason": "not known yet"}
    with _declining():
        draft, tried = (
            add_place(folder, named, _said({"location": each, **keys}), _text(given["id"]))
            for each in (location, trial)
        )
    _write(folder, root, draft, tried)
    where = "" if folder == STORY_FOLDER else f" --story {typed(folder)}"
    if location:
        event = f"storymap add event TITLE --when DATE --place {draft.id}{where}"
        say(f"next, name it in an event: {event}")
    else:
        say(f"next, find out where it is: storymap locate {draft.id}{where}")


@add.command()
@click.argument("title")
@click.option("--when", metavar="EDTF", help="When it was; without it, nobody knows.")
@click.option("--place", "places", multiple=True, metavar="ID", help="Where it was.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Who says so.")
@click.option("--after", metavar="ID", help="Step that it follows; by default as its date says.")
@click.option("--flashback", is_flag=True, help="It goes back in time.")
@click.option("--id", metavar="ID", help="What links call it; by default made from TITLE.")
@STORY
@ROOT
def event(folder: Path, root: Path | None, title: str, **given: "Value | None") -> None:
    """Add the event TITLE, one step of a story, as a file of its own."""
    from storymap.editing import add_event  # noqa: PLC0415 - `--help` needs none of it

    keys = _said({key: given[key] for key in ("when", "places", "flashback", "sources")})
    id, after = _text(given["id"]), _text(given["after"])
    with _declining():
        draft = add_event(folder, title, keys, id=id, after=after)
    _write(folder, root, draft, draft)
    say("next, write there what happened")


def _said(values: "Mapping[str, Value | None]") -> "dict[str, Value]":
    """Leave out what was not said."""
    return {key: value for key, value in values.items() if value}


def _text(value: "Value | None") -> str:
    return value if isinstance(value, str) else ""


def _location(given: "Mapping[str, Value | None]") -> "dict[str, Value]":
    """Return what the `location` of a place says; nothing where that has yet to be found out."""
    more = {"radius-km": given["radius_km"], "source": given["at_source"]}
    if given["unlocated"] and not given["at"]:
        return {"precision": Precision.UNLOCATED, "reason": given["unlocated"]}
    if given["unlocated"]:
        message = "--at says where it is, --unlocated that nobody knows"
        raise click.UsageError(message)
    if given["at"]:
        usual = Precision.APPROXIMATE if given["radius_km"] else Precision.SETTLEMENT
        return _said({"point": given["at"], "precision": given["precision"] or usual, **more})
    if _said({"precision": given["precision"], **more}):
        message = "--precision, --radius-km and --at-source go with --at"
        raise click.UsageError(message)
    return {}


@contextmanager
def _declining() -> Iterator[None]:
    """End in words where something cannot be added, or not be written."""
    from storymap.editing import DeclinedError  # noqa: PLC0415 - `--help` needs none of it

    try:
        yield
    except (DeclinedError, OSError) as error:
        say(f"storymap: {error}")
    except StoryError as error:
        say(error)
    else:
        return
    say("nothing was written")
    sys.exit(1)


def _write(folder: Path, root: Path | None, draft: "Draft", trial: "Draft") -> None:
    """Write what is added, unless it would bring errors; *trial* is what is judged."""
    from storymap.editing import new_problems  # noqa: PLC0415 - as above

    problems = new_problems(folder, {trial.name: trial.data}, root)
    errors = [each for each in problems if each.severity is Severity.ERROR]
    with _declining():
        if errors:
            # no file has the line that they would be in
            raise StoryError(replace(each, file="storymap", line=0) for each in errors)
        write_file((folder / draft.name).resolve(), draft.data, over=draft.read)
    result(f"{folder / draft.name}:{draft.line}\n{draft.added}")
    for problem in problems:
        if problem.message != f"the place '{draft.id}' is never used":
            say(problem)
