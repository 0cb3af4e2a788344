"""Work done by copies of this process, where it can safely be copied.

What comes out is the same without them: what a copy does not answer, this process works out.
"""

import os
import pickle
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def ahead(work: Callable[[], R], jobs: int) -> Callable[[], R]:
    """Begin *work* in a copy of this process, if there may be so many *jobs*.

    Return what waits for it, and is to be called once; what it makes must be picklable.
    """
    if jobs < 2 or not _can_copy():
        return work
    copy = _copied(work)

    def made() -> R:
        answer = _answer(*copy)
        return answer[0] if answer else work()

    return made


def mapped(work: Callable[[T], R], items: Sequence[T], jobs: int) -> list[R]:
    """Return what *work* makes of each of *items*, in so many processes, this one among them.

    What it makes must be picklable.
    """
    count = min(len(items), jobs if _can_copy() else 1)
    shares = [partial(_each, work, items[number::count]) for number in range(count)]
    copies = [_copied(share) for share in shares[1:]]
    try:
        done = [share() for share in shares[:1]]
    finally:  # no copy outlives this
        answers = [_answer(*copy) for copy in copies]
    for share, answer in zip(shares[1:], answers, strict=True):
        done.append(answer[0] if answer else share())
    return [done[number % count][number // count] for number in range(len(items))]


def _each(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return [work(item) for item in items]


def _can_copy() -> bool:
    """Tell whether a copy could do anything: with threads, it would wait for what they hold."""
    return sys.platform == "linux" and threading.active_count() == 1


def _copied(work: Callable[[], object]) -> tuple[int, int]:
    """Let a copy do some work; return its id, and where its answer is to be read."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of numpy's threads, which are idle
        child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    with suppress(BaseException), os.fdopen(writing, "wb") as answer:
        pickle.dump((work(),), answer, pickle.HIGHEST_PROTOCOL)
    os._exit(0)  # whatever happened: this process has all the rest to do


def _answer(child: int, reading: int) -> tuple[Any] | None:
    """Return what a copy has made, by itself in a tuple; None where it failed."""
    with os.fdopen(reading, "rb") as answer:
        written = answer.read()
    os.waitpid(child, 0)
    with suppress(EOFError, pickle.UnpicklingError):  # it came to a bad end
        (made,) = pickle.loads(written)  # noqa: S301 - from nobody but ourselves
        return (made,)
    return None
