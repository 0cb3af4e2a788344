"""`storymap build`."""

import sys
import time
from pathlib import Path

import click

from storymap.cli.options import FOLDER, ROOT, STRICT, TEMPLATES
from storymap.cli.speech import result, say, summary


@click.command()
@FOLDER
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="Folder that the page is written to.",
)
@ROOT
@STRICT
@TEMPLATES
def build(
    folder: Path, output: Path, root: Path | None, templates: Path | None, *, strict: bool
) -> None:
    """Build the story in FOLDER (by default: places) into one page."""
    from jinja2 import TemplateError  # noqa: PLC0415 - `--help` needs none of it

    from storymap import pipeline  # noqa: PLC0415 - as above

    started = time.perf_counter()
    try:
        built = pipeline.build(folder, output, root=root, templates=templates, strict=strict)
    except (OSError, TemplateError) as error:
        say(f"storymap: {error}")
        sys.exit(1)
    for problem in built.problems:
        say(problem)
    if built.page is None:
        say(summary(built.problems, strict=strict))
        sys.exit(1)
    result(built.page.path)
    if built.page.changed:
        size = built.page.path.stat().st_size
        say(f"built in {time.perf_counter() - started:.1f} s, {size:,} bytes")
    else:
        say("nothing changed, nothing written")
