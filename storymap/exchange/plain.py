"""Places as JSON, in the keys of gazetteer.yaml: saved under that name, it is one."""

import json
from collections.abc import Iterable
from typing import Any

from storymap.model import Citation, Location, Name, Place

_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""ends of lines for YAML, if not for JSON"""


def to_json(places: Iterable[Place]) -> str:
    """Return *places* as a list in JSON."""
    text = json.dumps([_place(place) for place in places], ensure_ascii=False, indent=2)
    return text.translate(_LINE_ENDS) + "\n"


def _place(place: Place) -> dict[str, Any]:
    return said(
        {
            "id": place.id,
            "names": [_name(name) for name in place.names],
            "location": _location(place.location),
            "country": place.country,
            "within": place.within,
            "hints": place.hints,
            "feature": place.feature,
            "geonames": place.geonames,
            "wikidata": place.wikidata,
            "notes": place.notes,
            "sources": _sources(place.citations),
        }
    )


def _name(name: Name) -> dict[str, Any]:
    return said(
        {
            "text": name.text,
            "language": name.language,
            "kind": name.kind,
            "when": name.when.edtf if name.when else "",
            "sources": _sources(name.citations),
            "note": name.note,
        }
    )


def _location(location: Location) -> dict[str, Any]:
    outlines = [[[*corner] for corner in ring[:-1]] for ring in location.polygon]
    return said(
        {
            "point": location.point,
            "precision": location.precision,
            "radius-km": kilometres(location.radius_m),
            "box": location.box,
            "polygons": outlines,
            "source": location.source,
            "reason": location.reason,
        }
    )


def _sources(citations: Iterable[Citation]) -> list[Any]:
    return [
        {"source": citation.source, "locator": citation.locator}
        if citation.locator
        else citation.source
        for citation in citations
    ]


def kilometres(metres: float | None) -> float | None:
    """Return kilometres for metres."""
    return None if metres is None else metres / 1000


def said(data: dict[str, Any]) -> dict[str, Any]:
    """Return what says something: neither nothing, nor an empty text or list."""
    return {key: value for key, value in data.items() if value not in (None, "", [], (), {})}
