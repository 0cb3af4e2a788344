"""Places from a spreadsheet: the columns of LP-TSV, those of a place's own keys, or a plain list.

Each row becomes the data that a place of gazetteer.yaml has, so that the same checks hold.
Where the coordinates are said to be no more precise, they are those of a settlement.

Source: Linked Places TSV 0.5, https://github.com/LinkedPasts/linked-places-format.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from storymap.problems import Problem, Severity
from storymap.reading.entries import Data
from storymap.reading.faults import Fault, Path, Refused
from storymap.reading.geometries import location_of
from storymap.reading.ids import id_of
from storymap.reading.plain_rows import NUMBER, PlainRows
from storymap.reading.sheets import Row, Sheet, listed, name_columns
from storymap.text import excerpt

Cells = Mapping[str, str]
"""name of a column -> what a row has there, where it has anything"""
Doubt = tuple[Fault, Severity]
"""What cannot be understood of a row, or only in part."""

COLUMNS = {
    "id": ("what other files call it; by default made from the name", "bishkek"),
    "title": ("its name, also `name`", "Pishpek"),
    "language": ("language of the name; by default that of the story", "en"),
    "kind": ("whose name it is: official, exonym or source; by default official", "official"),
    "when": ("when the name was in use (EDTF)", "1868/1926"),
    "start": ("when the name came into use, where there is no `when`", "1868"),
    "end": ("when the name went out of use, where there is no `when`", "1926"),
    "attestation-year": ("a year from which the name is known", "1925"),
    "title-source": ("where the name is from: id of a source, or words", "geonames"),
    "title-uri": ("address of that source", "https://…"),
    "variants": ("further names with their languages", "Пишпек@ru;Frunze@en"),
    "lat": ("latitude in degrees, also `latitude`", "42.87"),
    "lon": ("longitude in degrees, also `lng` or `longitude`", "74.59"),
    "geowkt": ("point or polygon as well-known text", "POINT (74.59 42.87)"),
    "box": ("west, south, east, north in degrees", "8;36;86;60"),
    "precision": ("exact, settlement, region, approximate or unlocated", "settlement"),
    "radius-km": ("how far from the point the truth may lie, also `approximation`", "8"),
    "geo-source": ("where the coordinates are from", "GeoNames"),
    "geo-id": ("what that source calls the place", "gn:1528675"),
    "reason": ("why nobody can locate it", "only its name is known"),
    "ccodes": ("country it lies in today (ISO 3166-1), also `country`", "KG"),
    "parent-id": ("id of the place that it is part of, also `within`", "kyrgyzstan"),
    "parent-name": ("name of what it is part of, for `storymap locate`", "Kyrgyzstan"),
    "hints": ("words that help to find it among its namesakes", "Chuy;Kyrgyzstan"),
    "fclasses": ("feature class of GeoNames, also `feature`", "P"),
    "types": ("kinds of place, which are not kept", "town"),
    "aat-types": ("kinds of place in the Getty AAT, which are not kept", "300008347"),
    "matches": ("its numbers in GeoNames and Wikidata", "gn:1528675;wd:Q9361"),
    "geonames": ("its number in GeoNames", "1528675"),
    "wikidata": ("its item in Wikidata", "Q9361"),
    "description": ("a remark (Markdown), also `notes`", "A fort."),
    "sources": ("ids of the sources that speak of it", "geonames;fact-sheet"),
}
"""name -> what it holds, and an example"""

_ALSO = {
    "name": "title",
    "latitude": "lat",
    "lng": "lon",
    "long": "lon",
    "longitude": "lon",
    "country": "ccodes",
    "approximation": "radius-km",
    "within": "parent-id",
    "feature": "fclasses",
    "notes": "description",
    "source": "geo-source",
}
_TITLES = {name: name for name in COLUMNS} | _ALSO

_HOMES: dict[Path, tuple[str, ...]] = {
    ("id",): ("id", "title"),
    ("names",): ("variants", "title"),
    ("names", 0): ("title",),
    ("names", 0, "language"): ("language", "title"),
    ("names", 0, "kind"): ("kind", "title"),
    ("names", 0, "when"): ("when", "start", "end", "title"),
    ("names", 0, "sources"): ("title-source",),
    ("location",): ("lat", "geowkt", "precision"),
    ("location", "point", 1): ("lon",),
    ("location", "point"): ("lat", "geowkt"),
    ("location", "polygons"): ("geowkt",),
    ("location", "box"): ("box",),
    ("location", "precision"): ("precision",),
    ("location", "radius-km"): ("radius-km", "lat"),
    ("location", "reason"): ("reason", "precision"),
    ("country",): ("ccodes",),
    ("within",): ("parent-id",),
    ("hints",): ("hints", "parent-name"),
    ("feature",): ("fclasses",),
    ("geonames",): ("geonames", "matches"),
    ("wikidata",): ("wikidata", "matches"),
    ("notes",): ("description",),
    ("sources",): ("sources",),
}

GEONAMES = re.compile(r"(?:gn:|https?://(?:www|sws)\.geonames\.org/)(\d+)")
WIKIDATA = re.compile(r"(?:wd:|https?://www\.wikidata\.org/(?:wiki|entity)/)(Q\d+)")
NOWHERE: dict[str, Data] = {"precision": "unlocated", "reason": "its coordinates are at fault"}
"""stands for a location that cannot be understood, lest more be said of it than that"""


def read_place_rows(
    sheet: Sheet, *, language: str, sources: Collection[str]
) -> tuple[tuple[Row, ...] | None, tuple[Problem, ...]]:
    """Return the rows that describe places, and what cannot be understood of them.

    There are none where no column holds names. A name is in *language* where nothing else is said;
    *sources* are the ids of the works cited.
    """
    columns, problems = name_columns(sheet, _TITLES, _HOMES, "name")
    if columns is None:
        return None, problems
    places = [*columns.at.items()]
    found = [*problems]
    rows = []
    plain = PlainRows(columns.at, language)
    for number, texts in sheet.rows:
        if place := plain.place(texts):
            rows.append(Row(columns, number, {"id": place.id}, place))
            continue
        cells = {name: text for name, i in places if (text := texts[i].strip())}
        doubts: list[Doubt] = []
        row = Row(columns, number, _place(cells, language, sources, doubts))
        found += [row.problem(*doubt) for doubt in doubts]
        rows.append(row)
    return tuple(rows), tuple(found)


def _place(
    cells: Cells, language: str, sources: Collection[str], doubts: list[Doubt]
) -> dict[str, Data]:
    data: dict[str, Data] = {
        "names": [_name(cells, language, sources), *_variants(cells.get("variants", ""))]
    }
    if id := cells.get("id") or id_of(cells.get("title", "")):
        data["id"] = id
    if location := _location(cells, doubts):
        data["location"] = location
    _identify(data, cells, doubts)
    if "description" in cells:
        data["notes"] = cells["description"]
    if "sources" in cells:
        data["sources"] = [*_listed("sources", cells)]
    return data


def _identify(data: dict[str, Data], cells: Cells, doubts: list[Doubt]) -> None:
    """Add to the *data* of a place what tells it from others."""
    if "ccodes" in cells:
        data["country"] = _only("ccodes", "country", cells, doubts).upper()
    if "fclasses" in cells:
        data["feature"] = _only("fclasses", "feature", cells, doubts)
    if "parent-id" in cells and ":" not in cells["parent-id"]:  # LP-TSV has addresses here
        data["within"] = cells["parent-id"]
    hints = _listed("hints", cells)
    if "within" not in data:
        hints += _listed("parent-name", cells)
    if hints:
        data["hints"] = [*hints]
    numbers = f"{cells.get('matches', '')} {cells.get('geo-id', '')}"
    for key, pattern in (("geonames", GEONAMES), ("wikidata", WIKIDATA)):
        if key in cells:
            data[key] = cells[key]
        elif match := pattern.search(numbers):
            data[key] = match[1]


def _name(cells: Cells, language: str, sources: Collection[str]) -> Data:
    name: dict[str, Data] = {
        "language": cells.get("language", language),
        "kind": cells.get("kind", "official"),
    }
    if "title" in cells:
        name["text"] = cells["title"]
    if "when" in cells:
        name["when"] = cells["when"]
    elif "start" in cells or "end" in cells:
        name["when"] = f"{cells.get('start', '')}/{cells.get('end', '')}"
    remark = f"attested in {cells['attestation-year']}" if "attestation-year" in cells else ""
    if cells.get("title-source") in sources:
        name["sources"] = [{"source": cells["title-source"], "locator": cells.get("title-uri", "")}]
    elif "title-source" in cells or "title-uri" in cells:
        said = (remark, cells.get("title-source"), cells.get("title-uri"))
        remark = ", ".join(filter(None, said))
    if remark:
        name["note"] = remark
    return name


def _variants(text: str) -> Iterator[Data]:
    for variant in listed(text):
        name, at, language = variant.rpartition("@")
        if at:
            yield {"text": name, "language": language, "kind": "exonym"}
        else:
            yield {"text": variant, "language": "und", "kind": "source"}


def _location(cells: Cells, doubts: list[Doubt]) -> dict[str, Data]:
    location = _geometry(cells["geowkt"], doubts) if "geowkt" in cells else {}
    if "lat" in cells or "lon" in cells:
        location["point"] = _point(cells, doubts)
    if "box" in cells:
        location["box"] = [_with_point(text) for text in _listed("box", cells)]
    if doubts:
        return NOWHERE
    if "radius-km" in cells:
        location["radius-km"] = _with_point(cells["radius-km"])
    if "precision" in cells:
        location["precision"] = cells["precision"]
    elif location:
        location["precision"] = modest_precision(location)
    elif "reason" in cells:
        location["precision"] = "unlocated"
    if "reason" in cells:
        location["reason"] = cells["reason"]
    if "geo-source" in cells or "geo-id" in cells:
        location["source"] = f"{cells.get('geo-source', '')} {cells.get('geo-id', '')}".strip()
    return location if "precision" in location else {}


def _point(cells: Cells, doubts: list[Doubt]) -> Data:
    texts = [cells.get("lat", ""), cells.get("lon", "")]
    if not all(map(NUMBER.fullmatch, texts)):
        texts = [_degrees("lat", 0, cells, doubts), _degrees("lon", 1, cells, doubts)]
    if not doubts:
        lat, lon = map(float, texts)
        if 90 < abs(lat) <= 180 and abs(lon) <= 90:
            message = f"latitude {lat:g} and longitude {lon:g} look swapped"
            fault = Fault(message, "exchange them, or the titles of their columns")
            doubts.append((fault._replace(path=("location", "point")), Severity.ERROR))
    return [*texts]


def _degrees(column: str, index: int, cells: Cells, doubts: list[Doubt]) -> str:
    text = cells.get(column, "")
    number = _with_point(text)
    if not text:
        other = "lon" if column == "lat" else "lat"
        fault = Fault(f"there is a '{other}' here, but no '{column}'")
        doubts.append((fault._replace(path=("location", "point", index)), Severity.ERROR))
    elif not NUMBER.fullmatch(number):
        fault = Fault(f"'{excerpt(text)}' is no number", "write degrees with decimals: 42.87")
        doubts.append((fault._replace(path=("location", "point", index)), Severity.ERROR))
    return number


def _with_point(text: str) -> str:
    """Return a number as the rest of the program writes it: much of Europe has decimal commas."""
    if text.isascii() and "," not in text:
        return text
    return text.replace(",", ".").replace("\N{MINUS SIGN}", "-")


def _geometry(text: str, doubts: list[Doubt]) -> dict[str, Data]:
    import shapely  # noqa: PLC0415 - a tenth of a second that few need

    path = ("location", "polygons")
    try:
        return location_of(shapely.geometry.mapping(shapely.from_wkt(text)))
    except shapely.errors.ShapelyError:
        message = f"'{excerpt(text)}' is no geometry in well-known text"
        fault = Fault(message, "write longitudes first: POINT (74.59 42.87)", path)
        doubts.append((fault, Severity.ERROR))
    except Refused as refused:
        doubts += [(fault._replace(path=path), Severity.ERROR) for fault in refused.faults]
    return {}


def _only(column: str, key: str, cells: Cells, doubts: list[Doubt]) -> str:
    first, separator, _ = cells[column].partition(";")
    if separator:
        message = f"a place has one {key}: '{first.strip()}' is read, and the others are not"
        doubts.append((Fault(message, path=(key,)), Severity.WARNING))
    return first.strip()


def modest_precision(location: Mapping[str, Data]) -> str:
    """Return the precision of coordinates of which nothing else is said."""
    if "polygons" in location or "box" in location:
        return "region"
    return "approximate" if "radius-km" in location else "settlement"


def _listed(column: str, cells: Cells) -> list[str]:
    return listed(cells[column]) if column in cells else []
