"""HTML from elsewhere, made safe to show.

What comes out runs nothing, styles nothing and makes a browser fetch nothing.
"""

from html import unescape
from typing import Final

import nh3

DRAWN: Final = {"fill", "stroke", "stroke-width", "opacity", "transform"}
DRAWING: Final[dict[str, set[str]]] = {
    "svg": {"width", "height", "viewBox"},
    "g": set(),
    "path": {"d"},
    "circle": {"cx", "cy", "r"},
    "ellipse": {"cx", "cy", "rx", "ry"},
    "rect": {"x", "y", "width", "height", "rx"},
    "line": {"x1", "y1", "x2", "y2"},
    "polyline": {"points"},
    "polygon": {"points"},
}
"""the part of SVG that icons are drawn with: element -> its own attributes"""

TAGS: Final = nh3.ALLOWED_TAGS | DRAWING.keys()
ATTRIBUTES: Final = nh3.ALLOWED_ATTRIBUTES | {tag: own | DRAWN for tag, own in DRAWING.items()}


def clean(html: str) -> str:
    """Return *html* without scripts, styles, ids and classes, and with inline pictures only.

    A picture from elsewhere leaves its alternative text.
    """
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_unfetched,
        url_schemes={"http", "https", "mailto", "data"},
    ).strip()


def plain(html: str) -> str:
    """Return the text of *html* on one line, a space for every tag."""
    return " ".join(unescape(nh3.clean(html.replace("<", " <"), tags=set())).split())


def _unfetched(_tag: str, attribute: str, value: str) -> str | None:
    """Return an attribute's value, or None where a browser would fetch or run what it names."""
    if attribute == "src":
        return value if value.startswith("data:image/") else None
    return None if value.startswith("data:") or "url(" in value else value
