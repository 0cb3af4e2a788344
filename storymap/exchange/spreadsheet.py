"""Places as a spreadsheet, in the columns of LP-TSV and some of our own.

Source: Linked Places TSV 0.5, https://github.com/LinkedPasts/linked-places-format.
"""

import csv
import io
from collections.abc import Iterable

from storymap.exchange.iso import ends
from storymap.geometry import LatLon
from storymap.model import Name, Place

_COLUMNS = (
    *("id", "title", "language", "kind", "when", "start", "end", "title_source", "title_uri"),
    *("variants", "lat", "lon", "geowkt", "box", "precision", "radius_km", "geo_source", "reason"),
    *("ccodes", "parent_id", "parent_name", "hints", "fclasses", "matches", "description"),
    "sources",
)


def to_csv(places: Iterable[Place]) -> str:
    """Return *places* as rows in CSV; of the names but the first, only text and language."""
    listed = tuple(places)
    titles = {place.id: place.names[0].text for place in listed}
    text = io.StringIO()
    rows = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    rows.writeheader()
    for place in listed:
        rows.writerow(_row(place) | {"parent_name": titles.get(place.within, "")})
    return text.getvalue()


def _row(place: Place) -> dict[str, object]:
    location, name = place.location, place.names[0]
    lat, lon = location.point or ("", "")
    return _name(name) | {
        "id": place.id,
        "variants": ";".join(f"{_cell(n.text)}@{n.language}" for n in place.names[1:]),
        "lat": lat,
        "lon": lon,
        "geowkt": _well_known_text(location.polygon),
        "box": ";".join(map(repr, location.box or ())),
        "precision": location.precision,
        "radius_km": "" if location.radius_m is None else location.radius_m / 1000,
        "geo_source": location.source,
        "reason": location.reason,
        "ccodes": place.country,
        "parent_id": place.within,
        "hints": ";".join(map(_cell, place.hints)),
        "fclasses": place.feature,
        "matches": ";".join(_matches(place)),
        "description": place.notes,
        "sources": ";".join(citation.source for citation in place.citations),
    }


def _name(name: Name) -> dict[str, object]:
    start, end = ends(name.when) if name.when else ("", "")
    citation = next(iter(name.citations), None)
    return {
        "title": name.text,
        "language": name.language,
        "kind": name.kind,
        "when": name.when.edtf if name.when else "",
        "start": start,
        "end": end,
        "title_source": citation.source if citation else "",
        "title_uri": citation.locator if citation else "",
    }


def _matches(place: Place) -> Iterable[str]:
    if place.geonames:
        yield f"gn:{place.geonames}"
    if place.wikidata:
        yield f"wd:{place.wikidata}"


def _well_known_text(rings: Iterable[Iterable[LatLon]]) -> str:
    outlines = [f"(({', '.join(f'{at.lon!r} {at.lat!r}' for at in ring)}))" for ring in rings]
    if len(outlines) == 1:
        return f"POLYGON {outlines[0]}"
    return f"MULTIPOLYGON ({', '.join(outlines)})" if outlines else ""


def _cell(text: str) -> str:
    """Return a text that can stand in a list of them."""
    return text.replace(";", ",")
