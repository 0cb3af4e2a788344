"""`storymap pull`."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from storymap.cli.options import FOLDER
from storymap.cli.speech import counted, result, say

_MOST_NAMED = 5


@click.command()
@FOLDER
def pull(folder: Path) -> None:
    """Fetch the spreadsheets that FOLDER/story.yaml names under `pull`, and tell what changed.

    With any fault the file that is there stays. Beside `locate --online`, no other command uses
    the network.
    """
    from storymap import pulling  # noqa: PLC0415 - `--help` needs none of it

    sheets, problems = pulling.sheets_to_pull(folder)
    for problem in problems:
        say(problem)
    if not sheets and not problems:
        say(f"{folder / 'story.yaml'} names no spreadsheet under `pull`")
    failed = not sheets
    for name, url in sheets.items():
        path = folder / name
        try:
            changes = pulling.pull(path, url)
        except OSError as error:
            failed = True
            say(f"{path}: {error}")
        else:
            result(f"{path}: {_told(changes.added, changes.removed, changes.changed)}")
    sys.exit(1 if failed else 0)


def _told(added: Sequence[str], removed: Sequence[str], changed: Sequence[str]) -> str:
    parts = [
        f"{counted(len(rows), 'row')} {verb}: {_named(rows)}"
        for rows, verb in ((added, "added"), (removed, "removed"), (changed, "changed"))
        if rows
    ]
    return "; ".join(parts) or "nothing changed"


def _named(rows: Sequence[str]) -> str:
    more = len(rows) - _MOST_NAMED
    return ", ".join([*rows[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else [])])
