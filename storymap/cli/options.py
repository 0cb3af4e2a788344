"""Arguments and options that several commands take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

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


def _checked_address(
    _context: click.Context, _option: click.Parameter, address: str | None
) -> str | None:
    if address is None:
        return None
    from storymap.reading.faults import Refused  # noqa: PLC0415 - `--help` needs none of it
    from storymap.reading.page_address import check_page_address  # noqa: PLC0415 - as above

    try:
        return check_page_address(address)
    except Refused as refused:
        (fault,) = refused.faults
        message = f"{fault.message}; {fault.hint}"
        raise click.BadParameter(message) from None


BASE_URL = click.option(
    "--base-url",
    metavar="URL",
    callback=_checked_address,
    help="Where the page will be found on the web; goes before base-url in story.yaml.",
)


def output_folder(what: str) -> Callable[[F], F]:
    """Return the option that names the folder of the story's page; *what* is its help."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        default=Path("output"),
        show_default=True,
        metavar="DIR",
        help=what,
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
