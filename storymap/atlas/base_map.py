"""What of the atlas a story needs, as SVG definitions.

There are two levels of detail: an overview of everything that the map may show and, around the
story's places only, all that the pack has.
"""

import math
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce

import shapely

from storymap.atlas.pack import RELIEF_ZOOMS, layer, relief
from storymap.atlas.periods import AREAS, BORDERS, LINES, METHOD, PARTS, TODAY, Border
from storymap.atlas.plane import TILE, Window, box_of, spread, window_of
from storymap.atlas.shapes import FINE, Shapes, areas, lines, path_data
from storymap.geometry import Box

PLANE_ZOOM = 10
"""zoom at which a unit of the definitions is a CSS pixel"""
NEAR_ZOOM = 6.5
"""largest zoom from which the detail around the story's places is drawn"""
NEAR_WIDTH = 1 / 45
"""width of that detail, in turns, around a single point"""
COARSE = 2.2
"""how far lakes and rivers of the overview may be off: nobody knows them as well as coasts"""
PRINTED_FINER = 2
"""by how many zooms what a map shows on paper is finer than on the screen"""
PRINTED_BLEED = 0.04
"""how far that reaches beyond the map's edges, as a share of its width"""
RIVERS = {"rivers-1": range(4), "rivers-2": range(4, 7), "rivers-3": range(7, 256)}
"""name of a class of rivers -> its ranks in Natural Earth"""

KEPT = 4
"""base maps at a time, for a story whose places are being moved about"""


@dataclass(frozen=True, slots=True)
class Credit:
    """What the page says of data that it carries."""

    name: str
    licence: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of an atlas' paths."""

    id: str
    layer: str
    """what it shows; `region` is where its level of detail is drawn, if not everywhere"""
    periods: tuple[str, ...]
    """whose border or area it shows; none of what is always there"""
    from_zoom: float
    """zoom from which its level of detail is drawn, over the coarser one"""
    unit: int
    """how many units of the plane its own unit is long"""


@dataclass(frozen=True, slots=True)
class Atlas:
    """The base map of one story."""

    bounds: Box
    """what the map may show; its east edge lies beyond 180 where it crosses the antimeridian"""
    defs: str
    """SVG elements for the page's definitions: its parts"""
    relief: str
    """an SVG group for definitions of its own: the relief as `sm-a-relief`, most of the weight"""
    parts: tuple[Part, ...]
    """in the order in which they are painted"""
    borders: tuple[Border, ...]
    """states and their parts whose borders the definitions have, the earlier ones first"""
    credits: tuple[Credit, ...]
    suffix: str = ""
    """with which its definitions' ids end, where it is not the only one in a page"""


CREDITS = (
    Credit(
        "Natural Earth",
        "public domain",
        "Coasts, lakes, rivers and borders are drawn as they are today: many reservoirs are "
        "younger than the story, and the Aral Sea was far larger until the 1960s.\n\n" + METHOD,
    ),
    Credit(
        "GeoNames",
        "CC BY 4.0",
        "The towns that only give orientation, in small type, are a selection from GeoNames "
        "(geonames.org). Their former names, those of former states, and the names of waters and "
        "mountains are set from general knowledge; names hold in the middle of a step's date.",
    ),
)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of detail: where it is drawn and how finely."""

    suffix: str
    """of its definitions' ids"""
    region: shapely.Geometry
    """where it is drawn, on the plane"""
    bleed: float
    """how far its shapes reach beyond the region, so that no cut edge shows; in turns"""
    zoom: int
    """zoom at which its unit is a pixel"""
    from_zoom: float
    """zoom from which it is drawn"""
    inland: float
    """how far thinned lakes and rivers may be off, in units"""
    rivers: tuple[str, ...]

    @property
    def unit(self) -> float:
        """Length of its unit, in turns."""
        return float(1 / (TILE * 2**self.zoom))


def cover(box: Box, detail: Sequence[Box] = ()) -> Atlas:
    """Return the base map of a story inside *box*, with detail in and around the boxes *detail*.

    The map's bounds leave room for every usual proportion of a screen around all of them. A box
    that fills a screen before the detail would be drawn gets none.
    """
    return _cover(box, tuple(detail))


@lru_cache(maxsize=KEPT)
def _cover(box: Box, detail: tuple[Box, ...]) -> Atlas:
    whole = window_of(box)
    spots = [window_of(spot).beside(whole) for spot in detail]
    window = spread(
        reduce(Window.with_, spots, whole),
        margin=0.15,
        least_width=1 / 30,
        narrowest=1.1,
        widest=2.2,
    )
    levels = list(_levels(window, spots))
    drawn = [path for level in levels for path in _paths(level, window)]
    parts, paths = zip(*drawn, strict=True)
    tiles = _relief(window, min(levels[0].zoom - 1, max(RELIEF_ZOOMS)))
    shown = {TODAY, *(period for part in parts for period in part.periods)}
    borders = tuple(border for border in BORDERS if border.period in shown)
    return Atlas(
        bounds=box_of(window),
        defs="".join(paths),
        relief=f'<g id="sm-a-relief">{"".join(tiles)}</g>',
        parts=parts,
        borders=borders,
        credits=CREDITS,
    )


