"""Drawings from GeoJSON files (RFC 7946), styled as simplestyle-spec 1.1 has it.

Positions come out latitude first, to six decimals: a tenth of a metre. Texts are texts; no markup
in them is ever more than characters.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from math import isfinite

from storymap.geometry import LatLon
from storymap.model import Feature, Figure, Shape, Style
from storymap.problems import Problem, Severity
from storymap.reading.faults import Fault, Path
from storymap.reading.json_parts import Json, JsonPart, read_json
from storymap.text import did_you_mean, excerpt

_TYPES = (
    *("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
    *("GeometryCollection", "Feature", "FeatureCollection"),
)
_DEEPEST = 10  # collections of collections
_MOST_PROBLEMS = 10
_HEAVY_BYTES = 200_000
_POSITION_BYTES = 22
"""what a position weighs in the page"""
_DECIMALS = 6

_COLOUR = re.compile("#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_MARKUP = re.compile("</?[a-zA-Z][^<>]*>|&(#[0-9]+|[a-zA-Z]+);")
_SIZES = ("small", "medium", "large")
_WORLD_GEODETIC = ("CRS84", "EPSG:4326", "EPSG::4326")
"""ends of the names of the one coordinate system that GeoJSON has"""

Features = tuple[Feature, ...]


def read_drawing(text: str, file: str) -> tuple[Features, tuple[Problem, ...]]:
    """Return the features of a GeoJSON document, and what is wrong with it."""
    part, problems = read_json(text, file)
    if part is None:
        return (), problems
    reading = _Reading()
    features = reading.root(part.data)
    return features, (*_told(part, reading.faults), *_told(part, reading.doubts, Severity.WARNING))


def _told(
    part: JsonPart, faults: Sequence[Fault], severity: Severity = Severity.ERROR
) -> Iterator[Problem]:
    """Yield the problems that faults are, the first of many only."""
    for fault in faults[:_MOST_PROBLEMS]:
        yield part.problem(fault, severity)
    more = len(faults) - _MOST_PROBLEMS
    if more > 0:
        yield Problem(part.file, 0, 0, f"{more:,} more problems like these", "", severity)


class _Reading:
    """One reading of a document, which keeps the faults that it meets."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.doubts: list[Fault] = []
        self._positions = 0

    def root(self, data: Json) -> Features:
        kind = self._type(data, (), _TYPES)
        if kind is None:
            return ()
        self._system(data)
        match kind:
            case "FeatureCollection":
                listed = data.get("features")
                if not isinstance(listed, list):
                    self._refuse("'features' should be a list", ("features",))
                    return ()
                read = [self._feature(entry, ("features", i)) for i, entry in enumerate(listed)]
            case "Feature":
                read = [self._feature(data, ())]
            case _:
                read = [Feature(self._geometry(data, ()))]
        features = tuple(feature for feature in read if feature and feature.figures)
        if not features and not self.faults:
            self._refuse("there is nothing to draw in this file", ())
        if self._positions * _POSITION_BYTES > _HEAVY_BYTES:
            weight = self._positions * _POSITION_BYTES / 1000
            message = f"this drawing adds about {weight:,.0f} KB to the page"
            hint = "simplify it: leave out what the step does not show, and every needless bend"
            self.doubts.append(Fault(message, hint))
        return features

    def _type(self, data: Json, path: Path, types: Sequence[str]) -> str | None:
        """Return the type of a GeoJSON object; None where it has none of *types*."""
        kind = data.get("type") if isinstance(data, dict) else None
        if not isinstance(kind, str):
            hint = "export it as GeoJSON (RFC 7946)"
            self._refuse("this is no GeoJSON: it should be an object with a 'type'", path, hint)
        elif kind in types:
            return kind
        else:
            message = f"'{excerpt(kind)}' is no type that GeoJSON has here"
            self._refuse(message, (*path, "type"), _hint_at_type(kind, types))
        return None

    def _system(self, data: dict[str, Json]) -> None:
        """Refuse coordinates of another system, which files of before 2016 may name."""
        named = data.get("crs")
        properties = named.get("properties") if isinstance(named, dict) else None
        name = properties.get("name") if isinstance(properties, dict) else None
        if named is None or (isinstance(name, str) and name.endswith(_WORLD_GEODETIC)):
            return
        called = f"'{excerpt(name)}'" if isinstance(name, str) else "another coordinate system"
        message = f"the coordinates are in {called}"
        self._refuse(message, ("crs",), "export the file as WGS 84 (EPSG:4326)")

    def _feature(self, data: Json, path: Path) -> Feature | None:
        if self._type(data, path, ("Feature",)) is None:
            return None
        properties = data.get("properties") or {}
        if not isinstance(properties, dict):
            self._refuse("'properties' should be an object", (*path, "properties"))
            properties = {}
        inside = (*path, "properties")
        title, description = (
            self._text(properties, key, inside) for key in ("title", "description")
        )
        style = self._style(properties, inside)
        if data.get("geometry") is None:
            message = "this feature has no geometry, and is not drawn"
            self.doubts.append(Fault(message, "take it out", path))
            return None
        figures = self._geometry(data["geometry"], (*path, "geometry"))
        return Feature(figures, title, description, style)

    def _geometry(self, data: Json, path: Path, depth: int = 0) -> tuple[Figure, ...]:
        kind = self._type(data, path, _TYPES[:-2])
        if kind is None:
            return ()
        if kind == "GeometryCollection":
            parts = data.get("geometries")
            if not isinstance(parts, list) or depth > _DEEPEST:
                self._refuse("'geometries' should be a list of geometries", (*path, "geometries"))
                return ()
            inside = [(part, (*path, "geometries", i)) for i, part in enumerate(parts)]
            return tuple(f for part, at in inside for f in self._geometry(part, at, depth + 1))
        at = (*path, "coordinates")
        readers: dict[str, Callable[[Json, Path], Figure | None]] = {
            "Point": self._point,
            "LineString": self._line_string,
            "Polygon": self._polygon,
        }
        coordinates = data.get("coordinates")
        if reader := readers.get(kind):
            figure = reader(coordinates, at)
            return (figure,) if figure else ()
        reader = readers[kind.removeprefix("Multi")]
        each = self._list(coordinates, at, "a list of coordinates")
        figures = (reader(one, (*at, i)) for i, one in enumerate(each))
        return tuple(figure for figure in figures if figure)

    def _point(self, data: Json, path: Path) -> Figure | None:
        position = self._position(data, path)
        return Figure(Shape.POINT, ((position,),)) if position else None

    def _line_string(self, data: Json, path: Path) -> Figure | None:
        line = self._line(data, path, 2, "a line")
        return Figure(Shape.LINE, (line,)) if line else None

    def _polygon(self, data: Json, path: Path) -> Figure | None:
        rings = self._list(data, path, "a list of rings")
        read = tuple(self._ring(ring, (*path, i)) for i, ring in enumerate(rings))
        return Figure(Shape.AREA, read) if read and all(read) else None

    def _ring(self, data: Json, path: Path) -> tuple[LatLon, ...]:
        ring = self._line(data, path, 4, "a ring")
        if ring and data[0][:2] != data[-1][:2]:
            self._refuse("this ring is not closed", path, "end it where it begins")
        return ring

    def _line(self, data: Json, path: Path, least: int, noun: str) -> tuple[LatLon, ...]:
        """Return the positions of a line; none where one of them is in error."""
        listed = self._list(data, path, "a list of positions")
        if listed and len(listed) < least:
            message = f"{noun} needs at least {least} positions, and has {len(listed)}"
            self._refuse(message, path)
            return ()
        positions = [self._position(each, (*path, i)) for i, each in enumerate(listed)]
        return tuple(each for each in positions if each) if all(positions) else ()

    def _list(self, data: Json, path: Path, noun: str) -> list[Json]:
        if isinstance(data, list) and data:
            return data
        self._refuse(f"expected {noun}", path)
        return []

    def _position(self, data: Json, path: Path) -> LatLon | None:
        numbers = data[:2] if isinstance(data, list) else []
        if len(numbers) < 2 or not all(_is_number(number) for number in numbers):
            self._refuse("expected a position: two numbers, [longitude, latitude]", path)
            return None
        lon, lat = numbers
        if abs(lon) <= 180 and abs(lat) <= 90:
            self._positions += 1
            return LatLon(round(float(lat), _DECIMALS), round(float(lon), _DECIMALS))
        if abs(lon) <= 90 and abs(lat) <= 180:
            message = f"longitude {lon:.12g} and latitude {lat:.12g} look swapped"
            hint = f"write [{lat:.12g}, {lon:.12g}]: in GeoJSON the longitude comes first"
        else:
            name, number, most = ("latitude", lat, 90) if abs(lat) > 90 else ("longitude", lon, 180)
            message = f"{name} {number:.12g} is out of range"
            hint = f"it lies from -{most} to {most} degrees; export the file as WGS 84 (EPSG:4326)"
        self._refuse(message, path, hint)
        return None

    def _text(self, properties: dict[str, Json], key: str, path: Path) -> str:
        value = properties.get(key)
        if value is None:
            return ""
        at = (*path, key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:g}"
        if not isinstance(value, str):
            self._refuse(f"'{key}' should be text", at)
            return ""
        if odd := next((char for char in value if _is_odd(char)), ""):
            message = f"the character U+{ord(odd):04X} does not belong in a text"
            self._refuse(message, at, "delete it")
            return ""
        if found := _MARKUP.search(value):
            message = f"'{excerpt(found[0])}' is shown as it stands: '{key}' is text, not HTML"
            self.doubts.append(Fault(message, "write it without markup", at))
        return value.strip()

    def _style(self, properties: dict[str, Json], path: Path) -> Style:
        if properties.get("marker-symbol"):
            message = "'marker-symbol' is not drawn: points are discs"
            self.doubts.append(Fault(message, "take it out", (*path, "marker-symbol")))
        size = properties.get("marker-size")
        if size is not None and size not in _SIZES:
            at = (*path, "marker-size")
            self._refuse("'marker-size' should be one of " + ", ".join(_SIZES), at)
        return Style(
            stroke=self._colour(properties, "stroke", path),
            stroke_width=self._number(properties, "stroke-width", 50, path),
            stroke_opacity=self._number(properties, "stroke-opacity", 1, path),
            fill=self._colour(properties, "fill", path),
            fill_opacity=self._number(properties, "fill-opacity", 1, path),
            marker_color=self._colour(properties, "marker-color", path),
            marker_size=size,
        )

    def _colour(self, properties: dict[str, Json], key: str, path: Path) -> str | None:
        value = properties.get(key)
        if value is None or value == "":
            return None
        match = _COLOUR.fullmatch(value) if isinstance(value, str) else None
        if not match:
            words = f"'{excerpt(value)}'" if isinstance(value, str) else "this"
            self._refuse(f"{words} is no colour", (*path, key), 'write it as "#b8321a" or "#b32"')
            return None
        digits = match[1].lower()
        return f"#{digits}" if len(digits) == 6 else "#" + "".join(2 * digit for digit in digits)

    def _number(self, properties: dict[str, Json], key: str, most: int, path: Path) -> float | None:
        value = properties.get(key)
        if value is None or (_is_number(value) and 0 <= value <= most):
            return value
        self._refuse(f"'{key}' should be a number from 0 to {most}", (*path, key))
        return None

    def _refuse(self, message: str, path: Path, hint: str = "") -> None:
        self.faults.append(Fault(message, hint, path))


def _hint_at_type(kind: str, types: Sequence[str]) -> str:
    if kind == "Topology":
        return "export it as GeoJSON, not as TopoJSON"
    if similar := did_you_mean(kind, types):
        return f"did you mean '{similar}'?"
    if len(types) == 1:
        return f"put it into an object of the type '{types[0]}'"
    return f"it is one of {', '.join(types)}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_odd(char: str) -> bool:
    """Tell whether a character is a control character or half of one, as JSON can escape them."""
    return unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r"
