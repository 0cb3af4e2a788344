"""`storymap places`."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from storymap.cli.options import FOLDER, ROOT
from storymap.cli.speech import counted, result, say, summary, table
from storymap.dates import DateError, When, parse
from storymap.model import Place, Precision, Story

FORMATS = ("text", "csv", "json", "geojson")


def _date(_context: click.Context, _option: click.Parameter, text: str | None) -> When | None:
    try:
        return None if text is None else parse(text)
    except DateError as error:
        raise click.BadParameter(str(error)) from None


@click.command()
@FOLDER
@ROOT
@click.option(
    "--names-at",
    callback=_date,
    metavar="EDTF",
    help="Call the places what they were called then; by default, by their latest name.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="A table to read, or the whole gazetteer as a file of this kind.",
)
def places(folder: Path, root: Path | None, names_at: When | None, form: str) -> None:
    """List the places of the story in FOLDER (by default: places).

    The table says how precisely each is known, which steps and routes name it, and on whose word.
    The other formats are files that Storymap reads as a gazetteer, and other programs read too.
    """
    from storymap.exchange import FORMS  # noqa: PLC0415 - `--help` needs none of it
    from storymap.reading import read_story  # noqa: PLC0415 - as above

    story, problems = read_story(folder, root=root)
    if story is None:
        for problem in problems:
            say(problem)
        say(summary(problems, strict=False))
        sys.exit(1)
    called = {place.id: _called(place, names_at, story.language) for place in story.places}
    if form != "text":
        listed = [_first_named(place, called[place.id]) for place in story.places]
        result(FORMS[form](listed).removesuffix("\n"))
        return
    rows = [
        (
            place.id,
            " · ".join(called[place.id]),
            _precision(place),
            ", ".join(_uses(place, story)),
            place.location.source or ", ".join(citation.source for citation in place.citations),
        )
        for place in story.places
    ]
    result(table(("id", "place", "precision", "used in", "source"), rows))
    unlocated = sum(place.location.point is None for place in story.places)
    say(f"{counted(len(rows), 'place')}, {unlocated} of them not on the map")


def _called(place: Place, when: When | None, language: str) -> tuple[str, ...]:
    from storymap import scenes  # noqa: PLC0415 - as above

    names = scenes.names_at(place, when, language)
    return names if when else names[:1]


def _first_named(place: Place, called: tuple[str, ...]) -> Place:
    """Return the place with the names that it is called by before its others."""
    return replace(place, names=tuple(sorted(place.names, key=lambda n: n.text not in called)))


def _precision(place: Place) -> str:
    radius = place.location.radius_m
    shown = f", {radius / 1000:g} km" if radius else ""
    known = place.location.precision
    return f"{known}{shown}" if known is not Precision.UNLOCATED else "unlocated"


def _uses(place: Place, story: Story) -> list[str]:
    """Return the ids of the steps that name a place, then those of the routes."""
    steps = [event.id for event in story.events if place.id in event.places]
    return steps + [
        route.id for route in story.routes if place.id in {stop.place for stop in route.stops}
    ]
