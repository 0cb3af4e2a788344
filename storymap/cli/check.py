"""`storymap check`."""

import sys
from pathlib import Path

import click

from storymap.cli.options import FOLDER, ROOT, STRICT
from storymap.cli.reports import REPORTS
from storymap.cli.speech import result, say, summary


@click.command()
@FOLDER
@ROOT
@STRICT
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTS)),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of a change on GitHub.",
)
def check(folder: Path, root: Path | None, form: str, *, strict: bool) -> None:
    """List every problem of the story in FOLDER (by default: places), writing nothing.

    Beyond what stops a build, it doubts settlements in the sea, places outside their country or
    the place that they are part of, and names in letters that their language does not use.
    """
    from storymap import pipeline  # noqa: PLC0415 - `--help` needs none of it

    problems = pipeline.check(folder, root=root)
    text = REPORTS[form](problems, folder)
    if text:
        result(text)
    say(summary(problems, strict=strict))
    sys.exit(1 if pipeline.blocking(problems, strict=strict) else 0)
