"""What is wrong with a story folder, and what looks wrong: all that `storymap check` tells.

It makes no page, and imports nothing of what makes one.
"""

from collections.abc import Iterable
from pathlib import Path

from storymap import reading
from storymap.problems import Problem, Severity


def check(folder: Path, *, root: Path | None = None) -> tuple[Problem, ...]:
    """Return every problem of the story in *folder*, and what looks wrong or is untranslated.

    Gazetteers that the story shares lie in *root*, by default the folder that *folder* lies in.
    """
    return problems_of(reading.read_survey(folder, root=root))


def problems_of(survey: "reading.Survey") -> tuple[Problem, ...]:
    """Return what `check` does, of a story that was read."""
    from storymap.audit import findings  # noqa: PLC0415 - a build does without

    doubts = (
        survey.entries[id].problem(fault, Severity.WARNING)
        for id, fault in findings(survey.located)
    )
    return tuple(sorted((*survey.problems, *survey.untranslated, *doubts)))


def inputs(folder: Path, *, root: Path | None = None) -> tuple[Path, ...]:
    """Return where all lies that the story in *folder* is made from; *root* is as for `check`."""
    return folder, *reading.list_shared(folder, root=root)


def blocking(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Tell whether *problems* stop a build: errors do, with *strict* warnings too."""
    return any(strict or problem.severity is Severity.ERROR for problem in problems)
