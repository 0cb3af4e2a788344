"""Processes that work beside each other, of which one may die without the others."""

import gc
import multiprocessing
import signal
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Processes(Executor):
    """So many processes, which end with the executor.

    Each is a pool of its own: when one dies, `BrokenExecutor` is the answer to its task alone.
    """

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count)
        self._idle: list[ProcessPoolExecutor] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a process call *fn*, which it can import."""
        return self._threads.submit(self._call, fn, args, kwargs)

    def _call(self, fn: Callable[..., T], args: Sequence[Any], kwargs: Mapping[str, Any]) -> T:
        pool = self._taken()
        try:
            return pool.submit(_tidily, fn, args, kwargs).result()
        except BrokenExecutor:
            pool.shutdown()
            pool = self._new()
            raise
        finally:
            self._idle.append(pool)

    def _taken(self) -> ProcessPoolExecutor:
        try:
            return self._idle.pop()
        except IndexError:
            return self._new()

    @staticmethod
    def _new() -> ProcessPoolExecutor:
        """Return a pool of one process, which all systems start alike, with the first task."""
        return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_begin)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as its base has it
        """End the processes once they have done what they have begun."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        while self._idle:
            self._idle.pop().shutdown(wait=wait)


def _begin() -> None:
    """Make a new process ready: at Ctrl-C it finishes its task, and its parent ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _tidily(fn: Callable[..., T], args: Sequence[Any], kwargs: Mapping[str, Any]) -> T:
    """Call *fn*, and look for garbage when it is done: meanwhile that took a fifth of a build."""
    if not gc.get_freeze_count():
        gc.freeze()  # what came with the first task is none: its modules
    try:
        return fn(*args, **kwargs)
    finally:
        gc.collect()
