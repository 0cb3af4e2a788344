"""Several services, one after the other, until one of them knows the place."""

from collections.abc import Iterable
from typing import NamedTuple

from storymap.geocoding.candidates import (
    Candidate,
    NotUnderstood,
    Provider,
    Query,
    Unavailable,
    ask,
)


class Answers(NamedTuple):
    """What came of asking."""

    candidates: tuple[Candidate, ...]
    """of one service; empty where none knows the place"""
    failures: tuple[str, ...]
    """what kept services from answering that were asked before it"""


def ask_in_turn(providers: Iterable[Provider], query: Query) -> Answers:
    """Return what the first of *providers* says that knows the place.

    Raises:
        Unavailable: none of them is there to answer; one line for each.
    """
    failures = []
    answered = False
    for provider in providers:
        try:
            candidates = ask(provider, query)
        except Unavailable as error:
            failures.append(str(error))
            answered |= isinstance(error, NotUnderstood)
            continue
        if candidates:
            return Answers(candidates, tuple(failures))
        answered = True
    if not answered:
        raise Unavailable("\n".join(failures))
    return Answers((), tuple(failures))
