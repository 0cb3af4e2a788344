"""Work shared out among copies of this process, where it can safely be copied.

What comes out is the same without them: what a copy does not answer, this process works out.
"""

import os
import pickle
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def mapped(work: Callable[[T], R], items: Sequence[T], jobs: int) -> list[R]:
    """Return what *work* makes of each of *items*, in so many processes, this one among them.

    What it makes must be picklable. A process with threads does everything itself: a copy would
    wait for ever for what one of them holds.
    """
    alone = sys.platform != "linux" or threading.active_count() > 1
    count = 1 if alone else min(len(items), jobs)
    shares = [items[number::count] for number in range(count)]
    copies = [_copied(work, share) for share in shares[1:]]
    try:
        done = [[work(item) for item in share] for share in shares[:1]]
    finally:  # no copy outlives this
        answers = [_answer(*copy) for copy in copies]
    for share, answer in zip(shares[1:], answers, strict=True):
        done.append(answer or [work(item) for item in share])
    return [done[number % count][number // count] for number in range(len(items))]


def _copied(work: Callable[[T], R], share: Sequence[T]) -> tuple[int, int]:
    """Let a copy do a share of the work; return its id, and where its answer is to be read."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of numpy's threads, which are idle
        child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    with suppress(BaseException), os.fdopen(writing, "wb") as answer:
        pickle.dump([work(item) for item in share], answer)
    os._exit(0)  # whatever happened: this process has all the rest to do


def _answer(child: int, reading: int) -> list[Any] | None:
    """Return what a copy has made, None where it failed."""
    with os.fdopen(reading, "rb") as answer:
        written = answer.read()
    os.waitpid(child, 0)
    with suppress(EOFError, pickle.UnpicklingError):  # it came to a bad end
        return list(pickle.loads(written))  # noqa: S301 - from nobody but ourselves
    return None
