"""Arguments and options that several commands take."""

from pathlib import Path

import click

FOLDER = click.argument(
    "folder", type=click.Path(path_type=Path), default=Path("places"), metavar="[FOLDER]"
)
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
