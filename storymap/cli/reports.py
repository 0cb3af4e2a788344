"""Problems written for people, for programs, and for GitHub's review of a change."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from storymap.problems import Problem

Report = Callable[[Sequence[Problem], Path], str]


def as_text(problems: Sequence[Problem], _folder: Path) -> str:
    """Return each problem as `file:line:column: message`, its hint below."""
    return "\n".join(map(str, problems))


def as_json(problems: Sequence[Problem], _folder: Path) -> str:
    """Return a list of objects, with the fields of `Problem`; line 0 is the whole file."""
    return json.dumps([asdict(problem) for problem in problems], indent=2, ensure_ascii=False)


def as_github(problems: Sequence[Problem], folder: Path) -> str:
    """Return workflow commands that annotate the lines of a change.

    Paths are relative to the working directory, which on GitHub is the repository.
    """
    home = Path(os.path.relpath(folder.resolve().parent))
    return "\n".join(_annotation(problem, home) for problem in problems)


def _annotation(problem: Problem, home: Path) -> str:
    properties = {"file": (home / problem.file).as_posix()}
    if problem.line:
        properties |= {"line": str(problem.line), "col": str(problem.column)}
    where = ",".join(
        f"{key}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
    )
    text = "\n".join(part for part in (problem.message, problem.hint) if part)
    return f"::{problem.severity} {where}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


REPORTS: dict[str, Report] = {"text": as_text, "json": as_json, "github": as_github}
"""name of a format -> what writes it"""
