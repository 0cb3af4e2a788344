"""Ids across files: where each is defined, who refers to it, and who never does.

Ids are gathered from the bare data before anything is validated, so that a fault in a place
never makes the references to it look wrong as well.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePosixPath

from storymap import prose
from storymap.problems import Problem, Severity
from storymap.reading.entries import Data, Entry
from storymap.reading.faults import Fault, Refused
from storymap.reading.folder import MediaKind
from storymap.reading.yaml_nodes import Part
from storymap.text import did_you_mean, excerpt


class Kind(StrEnum):
    """What can be referred to by id."""

    PLACE = "place"
    ROUTE = "route"
    SOURCE = "source"


_MAYBE_LINK = re.compile("[][<]")  # spares the import of the Markdown parser

_LINK_WITHIN = re.compile(r"(?<!!)\[[^][<>()!`\\]*\]\((?P<kind>place:|#)(?P<id>[a-z0-9-]+)\)")

_PLACE_LINK = re.compile(r"\(\s*<?place:([a-z0-9-]+)")

_MOST_IDLE = 50  # places that nothing refers to and that an author may have overlooked
_LONGEST_TEXT = 100_000  # characters: two hours of speech; Markdown may take seconds for that
_MOST_HINTS = 100  # then a search of all ids for each would take minutes

FILES = {
    Kind.PLACE: "gazetteer.yaml",
    Kind.ROUTE: "routes.yaml",
    Kind.SOURCE: "sources.yaml",
}

_USES = {
    Kind.PLACE: ("used", "name it in an event or a route, or take it out"),
    Kind.ROUTE: ("travelled", "name it in an event or on the cover, or take it out"),
    Kind.SOURCE: ("cited", "name it where it is drawn on, or take it out"),
}


def list_entries(kind: Kind, part: Part) -> tuple[tuple[Part, ...] | None, tuple[Problem, ...]]:
    """Return what a file in YAML defines; None where it is no list."""
    listed = part.at("references") if kind is Kind.SOURCE else part
    if listed.data is not None and not isinstance(listed.data, list):
        fault = Fault(f"the {kind}s should be a list", "begin each of them with '- '")
        return None, (listed.problem(fault),)
    return listed.entries(), ()


def _says_where(location: Mapping[str, Data]) -> bool:
    return location.get("precision") == "unlocated" or not location.keys().isdisjoint(
        ("point", "box", "polygon", "polygons")
    )


def _id(entry: Entry) -> str | None:
    id = entry.data.get("id") if isinstance(entry.data, dict) else None
    return id if isinstance(id, str) else None


@dataclass(slots=True)
class References:
    """The ids of a story; validators ask it and tell it what they met."""

    media: Mapping[str, bool] = field(default_factory=dict)
    """files of the folder `media` -> whether they lie within the story folder"""
    stops: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """id of a route -> ids of the places that it passes"""
    steps: Collection[str] = ()
    """ids of the events"""
    files: dict[Kind, str] = field(default_factory=FILES.copy)
    """where each kind is defined"""
    frames: Collection[str] = ()
    """sites whose pages steps may show"""
    geocodes: Mapping[str, Data] = field(default_factory=dict)
    """id of a place -> its location as geocodes.lock.yaml has it"""
    geocoded: set[str] = field(default_factory=set)
    """places whose location came from there"""
    nowhere: set[str] = field(default_factory=set)
    """places without coordinates"""
    stand_in: Data = None
    """the location of those, for whoever can do without it"""
    _defined: dict[Kind, dict[str, Entry]] = field(default_factory=dict)
    """only the kinds whose file could be read"""
    linked: set[str] = field(default_factory=set)
    """places that a text links to"""
    shared: set[str] = field(default_factory=set)
    """places that come from a gazetteer that other stories use too"""
    partial: bool = False
    """whether places are not known that a gazetteer would define, for it cannot be read"""
    _unknown: int = 0
    _used: dict[Kind, set[str]] = field(default_factory=lambda: {kind: set() for kind in Kind})

    def define(self, kind: Kind, entries: Iterable[Entry]) -> tuple[Problem, ...]:
        """Take note of the ids of *entries*, and return a problem for each twin."""
        defined = self._defined.setdefault(kind, {})
        problems = []
        for entry in entries:
            id = _id(entry)
            if id is None:
                continue
            if id in defined:
                message = f"the id '{id}' is taken, by the {kind} in {defined[id].line()}"
                problems.append(entry.problem(Fault(message, path=("id",))))
            else:
                defined[id] = entry
        return tuple(problems)

    def share(
        self, entries: Iterable[Entry]
    ) -> tuple[tuple[Entry, ...], tuple[tuple[Entry, Entry], ...], tuple[Problem, ...]]:
        """Take note of the places of a gazetteer that other stories use too.

        Returns the entries that are new, pairs of a nearer one and one that it hides, and a
        problem for each twin.
        """
        nearer = dict(self._defined.get(Kind.PLACE, {}))
        new = []
        hidden = []
        for entry in entries:
            known = nearer.get(_id(entry) or "")
            if known:
                hidden.append((known, entry))
            else:
                new.append(entry)
        problems = self.define(Kind.PLACE, new)
        self.shared.update(self.ids(Kind.PLACE) - nearer.keys())
        return tuple(new), tuple(hidden), problems

    def ids(self, kind: Kind) -> AbstractSet[str]:
        """Return what is defined of a kind."""
        return self._defined.get(kind, {}).keys()

    def location(self, id: str, written: Data) -> Data:
        """Return a place's location: what its author wrote, completed by the lock file."""
        given = written or {}
        if not isinstance(given, dict) or _says_where(given):
            return written
        known = self.geocodes.get(id)
        if isinstance(known, dict):
            self.geocoded.add(id)
            return {**known, **given}
        self.nowhere.add(id)
        return self.stand_in or written

    def entries(self, kind: Kind) -> Mapping[str, Entry]:
        """Return what is defined of a kind, by id."""
        return self._defined.get(kind, {})

    def require(self, kind: Kind, id: str) -> None:
        """Take note of a reference; `Refused` where nothing of that kind has this id."""
        self._used[kind].add(id)
        defined = self._defined.get(kind)
        if defined is None or id in defined or (kind is Kind.PLACE and self.partial):
            return
        self._unknown += 1
        similar = did_you_mean(id, defined) if self._unknown <= _MOST_HINTS else None
        hint = (
            f"did you mean '{similar}' ({defined[similar].line()})?"
            if similar
            else f"define it in {self.files[kind]}"
        )
        raise Refused(Fault(f"no {kind} is called '{excerpt(id)}'", hint))

    def passage(self, route: str, begin: str | None, end: str | None) -> tuple[int, int]:
        """Indexes of the stops between which *route* is travelled; all of it by default.

        `Refused` where it does not stop there, or not in this order.
        """
        stops = self.stops.get(route, ())
        ends = {"from": begin, "to": end}
        astray = [(key, place) for key, place in ends.items() if place and place not in stops]
        hint = f"it stops at {', '.join(stops)}"
        if not stops:
            return 0, 0  # the route itself is in error
        if astray:
            raise Refused(
                *(
                    Fault(f"the route '{route}' does not stop at '{place}'", hint, (key,))
                    for key, place in astray
                )
            )
        first = stops.index(begin or stops[0])
        later = stops[first + 1 :]
        if end and end not in later:
            message = f"the route '{route}' does not reach '{end}' after '{stops[first]}'"
            raise Refused(Fault(message, hint, ("to",)))
        last = first + 1 + later.index(end) if end else len(stops) - 1
        return first, last

    def problems_of_links(self, markdown: str, file: str) -> tuple[Problem, ...]:
        """Return what is wrong with the links of a text; lines count within it."""
        if len(markdown) > _LONGEST_TEXT:
            line = len(markdown) - len(markdown.lstrip("\n")) + 1
            message = f"this text has more than {_LONGEST_TEXT:,} characters"
            return (Problem(file, line, 1, message, "divide it among several steps"),)
        places = self._defined.get(Kind.PLACE)
        if places is None or not _MAYBE_LINK.search(markdown):
            return ()
        linked = _PLACE_LINK.findall(markdown)
        self.linked.update(linked)
        if not _MAYBE_LINK.search(_LINK_WITHIN.sub(self._unless_known, markdown)):
            return ()
        text = markdown.lstrip("\n")
        above = len(markdown) - len(text)
        # the text as the page has it, which need not parse it again
        known = [*places, *linked] if self.partial else places
        found = prose.problems_of_links(text.rstrip(), file, places=known, steps=self.steps)
        return tuple(replace(problem, line=problem.line + above) for problem in found)

    def _unless_known(self, link: re.Match[str]) -> str:
        """Return a link within the story if it leads nowhere, else nothing."""
        known = self._defined[Kind.PLACE] if link["kind"] == "place:" else self.steps
        return "" if link["id"] in known else link[0]

    def require_links(self, markdown: str) -> None:
        """`Refused` where a link of a text leads nowhere."""
        lines = prose.lines_of(markdown)
        faults = [
            Fault(found.message, found.hint, quote=lines[found.line - 1][found.column - 1 :])
            for found in self.problems_of_links(markdown, "")
        ]
        if faults:
            raise Refused(*faults)

    def require_media(self, file: str, kind: MediaKind = MediaKind.PICTURE) -> None:
        """`Refused` unless *file* is one of the story's own, and of this kind."""
        path = PurePosixPath(file)
        if file.lower().startswith(("http:", "https:", "//")):
            raise Refused(Fault(f"'{excerpt(file)}' {prose.NOT_HERE}", prose.BRING_ALONG))
        if file not in self.media:
            raise Refused(self._missing_media(path))
        if not self.media[file]:
            raise Refused(Fault(f"'{file}' leads out of the story folder", "copy it there"))
        noun, endings = kind.value
        if path.suffix.lower() not in endings:
            hint = f"save it with one of the endings {', '.join(endings)}"
            raise Refused(Fault(f"'{file}' is no {noun}", hint))

    def _missing_media(self, path: PurePosixPath) -> Fault:
        if path.parts[:1] != ("media",) or ".." in path.parts:
            hint = "put it there and write `media/…`"
            return Fault(f"'{path}' does not lie in the folder 'media'", hint)
        by_stem = {PurePosixPath(known).stem: known for known in self.media}
        similar = did_you_mean(path.stem, by_stem)
        hint = f"did you mean '{by_stem[similar]}'?" if similar else "put it there"
        return Fault(f"there is no file '{path}'", hint)

    def unused(self, kind: Kind) -> tuple[Problem, ...]:
        """Warn of each id of this kind that nothing refers to.

        A gazetteer with many such places is one for its own sake, to be searched and looked at.
        """
        verb, hint = _USES[kind]
        unused = [
            (id, entry)
            for id, entry in self._defined.get(kind, {}).items()
            if id not in self._used[kind] and (kind is not Kind.PLACE or self._is_idle(id))
        ]
        if kind is Kind.PLACE and len(unused) > _MOST_IDLE:
            return ()
        return tuple(
            entry.problem(Fault(f"the {kind} '{id}' is never {verb}", hint), Severity.WARNING)
            for id, entry in unused
        )

    def _is_idle(self, place: str) -> bool:
        """Tell whether a place is the story's own and no text links to it."""
        return place not in self.shared and place not in self.linked
