"""Overlays on static maps: drawings as shapes, plans by reference to the page's pictures.

A plan in perspective is drawn as the parallelogram that comes nearest to it.
"""

from collections.abc import Iterator

from storymap import street
from storymap.model import Drawing, Figure, Plan, Shape, Style
from storymap.scenes import Layout, Scene
from storymap.static_map.view import View

RADIUS = {"small": 3, "medium": 4.5, "large": 6}
"""of points by their size, in pixels"""


def laid_over(layout: Layout, scene: Scene, view: View) -> str:
    """Return the SVG of a scene's overlays; empty where it has none."""
    pictures = {plan.path: id for id, plan in street.picture_ids(layout.overlays).items()}
    drawn = []
    for index in scene.overlays:
        overlay = layout.overlays[index]
        if isinstance(overlay, Plan):
            drawn.append(_plan(overlay, pictures[overlay.path], view))
        else:
            drawn += _drawing(overlay, view)
    return f'<g class="sm-s-overlays">{"".join(drawn)}</g>' if drawn else ""


def _plan(plan: Plan, picture: str, view: View) -> str:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = map(view.at, plan.corners)
    width, height = plan.width_px, plan.height_px
    across = (x1 - x0 + x2 - x3) / 2, (y1 - y0 + y2 - y3) / 2
    down = (x3 - x0 + x2 - x1) / 2, (y3 - y0 + y2 - y1) / 2
    left = (x0 + x1 + x2 + x3) / 4 - (across[0] + down[0]) / 2
    top = (y0 + y1 + y2 + y3) / 4 - (across[1] + down[1]) / 2
    matrix = (across[0] / width, across[1] / width, down[0] / height, down[1] / height, left, top)
    written = " ".join(f"{number:.5g}" for number in matrix)
    return f'<use href="#{picture}" opacity="{plan.opacity:g}" transform="matrix({written})"/>'


def _drawing(drawing: Drawing, view: View) -> Iterator[str]:
    """Yield a drawing's shapes, its points on top."""
    figures = [(figure, feature) for feature in drawing.features for figure in feature.figures]
    for figure, feature in sorted(figures, key=lambda each: each[0].shape is Shape.POINT):
        draw = _point if figure.shape is Shape.POINT else _path
        yield draw(figure, feature.style, view)


def _point(figure: Figure, style: Style, view: View) -> str:
    x, y = view.at(figure.lines[0][0])
    colour = f' fill="{style.marker_color}"' if style.marker_color else ""
    radius = RADIUS[style.marker_size or "medium"]
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"{colour}/>'


def _path(figure: Figure, style: Style, view: View) -> str:
    area = figure.shape is Shape.AREA
    lines = (" ".join(f"{x:.1f} {y:.1f}" for x, y in map(view.at, line)) for line in figure.lines)
    attributes = {
        "stroke": style.stroke,
        "stroke-width": style.stroke_width,
        "stroke-opacity": style.stroke_opacity,
        "fill": (style.fill or style.stroke) if area else "none",
        "fill-opacity": street.fill_opacity(style) if area else None,
    }
    written = "".join(f' {key}="{value}"' for key, value in attributes.items() if value is not None)
    return f'<path d="{"".join(f"M{line}" for line in lines)}"{written}/>'
