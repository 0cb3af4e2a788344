"""Changes of files, told when whoever writes them has come to rest.

Editors save in many ways: in place, by a file beside it that takes its name, with copies and locks
of their own. What they leave on the way is passed over, and one save is told once.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR
from threading import Event

from watchfiles import DefaultFilter, watch

REST_MS = 10
"""without another change, until those so far are told"""
PATIENCE_MS = 500
"""after which changes are told though there are ever more"""
LOOK_MS = 100
"""between looks at what the system does not report: single files, and folders put elsewhere"""

PASSING = (r"^\.", r"^#.*#$", r"^4913$", r"\.tmp$", r"\.part$", r"\.bak$")
"""names that editors give to what is not yet, or no longer, a file of the author's"""


class _Authored(DefaultFilter):
    """Lets what an author means to save through."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, *PASSING)


def changes(
    paths: Callable[[], Iterable[Path]], stop: Event | None = None
) -> Iterator[tuple[Path, ...]]:
    """Yield what has changed at the *paths*, folders with all that is in them and single files.

    The first comes at once and is empty: from then on no change is missed, so that it is the time
    for a first look. After each change it is asked anew which paths count. Nothing at a path is no
    fault, and something that comes there is a change. It ends when *stop* is set.
    """
    stop = stop or Event()
    moved: tuple[Path, ...] = ()
    while not stop.is_set():
        before = {path: _identity(path) for path in _whole(paths())}
        reports = watch(
            *(path for path in before if path.is_dir()),
            watch_filter=_Authored(),
            debounce=PATIENCE_MS,
            step=REST_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            stop_event=stop,
        )
        for number, report in enumerate(reports):
            reported = sorted({Path(path) for _, path in report})
            if reported or not number:
                yield (*moved, *reported)
            moved = tuple(
                path for path in before if path in reported or _identity(path) != before[path]
            )
            if moved or (reported and {*_whole(paths())} != {*before}):
                break  # and watch what counts now, where it stands now


def _whole(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the paths as the system reports them."""
    return (path.absolute() for path in paths)


def _identity(path: Path) -> tuple[int, ...] | None:
    """Return what differs once a file is saved or a folder is another one; None for nothing."""
    try:
        found = path.stat()
    except OSError:
        return None
    if S_ISDIR(found.st_mode):
        return (found.st_ino,)
    return found.st_ino, found.st_mtime_ns, found.st_size
