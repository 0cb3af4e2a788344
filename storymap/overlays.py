"""Overlays laid out: each once, where the story's places lie, and which of them a camera frames."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from storymap.geometry import Box, LatLon, beside, box_around, circle_box
from storymap.model import Feature, Location, Overlay, Plan, Story

NEAR_M = 5_000.0
"""how far from a place of unstated radius an overlay still belongs to it"""


def distinct(story: Story) -> tuple[Overlay, ...]:
    """Return every overlay of a story once, in the order in which steps show them."""
    return tuple(dict.fromkeys(each for event in story.events for each in event.overlays))


def framed(overlays: Iterable[Overlay], locations: Sequence[Location]) -> tuple[Box, ...]:
    """Return the boxes of the overlays that a step's camera shows together with its places.

    They are those that lie on or beside one of the places' *locations*; where the step has no
    located place, all of them.
    """
    around = [
        circle_box(location.point, location.radius_m or NEAR_M)
        for location in locations
        if location.point
    ]
    boxes = (box_around(overlay.points()) for overlay in overlays)
    return tuple(box for box in boxes if not around or any(_meet(box, each) for each in around))


def moved(overlay: Overlay, lon: float) -> Overlay:
    """Return an overlay on the copy of the world round *lon*, in one piece."""
    if isinstance(overlay, Plan):
        top_left, top_right, bottom_right, bottom_left = _in_one_piece(overlay.corners, lon)
        return replace(overlay, corners=(top_left, top_right, bottom_right, bottom_left))
    return replace(overlay, features=tuple(_moved(each, lon) for each in overlay.features))


def _moved(feature: Feature, lon: float) -> Feature:
    figures = (
        replace(figure, lines=tuple(_in_one_piece(line, lon) for line in figure.lines))
        for figure in feature.figures
    )
    return replace(feature, figures=tuple(figures))


def _in_one_piece(line: Sequence[LatLon], lon: float) -> tuple[LatLon, ...]:
    """Return positions whose longitudes follow each other without a jump of a full turn."""
    placed = []
    for point in line:
        lon = beside(point.lon, lon)
        placed.append(LatLon(point.lat, lon))
    return tuple(placed)


def _meet(one: Box, other: Box) -> bool:
    west, south, east, north = one.unwrapped()
    beside_it = other.beside((west + east) / 2)
    return (
        west <= beside_it.east
        and beside_it.west <= east
        and south <= other.north
        and other.south <= north
    )
