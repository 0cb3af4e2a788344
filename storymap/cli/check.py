"""`storymap check`."""

import sys
from pathlib import Path

import click

from storymap.cli.options import FOLDER, STRICT
from storymap.cli.speech import result, say, summary


@click.command()
@FOLDER
@STRICT
def check(folder: Path, *, strict: bool) -> None:
    """List every problem of the story in FOLDER (by default: places), writing nothing."""
    from storymap import pipeline  # noqa: PLC0415 - `--help` needs none of it

    problems = pipeline.check(folder)
    for problem in problems:
        result(problem)
    say(summary(problems, strict=strict))
    sys.exit(1 if pipeline.blocking(problems, strict=strict) else 0)
