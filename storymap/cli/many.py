"""Many stories in one `storymap build`."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storymap.cli.speech import progress, result, say

if TYPE_CHECKING:
    from storymap.many import Library, Outcome


def expanded(words: Sequence[str]) -> list[Path]:
    """Return the paths that are meant; Windows leaves it to programs to find what `*` stands for.

    A pattern that matches nothing stays as it is, to be told as a folder that is not there.
    """
    found = (
        [word] if os.path.lexists(word) else sorted(glob(word)) or [word]  # noqa: PTH207 - the whole of it is a pattern
        for word in words
    )
    return [Path(path) for paths in found for path in paths]


def build_stories(
    paths: Sequence[Path],
    output: Path,
    **options: Any,  # noqa: ANN401 - of `build_many`
) -> None:
    """Build the stories among *paths*, tell what became of each, and end with the exit code."""
    started = time.perf_counter()
    folders = [path for path in paths if _may_be_story(path)]
    for path in paths:
        if path not in folders:
            say(f"{path}: left out, it is no story folder")
    if not folders:
        say("storymap: there is no story folder among them")
        sys.exit(1)
    with progress(0, len(folders), "building") as advance:
        library = _built(folders, output, advance, options)
    for written in (each for outcome in library.outcomes for each in outcome.written):
        result(written.path)
    if library.page:
        result(library.page.path)
    say(f"{_summary(library)}; {time.perf_counter() - started:.1f} s")
    if failed := [str(outcome.folder) for outcome in library.outcomes if outcome.failed]:
        say(f"failed: {', '.join(failed)}")
        sys.exit(1)


def _built(
    folders: Sequence[Path], output: Path, advance: Callable[[], None], options: dict[str, Any]
) -> "Library":
    """Build stories, saying as they come what is wrong with them."""
    from jinja2 import TemplateError  # noqa: PLC0415 - `--help` needs none of it

    from storymap.many import SameNameError, build_many  # noqa: PLC0415 - as above

    def tell(outcome: "Outcome") -> None:
        for problem in outcome.problems:
            say(problem)
        if outcome.failure:
            say(f"{outcome.folder}: {outcome.failure}")
        advance()

    try:
        return build_many(folders, output, ended=tell, **options)
    except SameNameError as error:
        raise click.UsageError(str(error)) from None
    except TemplateError as error:
        say(f"storymap: {error}")
        sys.exit(1)


def _may_be_story(path: Path) -> bool:
    """Tell whether a path is to be built: not what only lies beside stories, as pictures do."""
    return not path.exists() or any(path.glob("story.*")) or any(path.glob("events*"))


def _summary(library: "Library") -> str:
    total = len(library.outcomes)
    built = sum(outcome.changed for outcome in library.outcomes)
    failed = sum(outcome.failed for outcome in library.outcomes)
    stories = f"{total} {'story' if total == 1 else 'stories'}"
    return f"{stories}: {built} built, {total - built - failed} unchanged, {failed} failed"
