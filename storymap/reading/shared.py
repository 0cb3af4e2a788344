"""Gazetteers that several stories share: named in story.yaml, they may lie above the story.

What is nearer wins: the story's own gazetteer, then the shared ones in the order in which they are
named. Two definitions of one place that say the same are no clash.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

from storymap.model import Event, Place, Route
from storymap.problems import Problem, Severity
from storymap.reading.entries import Entry
from storymap.reading.faults import Fault
from storymap.reading.gazetteer import read_place
from storymap.reading.gazetteer_files import ENDINGS
from storymap.reading.references import References
from storymap.reading.yaml_nodes import Part
from storymap.text import excerpt


class SharedFile(NamedTuple):
    """A gazetteer beside the story's own."""

    path: Path
    shown: str
    """as shown to the author: relative to the parent of the story folder"""


def shared_files(
    head: Part, folder: Path, root: Path
) -> tuple[tuple[SharedFile, ...], tuple[Problem, ...]]:
    """Return the files that story.yaml, *head*, names; none of them lies outside of *root*."""
    home = folder.resolve()
    files, problems = [], []
    for entry, path in _named(head, home):
        if fault := _fault(path, excerpt(str(entry.data)), root.resolve()):
            problems.append(entry.problem(fault))
        else:
            files.append(SharedFile(path, Path(os.path.relpath(path, home.parent)).as_posix()))
    return tuple(files), tuple(problems)


def shared_paths(head: Part, folder: Path, root: Path) -> tuple[Path, ...]:
    """Return where the files that story.yaml, *head*, names lie in *root*, there or not yet."""
    paths = (path for _, path in _named(head, folder.resolve()))
    return tuple(path for path in paths if path.is_relative_to(root.resolve()))


def _named(head: Part, home: Path) -> Iterator[tuple[Entry, Path]]:
    if not isinstance(head.data, dict) or "gazetteers" not in head.data:
        return
    for entry in head.at("gazetteers").entries():
        if isinstance(entry.data, str):  # of others the check of story.yaml tells
            yield entry, _resolved(home / entry.data.strip())


def _resolved(path: Path) -> Path:
    """Return where *path* leads; the root of all, which is no gazetteer, where that is nowhere."""
    try:
        path.stat()
    except FileNotFoundError:
        return path.resolve()
    except (OSError, ValueError):  # links in a circle, a name without end, or no name at all
        return Path(path.anchor)
    return path.resolve()


def _fault(path: Path, written: str, root: Path) -> Fault | None:
    if not path.is_relative_to(root):
        message = f"'{written}' lies outside of '{root.name or root}', where shared files may lie"
        return Fault(message, "copy it there, or name a folder above both with --root")
    if path.suffix.removeprefix(".") not in ENDINGS:
        endings = ", ".join(f".{ending}" for ending in ENDINGS)
        return Fault(f"'{written}' is no gazetteer", f"its ending should be one of {endings}")
    if not path.is_file():
        return Fault(
            f"there is no file '{written}'", "write its path as seen from the story folder"
        )
    return None


def clashes(
    hidden: Iterable[tuple[Entry, Entry]], places: Iterable[Place], references: References
) -> tuple[Problem, ...]:
    """Return what is wrong with places that nearer ones hide, and warn of those that differ.

    *hidden* has the entry of each nearer place, and the one that it hides.
    """
    by_id = {place.id: place for place in places}
    problems: list[Problem] = []
    for nearer, farther in hidden:
        place, found = read_place(farther, references)
        problems += found
        taken = by_id.get(place.id) if place else None
        if place and taken and taken != place:
            others = [each.name for each in fields(Place) if _differ(each.name, taken, place)]
            message = (
                f"the place '{place.id}' is another one in {farther.line()}: {_listed(others)}"
            )
            fault = Fault(message, "this one is taken; make them the same, or rename one", ("id",))
            problems.append(nearer.problem(fault, Severity.WARNING))
    return tuple(problems)


def _differ(name: str, a: Place, b: Place) -> bool:
    return bool(getattr(a, name) != getattr(b, name))


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    said = f"{', '.join(first)} and {last}" if first else last
    return f"its {said} differ{'' if first or last.endswith('s') else 's'}"


def needed_places(
    references: References,
    places: Iterable[Place],
    events: Iterable[Event],
    routes: Iterable[Route],
) -> tuple[Place, ...]:
    """Return those of the *places* that a story has of its own, and those shared that it speaks of.

    It speaks of a place by what happens there, passes it or links to it, and of what it lies in.
    """
    listed = tuple(places)
    by_id = {place.id: place for place in listed}
    needed = references.linked | (by_id.keys() - references.shared)
    needed.update(id for event in events for id in event.places)
    needed.update(stop.place for route in routes for stop in route.stops)
    waiting = [*needed]
    while waiting:
        place = by_id.get(waiting.pop())
        if place and place.within and place.within not in needed:
            needed.add(place.within)
            waiting.append(place.within)
    return tuple(place for place in listed if place.id in needed)
