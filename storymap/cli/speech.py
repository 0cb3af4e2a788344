"""What the command line says: results on stdout, speech on stderr. The only `print`."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from storymap.problems import Problem, Severity

_BAR = 24  # characters


def result(text: object) -> None:
    """Write a result, for people and pipes alike."""
    print(text, flush=True)


def say(text: object) -> None:
    """Say something that is no result."""
    print(text, file=sys.stderr)


@contextmanager
def progress(done: int, total: int, text: str) -> Iterator[None]:
    """Show on a terminal how far a long task has come, for as long as it takes to go on."""
    if not sys.stderr.isatty():
        yield
        return
    bar = "#" * (_BAR * done // total)
    print(f"\r[{bar:.<{_BAR}}] {done}/{total} {text}", end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


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
