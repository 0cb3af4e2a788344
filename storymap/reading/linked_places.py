"""Places from Linked Places, a GeoJSON in which names, positions and relations have dates.

What that format has no word for stands in keys of our own beside it: `edtf` in a `when`, `kind`
and `note` of a name, `precision`, `radius-km`, `box`, `reason`, `geo-source` and `hints` in the
properties, `citations` of a place. Each feature becomes the data that a place of gazetteer.yaml
has, so that the same checks hold.

Source: https://github.com/LinkedPasts/linked-places-format, version 1.3.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from storymap.problems import Problem, Severity
from storymap.reading.entries import Data
from storymap.reading.faults import Fault, Path, Refused
from storymap.reading.geometries import location_of
from storymap.reading.ids import id_of
from storymap.reading.json_parts import Json, JsonPart, entries, odd_texts, read_json, sought
from storymap.reading.linked_dates import edtf_of
from storymap.reading.place_rows import (
    GEONAMES,
    NOWHERE,
    WIKIDATA,
    Doubt,
    modest_precision,
)
from storymap.text import position

T = TypeVar("T")

PREFIX = "storymap:"
"""begins the address of a place whose id is all that is known of it"""
PARENT = "gvp:broaderPartitive"
"""the relation of a place to what it is part of"""

_MOST_ODD = 10  # texts that are told of, for each is looked for from the beginning

_PATHS: dict[Path, Path] = {
    ("id",): ("@id",),
    ("location", "precision"): ("properties", "precision"),
    ("location", "radius-km"): ("properties", "radius-km"),
    ("location", "reason"): ("properties", "reason"),
    ("location",): ("geometry",),
    ("country",): ("properties", "ccodes", 0),
    ("feature",): ("properties", "fclasses", 0),
    ("geonames",): ("links",),
    ("wikidata",): ("links",),
    ("within",): ("relations",),
    ("hints",): ("properties", "hints"),
    ("notes",): ("descriptions",),
    ("sources",): ("citations",),
}
_NAME_PATHS = {"text": "toponym", "language": "lang", "sources": "citations"}


class _Text:
    """A document, and where its features begin."""

    def __init__(self, part: JsonPart) -> None:
        self.part = part

    @cached_property
    def starts(self) -> list[int]:
        """Index of the first character of each feature."""
        _, features = sought(self.part.text, ("features",))
        return [entry.value for entry in entries(self.part.text, features)]


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature that describes one place."""

    source: _Text
    number: int
    data: Data

    @property
    def file(self) -> str:
        """The file, as shown to the author."""
        return self.source.part.file

    def problem(
        self, fault: Fault, severity: Severity = Severity.ERROR, *, of_key: bool = False
    ) -> Problem:
        """Return the problem that a fault is, now that it is known where."""
        text = self.source.part.text
        path = _path(fault.path)
        key, value = sought(text, path, self.source.starts[self.number])
        where = position(text, key if of_key else value)
        message = f"'{path[-1]}' is missing" if path and fault.is_missing else fault.message
        return Problem(self.file, *where, message, fault.hint, severity)

    def line(self) -> str:
        """Name the line for a hint: `places/gazetteer.geojson:31`."""
        return f"{self.file}:{position(self.source.part.text, self.source.starts[self.number])[0]}"


def _path(path: Path) -> Path:
    """Return what leads to the part of a feature that a part of a place's data is made from."""
    match path:
        case ("names", index, key, *rest):
            return ("names", index, _NAME_PATHS.get(str(key), key), *rest)
        case ("names", *_):
            return path
    for length in range(len(path), 0, -1):
        if path[:length] in _PATHS:
            return _PATHS[path[:length]]
    return ()


def read_linked_places(
    text: str, file: str, *, language: str, sources: Collection[str]
) -> tuple[tuple[Feature, ...] | None, tuple[Problem, ...]]:
    """Return the features that describe places, and what is wrong with the document as such.

    A title is in *language* where there are no names; *sources* are the ids of the works cited.
    """
    part, problems = read_json(text, file)
    if part is None:
        return None, problems
    if odd := tuple(islice(odd_texts(part), _MOST_ODD)):
        return None, odd
    features = _of(dict, part.data).get("features")
    if not isinstance(features, list):
        hint = "a gazetteer in GeoJSON is a FeatureCollection, with a list of features"
        return None, (part.problem(Fault("there are no features here", hint)),)
    source = _Text(part)
    places = [_Place(feature) for feature in features]
    known = {place.id for place in places}
    found = []
    read = []
    for number, place in enumerate(places):
        feature = Feature(source, number, place.data(language, sources, known))
        found += [feature.problem(*doubt) for doubt in place.doubts]
        read.append(feature)
    return tuple(read), tuple(found)


