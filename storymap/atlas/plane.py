"""The plane of the atlas: Web Mercator, its origin in the north-west corner of the world.

Lengths are in turns: the world is 1 wide, and x goes on past 1 east of the antimeridian.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storymap.geometry import MERCATOR_LIMIT, Box

TILE = 256
"""width of the world at zoom 0, in CSS pixels"""


class Window(NamedTuple):
    """A rectangle of the plane, `top` less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, share: float) -> "Window":
        """Return the window with a share of its size added on each side."""
        x, y = share * (self.right - self.left), share * (self.bottom - self.top)
        return Window(self.left - x, self.top - y, self.right + x, self.bottom + y)

    def beside(self, other: "Window") -> "Window":
        """Return the window moved to the copy of the world on which it is nearest to another."""
        turns = round((other.left + other.right - self.left - self.right) / 2)
        return self._replace(left=self.left + turns, right=self.right + turns)

    def with_(self, other: "Window") -> "Window":
        """Return the smallest window around this one and another, on the same plane."""
        return Window(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def xs(lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the x of longitudes."""
    return lon / 360 + 0.5


def ys(lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the y of latitudes, those near a pole as if they were just off the map."""
    inside = np.clip(lat, -MERCATOR_LIMIT - 1, MERCATOR_LIMIT + 1)
    stretched: NDArray[np.float64] = np.arctanh(np.sin(np.radians(inside)))
    return 0.5 - stretched / (2 * np.pi)


def window_of(box: Box) -> Window:
    """Return the window that a box covers."""
    west, south, east, north = box.unwrapped()
    left, right = xs(np.array([west, east]))
    top, bottom = ys(np.array([north, south]))
    return Window(float(left), float(top), float(right), float(bottom))


def box_of(window: Window) -> Box:
    """Return the box that a window covers; its edges may lie beyond 180."""
    south, north = (
        math.degrees(math.asin(math.tanh((0.5 - y) * 2 * math.pi)))
        for y in (window.bottom, window.top)
    )
    return Box((window.left - 0.5) * 360, south, (window.right - 0.5) * 360, north)


def spread(
    window: Window, *, margin: float, least_width: float, narrowest: float, widest: float
) -> Window:
    """Return the window in which views of many proportions can frame the given one.

    *margin* is the share of its size added on each side, twice above and below a narrow view, where
    pages have their furniture; *least_width* is in turns, and *narrowest* and *widest* are the
    proportions, width to height, of the extreme views. The result lies around the given window,
    wherever that is, is at most one turn wide, and ends where Web Mercator does.
    """
    inner, tall = window.grown(margin), window.grown(2 * margin)
    width, height = max(inner.right - inner.left, least_width), inner.bottom - inner.top
    width, height = (
        min(1.0, max(width, height * widest)),
        max(tall.bottom - tall.top, width / narrowest),
    )
    limit = window_of(Box(-180, -MERCATOR_LIMIT, 180, MERCATOR_LIMIT))
    height = min(height, limit.bottom - limit.top)
    left = (inner.left + inner.right - width) / 2
    top = (inner.top + inner.bottom - height) / 2
    top = min(max(top, limit.top), limit.bottom - height)
    return Window(left, top, left + width, top + height)
