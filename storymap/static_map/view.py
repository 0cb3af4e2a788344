"""What a static map shows: a window of the atlas' plane, and where on the map a position lies.

The plane's units are pixels at `PLANE_ZOOM`; those of a map are its own pixels.
"""

import math
from dataclasses import dataclass

from storymap.atlas import PLANE_ZOOM, Atlas
from storymap.atlas.plane import TILE, Window, window_of
from storymap.geometry import EARTH_RADIUS_M, Box, LatLon, northing
from storymap.scenes import Layout, Scene

PLANE = TILE << PLANE_ZOOM
"""units of the plane in a turn"""
PADDING = 34
"""pixels that are kept free around the frame of a scene"""
STEP_BACK = 1
"""how many zooms farther away than the live map, which is wider and can be moved"""
LEAST_EXTENT = 1e-9
"""of a frame, in turns"""
EDGE = 84.9
"""latitude, just inside the map, at which what lies beyond it is drawn"""


@dataclass(frozen=True, slots=True)
class Plane:
    """The plane of an atlas, as a layout's positions need it."""

    turns: int
    """how many turns east of the layout's copy of the world the atlas lies"""

    def at(self, point: LatLon) -> tuple[float, float]:
        """Return where a position lies on the plane."""
        return (
            (point.lon / 360 + 0.5 + self.turns) * PLANE,
            (0.5 - northing(point.lat, EDGE) / (2 * math.pi)) * PLANE,
        )


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows of the plane."""

    plane: Plane
    left: int
    top: int
    width: int
    height: int
    scale: float
    """pixels for each unit of the plane"""

    @property
    def zoom(self) -> float:
        """Zoom of Web Mercator."""
        return PLANE_ZOOM + math.log2(self.scale)

    @property
    def window(self) -> Window:
        """The same in turns."""
        right, bottom = self.left + self.width, self.top + self.height
        return Window(self.left / PLANE, self.top / PLANE, right / PLANE, bottom / PLANE)

    def at(self, point: LatLon) -> tuple[float, float]:
        """Return where a position lies on the map."""
        x, y = self.plane.at(point)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def length(self, metres: float, lat: float) -> float:
        """Return how long a distance is on the map at a latitude."""
        turn_m = 2 * math.pi * EARTH_RADIUS_M * math.cos(math.radians(lat))
        return metres / turn_m * PLANE * self.scale


def plane_of(layout: Layout, base: Atlas) -> Plane:
    """Return the plane on which both a layout's positions and the atlas lie."""
    west, _, east, _ = layout.cover.frame
    return Plane(round((base.bounds.west + base.bounds.east - west - east) / 720))


def view_of(scene: Scene, plane: Plane, bounds: Box, width: int, height: int) -> View:
    """Return the view of this size that frames a scene and stays inside an atlas' bounds."""
    limit = window_of(bounds)
    zoom, frame = scene.zoom, scene.frame
    if scene.camera:
        lat, lon = scene.camera.center
        zoom, frame = scene.camera.zoom, Box(lon, lat, lon, lat)
    framed = window_of(frame)
    turn = min(
        TILE * 2 ** (zoom - STEP_BACK),
        (width - 2 * PADDING) / max(framed.right - framed.left, LEAST_EXTENT),
        (height - 2 * PADDING) / max(framed.bottom - framed.top, LEAST_EXTENT),
    )
    turn = max(turn, width / (limit.right - limit.left), height / (limit.bottom - limit.top))
    across, down = width / turn, height / turn
    x = (framed.left + framed.right - across) / 2 + plane.turns
    y = (framed.top + framed.bottom - down) / 2
    x = min(max(x, limit.left), limit.right - across)
    y = min(max(y, limit.top), limit.bottom - down)
    left, top, right, bottom = (round(edge * PLANE) for edge in (x, y, x + across, y + down))
    return View(plane, left, top, right - left, bottom - top, turn / PLANE)
