"""The document's part on overlays and tiles, which a page has only where its story has some.

Its shape is written down once more in `browser/src/street-story.ts`. Positions are latitude first,
to six decimals.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from storymap import overlays
from storymap.contrast import contrast
from storymap.geometry import LatLon
from storymap.model import Drawing, Feature, Overlay, Plan, Story, Style, Tiles
from storymap.scenes import Layout

MAX_ZOOM = 18
"""of a map with overlays, which show more than the atlas does"""

_LEAST_CONTRAST = 3.0
"""of a line with the land below it"""
_STEPS = 20
"""in which a colour is mixed with white until it shows on dark land"""

_WIDTH_PX = 2.0
_FILL_OPACITY = 0.6
_OWN_FILL_OPACITY = 0.25
"""where the author states no colour, and the page's own is drawn"""
_RADIUS_PX = {"small": 5, "medium": 7, "large": 10}


def has_any(story: Story) -> bool:
    """Tell whether a story has overlays or tiles."""
    return bool(story.tiles or overlays.distinct(story))


def document(story: Story, layout: Layout) -> dict[str, Any] | None:
    """Return the part as plain data; None for a story that has neither."""
    if not has_any(story):
        return None
    from storymap.reading.theme import DEFAULTS  # noqa: PLC0415 - few stories have overlays

    land = story.theme.get("dark-land", DEFAULTS["dark-land"])
    pictures = {plan.path: id for id, plan in picture_ids(layout.overlays).items()}
    return {
        "overlays": [
            _plan(each, pictures[each.path]) if isinstance(each, Plan) else _drawing(each, land)
            for each in layout.overlays
        ],
        "steps": [list(scene.overlays) for scene in layout.scenes],
        "tiles": _tiles(story.tiles) if story.tiles else None,
    }


def picture_ids(laid: Iterable[Overlay]) -> dict[str, Plan]:
    """Return the pictures of plans, each file once: its id in the page -> a plan that shows it."""
    by_path: dict[Path, Plan] = {}
    for overlay in laid:
        if isinstance(overlay, Plan):
            by_path.setdefault(overlay.path, overlay)
    return {f"sm-picture-{n}": plan for n, plan in enumerate(by_path.values())}


def _plan(plan: Plan, picture: str) -> dict[str, Any]:
    return {
        "kind": "plan",
        "picture": picture,
        "alt": plan.alt,
        "corners": [_position(corner) for corner in plan.corners],
        "size": [plan.width_px, plan.height_px],
        "opacity": plan.opacity,
    }


def _drawing(drawing: Drawing, land: str) -> dict[str, Any]:
    features = [_feature(each, drawing.label, land) for each in drawing.features]
    return {"kind": "drawing", "features": features}


def _feature(feature: Feature, label: str, land: str) -> dict[str, Any]:
    return {
        "title": (feature.title or label) if feature.has_words() else "",
        **_style(feature.style, land),
        "figures": [
            {
                "shape": figure.shape.value,
                "lines": [[_position(point) for point in line] for line in figure.lines],
            }
            for figure in feature.figures
        ],
    }


def fill_opacity(style: Style) -> float:
    """Return how strongly an area is filled."""
    return _or(style.fill_opacity, _FILL_OPACITY if style.fill else _OWN_FILL_OPACITY)


def _style(style: Style, land: str) -> dict[str, Any]:
    return {
        "stroke": _paint(style.stroke, land),
        "strokeWidth": _or(style.stroke_width, _WIDTH_PX),
        "strokeOpacity": _or(style.stroke_opacity, 1.0),
        "fill": _paint(style.fill, land),
        "fillOpacity": fill_opacity(style),
        "marker": _paint(style.marker_color, land),
        "radius": _RADIUS_PX[style.marker_size or "medium"],
    }


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _paint(colour: str | None, land: str) -> list[str]:
    """Return a colour for the light page and one for the dark; none for the page's own."""
    return [colour, on_dark(colour, land)] if colour else []


def on_dark(colour: str, land: str) -> str:
    """Return *colour*, with so much white as it takes to be seen on dark *land*."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(_STEPS):
        mixed = "".join(f"{c + (255 - c) * step // _STEPS:02x}" for c in channels)
        if contrast(f"#{mixed}", land) >= _LEAST_CONTRAST:
            return f"#{mixed}"
    return "#ffffff"


def _tiles(tiles: Tiles) -> dict[str, Any]:
    return {"url": tiles.url, "maxZoom": tiles.max_zoom}


def _position(point: LatLon) -> list[float]:
    return [round(point.lat, 6), round(point.lon, 6)]