class _Place:
    """One feature, and what cannot be understood of it."""

    def __init__(self, feature: Json) -> None:
        self.doubts: list[Doubt] = []
        self._feature = _of(dict, feature)
        self._properties = _of(dict, self._feature.get("properties"))

    @property
    def id(self) -> str:
        """The last part of its address, or what its title suggests."""
        address = self._feature.get("@id", self._properties.get("id"))
        return id_of(str(self._title)) if address is None else _local(str(address))

    @property
    def _title(self) -> Json:
        return self._properties.get("title") or self._properties.get("name") or ""

    def data(
        self, language: str, sources: Collection[str], known: Collection[str]
    ) -> dict[str, Data]:
        """Return the data of a place; *known* are the ids of all features."""
        feature, properties = self._feature, self._properties
        data: dict[str, Any] = {
            "id": self.id,
            "names": [*self._names(sources)] or [self._only_name(language)],
            "location": self._location(),
            "country": self._only("ccodes", "country"),
            "feature": self._only("fclasses", "feature"),
            "hints": [_plain(hint) for hint in _of(list, properties.get("hints"))],
            "notes": "\n\n".join(_values(feature.get("descriptions"), "value")),
            "sources": _citations(feature.get("citations"), sources)[0],
        }
        identifiers = " ".join(_values(feature.get("links"), "identifier"))
        for key, pattern in (("geonames", GEONAMES), ("wikidata", WIKIDATA)):
            if match := pattern.search(identifiers):
                data[key] = match[1]
        for relation in _of(list, feature.get("relations")):
            _relate(data, _of(dict, relation), known)
        return _said(data)

    def _names(self, sources: Collection[str]) -> Iterator[dict[str, Data]]:
        for index, entry in enumerate(_of(list, self._feature.get("names"))):
            name = _of(dict, entry)
            further = "exonym" if name.get("lang") else "source"
            cited, unknown = _citations(name.get("citations"), sources)
            remarks = [_plain(name.get("note")), *unknown]
            yield _said(
                {
                    "text": _plain(name.get("toponym")),
                    "language": _plain(name.get("lang", "und")),
                    "kind": _plain(name.get("kind", further if index else "official")),
                    "when": edtf_of(name.get("when")),
                    "sources": cited,
                    "note": ", ".join(str(remark) for remark in remarks if remark),
                }
            )

    def _only_name(self, language: str) -> dict[str, Data]:
        return _said({"text": _plain(self._title), "language": language, "kind": "official"})

    def _location(self) -> dict[str, Data]:
        properties = self._properties
        try:
            shape = location_of(self._feature.get("geometry"))
        except Refused as refused:
            self.doubts += [
                (fault._replace(path=("location",)), Severity.ERROR) for fault in refused.faults
            ]
            return NOWHERE
        if box := properties.get("box"):
            shape = {"box": box, **{key: at for key, at in shape.items() if key == "point"}}
        location = shape | _said(
            {
                "radius-km": _plain(properties.get("radius-km")),
                "reason": _plain(properties.get("reason")),
                "source": _plain(properties.get("geo-source")),
            }
        )
        if "precision" in properties:
            location["precision"] = _plain(properties["precision"])
        elif shape:
            location["precision"] = modest_precision(location)
        return location if "precision" in location else {}

    def _only(self, key: str, noun: str) -> Data:
        listed = _of(list, self._properties.get(key))
        if len(listed) > 1:
            message = f"a place has one {noun}: '{listed[0]}' is read, and the others are not"
            self.doubts.append((Fault(message, path=(noun,)), Severity.WARNING))
        return _plain(listed[0]) if listed else ""


def _relate(data: dict[str, Any], relation: dict[str, Any], known: Collection[str]) -> None:
    """Add to the data of a place what it is part of: the place, or a name for the geocoder."""
    target = str(relation.get("relationTo", ""))
    if relation.get("relationType") != PARENT or "within" in data:
        return
    if target.startswith(PREFIX) or _local(target) in known:
        data["within"] = _local(target)
    elif label := relation.get("label"):
        data["hints"].append(_plain(label))


def _citations(citations: Json, sources: Collection[str]) -> tuple[list[Data], list[str]]:
    """Return the citations of works that the story knows, and the labels of the others."""
    known: list[Data] = []
    unknown = []
    for citation in (_of(dict, each) for each in _of(list, citations)):
        id, label = citation.get("@id"), str(citation.get("label", ""))
        if isinstance(id, str) and id in sources:
            locator = label.removeprefix(id).removeprefix(", ")
            known.append({"source": id, "locator": locator})
        elif label:
            unknown.append(label)
    return known, unknown


def _local(address: str) -> str:
    """Return the id in an address: ours as it is, of another's the last part."""
    if address.startswith(PREFIX):
        return address.removeprefix(PREFIX)
    return id_of(re.split("[/#:]", address.rstrip("/#"))[-1])


def _values(listed: Json, key: str) -> Iterator[str]:
    for entry in _of(list, listed):
        value = _of(dict, entry).get(key)
        if isinstance(value, str):
            yield value


def _plain(value: Json) -> Data:
    """Return a value as other files have it: numbers as text."""
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, int | float) else value


def _said(data: dict[str, Any]) -> dict[str, Data]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _of(kind: type[T], value: Json) -> T:
    """Return *value* where it is of this kind, and an empty one where it is not."""
    return value if isinstance(value, kind) else kind()
