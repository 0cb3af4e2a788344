"""The picture that stands for a story where its address is shown: the whole journey, as PNG.

It has the light colours of the page, and no letters: those of one system would give other bytes
than those of another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from storymap.atlas import Atlas
from storymap.scenes import Layout
from storymap.static_map.drawing import definitions
from storymap.static_map.ground import sheets, used
from storymap.static_map.labels import Rect
from storymap.static_map.marks import dots, marks_of
from storymap.static_map.routes import route_id
from storymap.static_map.view import plane_of, view_of

COLOURS = {
    "ink-2": "#5B544A",
    "accent": "#B8321A",
    "accent-2": "#1F5A63",
    "land": "#EFE8D8",
    "sea": "#BCD2D8",
    "border": "#7A5C3E",
    "casing": "#FBF8F1",
}
"""the page's own; those of a story's theme go before them"""

RELIEF_LEAST = 0.15
"""opacity of the relief where it is enlarged most, as in static.css"""

Rule = tuple[str, str]
"""a selector and declarations"""


def poster(
    layout: Layout, base: Atlas, theme: Mapping[str, str], width_px: int, height_px: int
) -> bytes:
    """Return the whole story's map as a PNG; the same story gives the same bytes."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - few pages have an address

    svg = drawing_of(layout, base, {**COLOURS, **theme}, width_px, height_px)
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            image_rendering="optimize_speed",  # the relief is about as large as the picture
        )
    )


def drawing_of(
    layout: Layout, base: Atlas, colours: Mapping[str, str], width: int, height: int
) -> str:
    """Return the same as SVG, in these *colours*."""
    scene = layout.cover
    view = view_of(scene, plane_of(layout, base), base.bounds, width, height)
    below = "".join(map(used, (*sheets(scene, base, view.zoom), *map(route_id, scene.travels))))
    named = tuple(dict.fromkeys(index for each in layout.scenes for index in each.current))
    drawn = dots(marks_of(layout, scene, view, Rect(0, 0, width, height), named))
    shared = definitions(replace(layout, scenes=()), base, (below,))
    relief = min(max(RELIEF_LEAST, 1 - (1 - RELIEF_LEAST) * (view.zoom - 6.5) / 3), 1)
    rules = [
        (".sm-s-relief", f"mix-blend-mode:hard-light;opacity:{relief:.3f}"),
        *_on_ground(base, colours, 1 / view.scale),
        *_on_map(colours, 1 / view.scale),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f"<style>{''.join(f'{where}{{{what}}}' for where, what in rules)}</style>"
        f"<defs>{base.relief}{base.defs}{shared}</defs>"
        f'<svg class="ground" width="{width}" height="{height}" '
        f'viewBox="{view.left} {view.top} {view.width} {view.height}">{below}</svg>{drawn}</svg>'
    )


def _on_ground(base: Atlas, colours: Mapping[str, str], pixel: float) -> Iterator[Rule]:
    """Yield the look of the atlas, each level of detail in its own unit; as in static.css."""
    yield ".ground", "fill:none;stroke-linejoin:bevel"
    yield ".sm-a", "fill-rule:evenodd"
    yield ".sm-s-region", f"fill:{colours['sea']}"
    yield ".sm-s-land", f"fill:{colours['land']}"
    yield ".sm-s-lakes", f"fill:{colours['sea']}"
    lines = (
        (".sm-s-shore.sm-s-line-0", "accent-2", 15, 0.14),
        (".sm-s-offing.sm-s-line-0", "sea", 13.4, 1),
        (".sm-s-shore.sm-s-line-1", "accent-2", 9.5, 0.22),
        (".sm-s-offing.sm-s-line-1", "sea", 7.9, 1),
        (".sm-s-shore.sm-s-line-2", "accent-2", 5, 0.34),
        (".sm-s-offing.sm-s-line-2", "sea", 3.4, 1),
        (".sm-s-land", "accent-2", 1, 0.7),
        (".sm-s-rivers-1", "accent-2", 0.9, 0.4),
        (".sm-s-rivers-2", "accent-2", 0.6, 0.4),
        (".sm-s-rivers-3", "accent-2", 0.5, 0.4),
        (".sm-s-lakes", "accent-2", 0.8, 0.6),
        (".sm-s-aside", "border", 0.8, 0.35),
        (".sm-s-present", "border", 1.2, 0.8),
        (".sm-s-band", "border", 6.5, 0.16),
        (".sm-s-former-borders", "border", 1.7, 0.95),
        (".sm-s-former-parts", "border", 1.3, 0.85),
    )
    levels = sorted({(part.from_zoom, part.unit) for part in base.parts})
    for number, (_, unit) in enumerate(levels):
        own = f'[id|="sm-s-{number}"] '
        for where, token, width, opacity in lines:
            yield own + where, _stroke(colours[token], width, pixel / unit, opacity)
        for where in (".sm-s-former-borders", ".sm-s-former-parts"):
            yield own + where, _dashes(pixel / unit, 8, 3, 1.5, 3)


def _on_map(colours: Mapping[str, str], pixel: float) -> Iterator[Rule]:
    """Yield the look of routes and places, heavier than on a page: a preview is shown small."""
    yield ".sm-leg", _stroke(colours["ink-2"], 2.5, pixel)
    yield ".sm-casing", _stroke(colours["casing"], 14, pixel) + "stroke-linecap:round"
    yield ".sm-behind", _stroke(colours["accent"], 6.5, pixel)
    yield ".sm-inferred", _dashes(pixel, 16, 9)
    yield ".sm-guessed", _dashes(pixel, 0.2, 12) + "stroke-linecap:round"
    for where, token, width in ((".sm-s-station", "ink-2", 9), (".sm-s-hole", "casing", 4)):
        yield where, _stroke(colours[token], width, pixel) + "stroke-linecap:square"
    yield ".sm-s-visited", _stroke(colours["casing"], 26, 1) + "stroke-linecap:round"
    yield ".sm-s-visited path+path", _stroke(colours["accent"], 18, 1)


def _stroke(colour: str, width: float, pixel: float, opacity: float = 1) -> str:
    return f"stroke:{colour};stroke-width:{width * pixel:.5g};stroke-opacity:{opacity};"


def _dashes(pixel: float, *lengths: float) -> str:
    return f"stroke-dasharray:{' '.join(f'{length * pixel:.5g}' for length in lengths)};"
