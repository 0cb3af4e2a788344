"""Places as Linked Places, the GeoJSON of historical gazetteers.

What that format has no word for stands in keys of our own beside it, which `reading` knows.

Source: https://github.com/LinkedPasts/linked-places-format, version 1.3.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from storymap.dates import When
from storymap.exchange.iso import timespans
from storymap.exchange.plain import kilometres, said
from storymap.geometry import LatLon, ring_of
from storymap.model import Citation, Location, Name, Place
from storymap.reading.linked_places import PARENT, PREFIX

_CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places-format/main/"
    "linkedplaces-context-v1.1.jsonld"
)


def to_geojson(places: Iterable[Place]) -> str:
    """Return *places* as a collection of features in GeoJSON."""
    listed = tuple(places)
    titles = {place.id: place.names[0].text for place in listed}
    collection = {
        "type": "FeatureCollection",
        "@context": _CONTEXT,
        "features": [_feature(place, titles) for place in listed],
    }
    return json.dumps(collection, ensure_ascii=False, indent=2) + "\n"


def _feature(place: Place, titles: Mapping[str, str]) -> dict[str, Any]:
    location = place.location
    properties = {
        "title": place.names[0].text,
        "ccodes": [place.country] if place.country else [],
        "fclasses": [place.feature] if place.feature else [],
        "precision": location.precision,
        **said(
            {
                "radius-km": kilometres(location.radius_m),
                "box": location.box,
                "reason": location.reason,
                "geo-source": location.source,
                "hints": place.hints,
            }
        ),
    }
    return {
        "@id": PREFIX + place.id,
        "type": "Feature",
        "properties": properties,
        "names": [_name(name) for name in place.names],
        "geometry": _geometry(location),
        **said(
            {
                "links": [*_links(place)],
                "relations": _relations(place.within, titles),
                "descriptions": [{"value": place.notes}] if place.notes else [],
                "citations": _citations(place.citations),
            }
        ),
    }


def _name(name: Name) -> dict[str, Any]:
    return {
        "toponym": name.text,
        "lang": name.language,
        **said(
            {
                "kind": name.kind,
                "when": _when(name.when) if name.when else {},
                "citations": _citations(name.citations),
                "note": name.note,
            }
        ),
    }


def _when(when: When) -> dict[str, Any]:
    doubt = {"certainty": "less-certain"} if when.uncertain else {}
    return {"timespans": timespans(when), **doubt, "edtf": when.edtf}


def _citations(citations: Iterable[Citation]) -> list[dict[str, str]]:
    return [
        {"label": ", ".join(filter(None, (each.source, each.locator))), "@id": each.source}
        for each in citations
    ]


def _links(place: Place) -> Iterable[dict[str, str]]:
    if place.geonames:
        yield {"type": "exactMatch", "identifier": f"gn:{place.geonames}"}
    if place.wikidata:
        yield {"type": "exactMatch", "identifier": f"wd:{place.wikidata}"}


def _relations(parent: str, titles: Mapping[str, str]) -> list[dict[str, str]]:
    if not parent:
        return []
    label = titles.get(parent, parent)
    return [{"relationType": PARENT, "relationTo": PREFIX + parent, "label": label}]


def _geometry(location: Location) -> dict[str, Any] | None:
    rings = (ring_of(location.box),) if location.box else location.polygon
    shapes: list[dict[str, Any]] = []
    if location.point:
        shapes.append({"type": "Point", "coordinates": _lonlat(location.point)})
    if len(rings) == 1:
        shapes.append({"type": "Polygon", "coordinates": [_ring(rings[0])]})
    elif rings:
        shapes.append({"type": "MultiPolygon", "coordinates": [[_ring(ring)] for ring in rings]})
    if len(shapes) > 1:
        return {"type": "GeometryCollection", "geometries": shapes}
    return shapes[0] if shapes else None


def _ring(ring: Iterable[LatLon]) -> list[list[float]]:
    return [_lonlat(corner) for corner in ring]


def _lonlat(point: LatLon) -> list[float]:
    return [point.lon, point.lat]
