"""What a preview shows: the last good page, and the problems of the story as it is now.

The story may break at any time; the page stays until there is a better one.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from threading import Condition

from jinja2 import TemplateError

from storymap.pipeline import LanguageError, Made
from storymap.problems import Problem


@dataclass(frozen=True, slots=True)
class State:
    """What is to be seen at one moment."""

    page: bytes = b""
    """the last good page; empty until there is one"""
    problems: tuple[Problem, ...] = ()
    """of the story as it is now"""
    outdated: bool = False
    """whether problems keep the page from showing the story as it is now"""

    @property
    def version(self) -> str:
        """A name for the page, the same for the same bytes; empty for none."""
        return sha256(self.page).hexdigest()[:16] if self.page else ""

    def message(self) -> str:
        """Return what the browser is told, as JSON on one line."""
        return json.dumps(
            {
                "page": self.version,
                "outdated": self.outdated,
                "problems": [_told(problem) for problem in self.problems],
            }
        )


class Session:
    """Makes the page again and again, and lets any number of threads wait for what comes of it."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._state = State()
        self._changed = Condition()

    @property
    def state(self) -> State:
        """What is to be seen now."""
        return self._state

    def rebuild(self) -> State:
        """Make the page anew; whatever goes wrong is a problem to be shown, and no end."""
        try:
            made = self._make()
        except Exception as error:  # noqa: BLE001 - the author goes on, whoever is at fault
            made = Made((_problem_of(error),), None)
        page = self._state.page if made.page is None else made.page
        state = State(page, made.problems, outdated=made.page is None)
        with self._changed:
            self._state = state
            self._changed.notify_all()
        return state

    def wait(self, seen: State | None, seconds: float) -> State:
        """Return the state as soon as it is another than *seen*, else after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._state != seen, seconds)
            return self._state


def _told(problem: Problem) -> dict[str, str]:
    where = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    return {
        "where": where,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
    }


def _problem_of(error: Exception) -> Problem:
    """Return what the check of a story cannot find, as `storymap build` would say it."""
    if isinstance(error, OSError | TemplateError | LanguageError):
        return Problem("storymap", 0, 0, str(error))
    hint = "`storymap build` tells more of it"
    return Problem("storymap", 0, 0, f"this is a fault of ours: {error!r}", hint)
