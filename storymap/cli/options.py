"""Arguments and options that several commands take."""

from pathlib import Path

import click

STORY_FOLDER = Path("places")
"""of the story that is meant where no other is named"""

FOLDER = click.argument(
    "folder", type=click.Path(path_type=Path), default=STORY_FOLDER, metavar="[FOLDER]"
)
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
TEMPLATES = click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of Jinja templates that go before the built-in ones.",
)
ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder that shared gazetteers lie in; by default the one that FOLDER lies in.",
)
STORY = click.option(
    "--story",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=STORY_FOLDER,
    show_default=True,
    metavar="DIR",
    help="Folder of the story.",
)
