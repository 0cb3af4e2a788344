"""Many stories built beside each other, and the page that lists them.

A story that fails stops no other, and what comes out is the same whatever order they end in.
"""

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from jinja2 import TemplateError

from storymap import overview, pipeline
from storymap.forks import processors
from storymap.metadata import PAGE
from storymap.problems import Problem
from storymap.processes import Processes
from storymap.writing import Written, write_file

DIED = "the process that built it ended before it was done"


class SameNameError(ValueError):
    """Two stories would be written to one folder; renaming one of them mends that."""

    def __init__(self, first: Path, second: Path) -> None:
        super().__init__(f"'{first}' and '{second}' would both be written to one folder")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of many stories."""

    folder: Path
    """as it was given"""
    problems: tuple[Problem, ...] = ()
    """what its author should look at"""
    written: tuple[Written, ...] = ()
    """its pages, and what other sites read of them; nothing where it failed"""
    failure: str = ""
    """what stopped it, where that is none of the problems"""
    entry: overview.Entry | None = field(default=None, repr=False)
    """what the list says of it; None where it failed"""

    @property
    def failed(self) -> bool:
        """Whether it has no new page; an older one is left as it was."""
        return self.entry is None

    @property
    def changed(self) -> bool:
        """Whether anything was written that had not been there."""
        return any(each.changed for each in self.written)


@dataclass(frozen=True, slots=True)
class Library:
    """Many stories, in the order in which their folders were given."""

    outcomes: tuple[Outcome, ...]
    page: Written | None
    """which lists them; None where all of them failed"""


@dataclass(frozen=True, slots=True)
class _Task:
    """A story for some process to build, maybe on another computer that has the same disk."""

    folder: Path
    output: Path
    options: Mapping[str, Any]

    def run(self) -> Outcome:
        try:
            built = pipeline.build(self.folder, self.output, **self.options)
            entry = pipeline.listed(built, self.output.name) if built.page else None
        except (pipeline.LanguageError, OSError, TemplateError) as error:
            return Outcome(self.folder, failure=str(error))
        except Exception as error:  # noqa: BLE001 - not each gets from one process to another
            return Outcome(self.folder, failure=_named(error))
        return Outcome(self.folder, built.problems, (*built.pages, *built.shared), entry=entry)


def build_many(  # noqa: PLR0913 - one for each option
    folders: Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    executor: Executor | None = None,
    jobs: int | None = None,
    ended: Callable[[Outcome], object] = lambda _: None,
    base_url: str | None = None,
    root: Path | None = None,
    templates: Path | None = None,
    **options: Any,  # noqa: ANN401 - of `pipeline.build`, which knows their types
) -> Library:
    """Build each story into a folder of its name in *output*, and there a page that lists them.

    They are built by *executor*, which stays open, or by *jobs* processes of our own, as many as
    there are processors. *ended* is called with each outcome, in the order of the folders. The
    *base_url* is that of the list; the other options are those of `pipeline.build`.

    Raises:
        SameNameError: two stories would be written to one folder.
        OutputError: the list can't be written.
        jinja2.TemplateError: the list's template in *templates* is at fault.
    """
    given = {_absolute(folder): Path(folder) for folder in folders}
    home = _absolute(output)
    _check_names(given.values())
    shared = options | {
        "root": root and _absolute(root),
        "templates": templates and _absolute(templates),
    }
    tasks = [
        _Task(folder, home / folder.name, shared | {"base_url": _beside(base_url, folder.name)})
        for folder in given
    ]
    outcomes = []
    for outcome in _run(tasks, executor, jobs or processors()):
        paths = (each.path.relative_to(home) for each in outcome.written)
        written = [
            replace(each, path=output / path)
            for each, path in zip(outcome.written, paths, strict=True)
        ]
        outcomes.append(replace(outcome, folder=given[outcome.folder], written=tuple(written)))
        ended(outcomes[-1])
    entries = [outcome.entry for outcome in outcomes if outcome.entry]
    page = overview.render(entries, templates=templates).encode() if entries else b""
    return Library(tuple(outcomes), write_file(Path(output, PAGE), page) if page else None)


def _run(tasks: Sequence[_Task], executor: Executor | None, jobs: int) -> Iterator[Outcome]:
    """Yield what becomes of each task, in their order.

    What an executor leaves undone because one of its processes died is done by one of our own.
    """
    own = Processes(max(1, min(jobs, len(tasks))))
    futures = [_submitted(task, executor or own) for task in tasks]
    try:
        for task, future in zip(tasks, futures, strict=True):
            outcome = _outcome(task, future)
            if outcome is None and executor:
                outcome = _outcome(task, own.submit(_Task.run, task))
            yield outcome or Outcome(task.folder, failure=DIED)
    finally:
        for future in futures:
            future.cancel()
        own.shutdown()


def _outcome(task: _Task, future: Future[Outcome]) -> Outcome | None:
    """Wait for what becomes of a task; None where a process died."""
    try:
        return future.result()
    except BrokenExecutor:
        return None
    except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
        return Outcome(task.folder, failure=_named(error))


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _submitted(task: _Task, executor: Executor) -> Future[Outcome]:
    try:
        return executor.submit(_Task.run, task)
    except BrokenExecutor as error:
        broken: Future[Outcome] = Future()
        broken.set_exception(error)
        return broken


def _check_names(folders: Iterable[Path]) -> None:
    """Refuse folders whose names are one to some file system."""
    seen: dict[str, Path] = {}
    for folder in folders:
        name = unicodedata.normalize("NFC", _absolute(folder).name).casefold()
        if name in seen:
            raise SameNameError(seen[name], folder)
        seen[name] = folder


def _absolute(path: str | os.PathLike[str]) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` would give a link another name


def _beside(base_url: str | None, name: str) -> str | None:
    return base_url and urljoin(base_url, f"{quote(name)}/")
