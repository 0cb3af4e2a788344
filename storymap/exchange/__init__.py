"""The gazetteer in the forms that other programs read; each is read back by `reading`.

GeoJSON and JSON keep all that the model holds. CSV keeps one line a place: of its names but the
first, no more than language.
"""

from collections.abc import Callable, Iterable

from storymap.exchange.linked_places import to_geojson
from storymap.exchange.plain import to_json
from storymap.exchange.spreadsheet import to_csv
from storymap.model import Place

__all__ = ["FORMS", "to_csv", "to_geojson", "to_json"]

FORMS: dict[str, Callable[[Iterable[Place]], str]] = {
    "csv": to_csv,
    "json": to_json,
    "geojson": to_geojson,
}
"""name of a form -> the places as text in it"""
