"""Ids across files: where each is defined, who refers to it, and who never does.

Ids are gathered from the bare data before anything is validated, so that a fault in a place
never makes the references to it look wrong as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from storymap.problems import Problem, Severity
from storymap.reading.faults import Fault, Refused
from storymap.reading.yaml_nodes import Data, Document, Path
from storymap.text import did_you_mean

Entry = tuple[Path, Data]
"""An entry of a document, and the path that leads to it."""


class Kind(StrEnum):
    """What can be referred to by id."""

    PLACE = "place"
    ROUTE = "route"
    SOURCE = "source"


_FILES = {
    Kind.PLACE: "gazetteer.yaml",
    Kind.ROUTE: "routes.yaml",
    Kind.SOURCE: "sources.yaml",
}


@dataclass(slots=True)
class References:
    """The ids of a story; validators ask it and tell it what they met."""

    media: Mapping[str, bool] = field(default_factory=dict)
    """files of the folder `media` -> whether they lie within the story folder"""
    stops: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """id of a route -> ids of the places that it passes"""
    _defined: dict[Kind, dict[str, tuple[Document, Path]]] = field(default_factory=dict)
    """only the kinds whose file could be read"""
    _used: dict[Kind, set[str]] = field(default_factory=lambda: {kind: set() for kind in Kind})

    def define(
        self, kind: Kind, document: Document, entries: list[Entry]
    ) -> tuple[Problem, ...]:
        """Take note of the ids of *entries*; a problem for each that is there already."""
        defined = self._defined.setdefault(kind, {})
        problems = []
        for path, entry in entries:
            id = entry.get("id") if isinstance(entry, dict) else None
            if not isinstance(id, str):
                continue
            if id in defined:
                first = _line(defined[id])
                message = f"the id '{id}' is taken, by the {kind} in {first}"
                problems.append(document.problem((*path, "id"), message))
            else:
                defined[id] = (document, path)
        return tuple(problems)

    def require(self, kind: Kind, id: str) -> None:
        """Take note of a reference; `Refused` where nothing of that kind has this id."""
        self._used[kind].add(id)
        defined = self._defined.get(kind)
        if defined is None or id in defined:
            return
        similar = did_you_mean(id, defined)
        hint = (
            f"did you mean '{similar}' ({_line(defined[similar])})?"
            if similar
            else f"define it in {_FILES[kind]}"
        )
        raise Refused(Fault(f"no {kind} is called '{id}'", hint))

    def passage(self, route: str, begin: str | None, end: str | None) -> tuple[int, int]:
        """Indexes of the stops between which *route* is travelled; all of it by default.

        `Refused` where it does not stop there, or not in this order.
        """
        stops = self.stops.get(route, ())
        faults = [
            Fault(
                f"the route '{route}' does not stop at '{place}'",
                f"it stops at {', '.join(stops)}",
                (key,),
            )
            for key, place in (("from", begin), ("to", end))
            if place is not None and place not in stops and stops
        ]
        if faults:
            raise Refused(*faults)
        first = stops.index(begin) if begin in stops else 0
        later = stops[first + 1 :]
        if end is None:
            last = len(stops) - 1
        elif end in later:
            last = first + 1 + later.index(end)
        else:
            message = f"the route '{route}' does not reach '{end}' after '{begin or stops[0]}'"
            raise Refused(Fault(message, f"it stops at {', '.join(stops)}", ("to",)))
        return first, last

    def require_media(self, file: str) -> None:
        """`Refused` unless *file* is one of the story's own media."""
        if file in self.media:
            if not self.media[file]:
                raise Refused(Fault(f"'{file}' leads out of the story folder", "copy it there"))
            return
        if PurePosixPath(file).parts[:1] != ("media",) or ".." in PurePosixPath(file).parts:
            hint = "put it in the folder 'media' and write 'media/…'"
            raise Refused(Fault(f"'{file}' does not lie in the folder 'media'", hint))
        similar = did_you_mean(file, self.media)
        hint = f"did you mean '{similar}'?" if similar else ""
        raise Refused(Fault(f"there is no file '{file}'", hint))

    def unused(self, kind: Kind, message: str) -> tuple[Problem, ...]:
        """Warn of each id of this kind that nothing refers to; `{id}` in *message*."""
        return tuple(
            document.problem(path, message.format(id=id), severity=Severity.WARNING)
            for id, (document, path) in self._defined.get(kind, {}).items()
            if id not in self._used[kind]
        )


def _line(definition: tuple[Document, Path]) -> str:
    document, path = definition
    return document.line(path)