def excerpt(base: Atlas, window: Window, zoom: float, suffix: str) -> Atlas:
    """Return what of a base map a single map on paper needs: its window, as fine as can be seen.

    It has one level of detail, that which *base* has at *zoom* or a coarser one. Its relief is that
    of *base*.
    """
    from_zoom = max(part.from_zoom for part in base.parts if part.from_zoom <= zoom)
    shown = [part for part in base.parts if part.from_zoom == from_zoom]
    level = Level(
        suffix=suffix,
        region=shapely.box(*window),
        bleed=PRINTED_BLEED * (window.right - window.left),
        zoom=min(PLANE_ZOOM + 1 - shown[0].unit.bit_length(), round(zoom) + PRINTED_FINER),
        from_zoom=0,
        inland=FINE if from_zoom else COARSE,
        rivers=tuple(part.layer for part in shown if part.layer in RIVERS),
    )
    parts, paths = zip(*_paths(level, window), strict=True)
    return replace(base, defs="".join(paths), parts=parts, suffix=suffix)


def _levels(window: Window, spots: Sequence[Window]) -> Iterator[Level]:
    """Yield the overview, then the detail where the overview is not fine enough already."""
    width = window.right - window.left
    zoom = min(PLANE_ZOOM, max(5, math.ceil(math.log2(1500 / TILE / width)) + 1))
    region = shapely.box(*window)
    rivers = tuple(RIVERS)[: 2 if zoom < 8 else None]
    yield Level("", region, 0.03 * width, zoom, 0, COARSE, rivers)
    near = [shapely.box(*spot) for spot in _neighbourhoods(spots, window)]
    if near and zoom < PLANE_ZOOM - 1:
        region = shapely.intersection(region, shapely.union_all(near))
        from_zoom = min(NEAR_ZOOM, zoom + 0.5)
        yield Level("-near", region, 0.001, PLANE_ZOOM - 1, from_zoom, FINE, tuple(RIVERS))


def _neighbourhoods(spots: Sequence[Window], window: Window) -> Iterator[Window]:
    """Yield the windows of detail around those spots that need it."""
    for spot in spots:
        near = spread(spot, margin=0, least_width=NEAR_WIDTH, narrowest=1.0, widest=1.0)
        if near.right - near.left <= 2 * NEAR_WIDTH:
            yield near.beside(window)


def _paths(level: Level, window: Window) -> Iterator[tuple[Part, str]]:
    """Yield the definitions of a level, in the order in which they are painted."""
    origin = round(window.left / level.unit), round(window.top / level.unit)
    bled = shapely.buffer(level.region, level.bleed, join_style="mitre")

    def path(name: str, shapes: Shapes, *periods: str) -> tuple[Part, str]:
        id = "-".join(("sm-a", *(periods or (name,))))
        pixels = 2 ** (PLANE_ZOOM - level.zoom)
        part = Part(f"{id}{level.suffix}", name, periods, level.from_zoom, pixels)
        left, top = (edge * pixels for edge in origin)
        of_periods = f'data-periods="{" ".join(periods)}" ' if periods else ""
        return part, (
            f'<path id="{part.id}" class="sm-a" data-layer="{name}" '
            f'{of_periods}data-from="{level.from_zoom:g}" '
            f'transform="matrix({pixels} 0 0 {pixels} {left} {top})" '
            f'd="{path_data(shapes, origin)}"/>'
        )

    if level.from_zoom:
        region = shapely.transform(level.region, lambda corners: corners / level.unit)
        yield path("region", shapely.get_parts(region))
    yield path("land", areas(layer("land"), bled, level.unit))
    for rank, area in enumerate(AREAS):
        found = areas(layer("areas"), bled, level.unit, range(rank, rank + 1))
        if len(found):
            yield path("areas", found, area)
    for name in level.rivers:
        ranks = RIVERS[name]
        yield path(name, lines(layer("rivers"), bled, level.unit, ranks, level.inland))
    lakes = areas(layer("lakes"), bled, level.unit, tolerance=level.inland)
    yield path("lakes", lakes)
    for rank, periods in enumerate(LINES):
        found = lines(layer("borders"), bled, level.unit, range(rank, rank + 1))
        if len(found):
            yield path("parts" if periods[0] in PARTS else "borders", found, *periods)


def _relief(window: Window, zoom: int) -> Iterator[str]:
    """Yield the tiles of the relief that a window touches."""
    across = 2**zoom
    size = TILE * 2 ** (PLANE_ZOOM - zoom)
    left, top, right, bottom = (edge * across for edge in window)
    for row in range(max(0, math.floor(top)), min(across, math.ceil(bottom))):
        for column in range(math.floor(left), math.ceil(right)):
            tile = b64encode(relief(zoom)[row * across + column % across]).decode()
            if tile:
                yield (
                    f'<image x="{column * size}" y="{row * size}" '
                    f'width="{size}" height="{size}" href="data:image/webp;base64,{tile}"/>'
                )
