"""`storymap new`."""

from pathlib import Path

import click

from storymap.cli.speech import result, say, typed
from storymap.writing import write_new_folder


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="Title of the story.")
def new(folder: Path, title: str) -> None:
    """Make FOLDER, with a small complete story to begin with."""
    from storymap.editing import skeleton  # noqa: PLC0415 - `--help` needs none of it

    write_new_folder(folder, skeleton(title))
    result(folder)
    say(f"next, look at it: storymap serve {typed(folder)}")
