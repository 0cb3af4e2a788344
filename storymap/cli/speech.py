"""What the command line says: results on stdout, speech on stderr. The only `print`."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from shlex import quote

from storymap.problems import Problem, Severity

_UNFOLDED = 100_000  # characters, more than any row has


def speak_utf8() -> None:
    """Say and write everything as UTF-8, but on a terminal, which has its own way of writing.

    What that cannot write, it writes as `?`; names of files that are no UTF-8 come out as they are.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.isatty():
            stream.reconfigure(errors="replace")
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def result(text: object) -> None:
    """Write a result, for people and pipes alike."""
    print(text, flush=True)


def say(text: object) -> None:
    """Say something that is no result."""
    print(text, file=sys.stderr)


def typed(path: Path) -> str:
    """Return *path* as it is typed into a terminal, where a space parts two words."""
    if os.name == "nt":
        return f'"{path}"' if " " in str(path) else str(path)
    return quote(str(path))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows in columns, folded to fit a terminal; for a pipe, each row is one line."""
    from rich.console import Console  # noqa: PLC0415 - few commands show one
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    grid = Table(box=None, pad_edge=False, header_style="")
    for heading in headings:
        grid.add_column(heading)
    for row in rows:
        grid.add_row(*map(Text, row))
    width = None if sys.stdout.isatty() else _UNFOLDED
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        console.print(grid)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


@contextmanager
def progress(done: int, total: int, text: str) -> Iterator[Callable[[], None]]:
    """Show on a terminal how far a long task has come, for as long as it takes to go on.

    What it gives is to be called whenever the task has come one step farther. Results wait until
    it is over.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415 - few commands take long
    from rich.progress import Progress  # noqa: PLC0415 - as above

    console = Console(stderr=True)
    with Progress(console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(text, total=total, completed=done)
        yield lambda: bar.advance(task)


def summary(problems: Sequence[Problem], *, strict: bool) -> str:
    """Count *problems* in words."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "no problems"
    text = " and ".join(
        counted(number, noun)
        for number, noun in ((errors, "error"), (warnings, "warning"))
        if number
    )
    return f"{text}; with --strict, warnings count" if strict and not errors else text


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 error`, `2 errors`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
