"""`storymap check`."""

import gc
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import click

from storymap import checks
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
@click.option("--watch", is_flag=True, help="Check again after each change, until Ctrl-C.")
def check(folder: Path, root: Path | None, form: str, *, watch: bool, strict: bool) -> None:
    """List every problem of the story in FOLDER (by default: places), writing nothing.

    Beyond what stops a build, it doubts settlements in the sea, places outside their country or
    the place that they are part of, and names in letters that their language does not use.
    """
    if not watch:
        sys.exit(0 if _passes(folder, root, form, strict=strict) else 1)
    from storymap import preview  # noqa: PLC0415 - a single check does without

    gc.enable()  # other commands end before it pays
    with suppress(KeyboardInterrupt):
        for _ in preview.changes(partial(checks.inputs, folder, root=root)):
            _passes(folder, root, form, strict=strict)


def _passes(folder: Path, root: Path | None, form: str, *, strict: bool) -> bool:
    """Report on the story once, and tell whether it could be built."""
    problems = checks.check(folder, root=root)
    text = REPORTS[form](problems, folder)
    if text:
        result(text)
    say(summary(problems, strict=strict))
    return not checks.blocking(problems, strict=strict)
