"""Shapes of the pack as a region of the plane needs them: cut, thinned, written as paths.

Regions are in turns. Shapes are in the unit of a level of detail, which is so many turns long.
"""

from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from storymap.atlas.pack import Layer
from storymap.atlas.plane import Window, box_of, xs, ys

Shapes = NDArray[np.object_]
"""an array of shapely's geometries"""

FINE = 1.5
"""how far a thinned line may be off, in units"""
LEAST_AREA = 12.0
"""least area that is kept there, in square units: an island of two pixels is land in an ocean"""
ALL_RANKS = range(256)


def areas(
    layer: Layer,
    region: shapely.Geometry,
    unit: float,
    ranks: range = ALL_RANKS,
    tolerance: float = FINE,
) -> Shapes:
    """Return the polygons of some ranks inside a region, those whole that the antimeridian cuts."""
    laps = _laps(region)
    found = _cut(
        np.concatenate([_polygons(layer, region, unit, lap, ranks) for lap in laps]), region, unit
    )
    whole = _mended(found, unit) if len(laps) > 1 else found
    large = shapely.area(whole) >= LEAST_AREA * (tolerance / FINE) ** 2
    return _thinned(whole[large], tolerance)


def lines(
    layer: Layer,
    region: shapely.Geometry,
    unit: float,
    ranks: range = ALL_RANKS,
    tolerance: float = FINE,
) -> Shapes:
    """Return the lines of some ranks of a layer inside a region."""
    found = [_linestrings(layer, region, unit, lap, ranks) for lap in _laps(region)]
    return _thinned(_cut(np.concatenate(found), region, unit), tolerance)


def path_data(shapes: Shapes, origin: tuple[int, int]) -> str:
    """Return polygons or lines as the data of one SVG path, in whole units from *origin*."""
    if not len(shapes):
        return ""
    closed = int(shapely.get_dimensions(shapes[0])) == 2
    runs = shapely.get_rings(shapes) if closed else shapes
    exact, run = shapely.get_coordinates(runs, return_index=True)
    corners = np.rint(exact).astype(int) - origin
    begins = np.diff(run, prepend=-1) != 0
    kept = begins | (np.diff(corners, axis=0, prepend=0) != 0).any(axis=1)
    corners, run = corners[kept], run[kept]
    if closed:  # a ring's last corner is its first once more
        kept = np.diff(run, append=-1) == 0
        corners, run = corners[kept], run[kept]
    kept = np.bincount(run)[run] >= (3 if closed else 2)
    corners, run = corners[kept], run[kept]
    starts = np.flatnonzero(np.diff(run, prepend=-1))
    steps = np.diff(corners, axis=0, prepend=0)
    if closed:  # after a ring the pen is back where it began
        steps[starts[1:]] = np.diff(corners[starts], axis=0)
    numbers = steps.ravel().tolist()
    cuts = pairwise((*(2 * starts).tolist(), len(numbers)))
    end = "z" * closed
    data = "".join(f"m{str(numbers[start:stop])[1:-1]}{end}" for start, stop in cuts)
    return data.replace(", -", "-").replace(", ", " ")


def _laps(region: shapely.Geometry) -> range:
    """Return which copies of the world, 0 the first, a region touches."""
    left, _, right, _ = region.bounds
    return range(int(np.floor(left)), int(np.ceil(right)))


def _polygons(
    layer: Layer, region: shapely.Geometry, unit: float, lap: int, ranks: range
) -> Shapes:
    of_ring = np.repeat(np.arange(len(layer.rings)), layer.rings)
    outlines = np.cumsum(layer.rings) - layer.rings
    wanted = (_touching(layer, region, lap)[outlines] & _ranked(layer, ranks))[of_ring]
    corners, ring = _corners(layer, wanted, unit, lap)
    _, area = np.unique(of_ring[wanted], return_inverse=True)
    found: Shapes = shapely.polygons(shapely.linearrings(corners, indices=ring), indices=area)
    return found


def _linestrings(
    layer: Layer, region: shapely.Geometry, unit: float, lap: int, ranks: range
) -> Shapes:
    wanted = _touching(layer, region, lap) & _ranked(layer, ranks)
    corners, line = _corners(layer, wanted, unit, lap)
    found: Shapes = shapely.linestrings(corners, indices=line)
    return found


def _ranked(layer: Layer, ranks: range) -> NDArray[np.bool_]:
    """Tell which areas or lines of a layer have one of some ranks."""
    ranked: NDArray[np.bool_] = (layer.ranks >= ranks.start) & (layer.ranks < ranks.stop)
    return ranked


def _touching(layer: Layer, region: shapely.Geometry, lap: int) -> NDArray[np.bool_]:
    """Tell which rings or lines of a layer, moved by *lap* turns, may have a share in a region."""
    west, south, east, north = layer.bounds
    within = np.zeros(len(west), bool)
    for part in shapely.get_parts(region):
        box = box_of(Window(*part.bounds))
        within |= (
            (west + 360 * lap < box.east)
            & (east + 360 * lap > box.west)
            & (south < box.north)
            & (north > box.south)
        )
    return within


def _corners(
    layer: Layer, wanted: NDArray[np.bool_], unit: float, lap: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the corners of the wanted rings or lines, and which of them each is of."""
    of_wanted = np.repeat(wanted, layer.lengths)
    x, y = xs(layer.lon[of_wanted]) + lap, ys(layer.lat[of_wanted])
    indices = np.repeat(np.arange(np.count_nonzero(wanted)), layer.lengths[wanted])
    return np.column_stack((x, y)) / unit, indices


def _mended(polygons: Shapes, unit: float) -> Shapes:
    """Return polygons with those joined that meet on the antimeridian."""
    left, _, right, _ = shapely.bounds(polygons).T * unit
    cut = (left == np.rint(left)) | (right == np.rint(right))
    joined = shapely.get_parts(shapely.union_all(polygons[cut]))
    return np.concatenate((polygons[~cut], joined))


def _cut(shapes: Shapes, region: shapely.Geometry, unit: float) -> Shapes:
    """Return the parts of shapes inside a region."""
    scaled = shapely.transform(region, lambda corners: corners / unit)
    inside = shapely.clip_by_rect(shapes, *scaled.bounds)
    if not scaled.equals(scaled.envelope):
        inside = shapely.intersection(inside, scaled)
    return _parts(inside, shapely.get_dimensions(shapes).max(initial=0))


def _thinned(shapes: Shapes, tolerance: float) -> Shapes:
    """Return shapes without the corners that matter least."""
    thinned = shapely.simplify(shapes, tolerance, preserve_topology=False)
    return _parts(thinned, shapely.get_dimensions(shapes).max(initial=0))


def _parts(shapes: Shapes, dimension: int) -> Shapes:
    """Return the single parts of shapes that are polygons (2) or lines (1)."""
    parts = shapely.get_parts(shapes)
    alike: Shapes = parts[(shapely.get_dimensions(parts) == dimension) & ~shapely.is_empty(parts)]
    return alike
