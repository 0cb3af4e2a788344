"""What is outside the page, and the elements that need it.

They are refused by name before or after rendering, never dropped in silence.
"""

# ruff: noqa: SLF001 - branca has no public way to the tree of elements

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import folium
from branca.colormap import ColorMap
from branca.element import Element, Figure, Html, IFrame, Link
from folium.features import CustomIcon
from folium.map import Popup
from folium.raster_layers import ImageOverlay, TileLayer, VideoOverlay, WmsTileLayer


class OutsideError(ValueError):
    """An element needs something that is not in the page; whoever added it must leave it out."""

    def __init__(self, *, element: str, needs: str) -> None:
        super().__init__(f"{element} needs {needs}; a story map holds everything in one file")


class OutsideScriptError(OutsideError):
    """An element needs scripts or styles from outside the page."""

    def __init__(self, *, element: str, addresses: Sequence[str] = ()) -> None:
        files = ", ".join(urlsplit(address).path.rpartition("/")[2] for address in addresses)
        needs = "scripts from outside the page"
        super().__init__(element=element, needs=f"{needs} ({files})" if files else needs)


def refuse_fetching(element: Element) -> None:
    """Raise `OutsideError` if *element* would fetch something."""
    name = type(element).__name__
    links = (*getattr(element, "default_js", ()), *getattr(element, "default_css", ()))
    if links:
        raise OutsideScriptError(element=name, addresses=[url for _, url in links])
    if isinstance(element, ColorMap):
        raise OutsideScriptError(element=name, addresses=["d3.min.js"])
    if isinstance(element, Popup):
        for child in (*element._children.values(), *element.html._children.values()):
            if type(child) not in {Html, IFrame, Element}:
                raise OutsideScriptError(element=type(child).__name__)
    for address in _addresses(element):
        if not address.startswith("data:"):
            host = urlsplit(address).hostname or address
            raise OutsideError(element=name, needs=f"pictures from {host}")


def _addresses(element: Element) -> Sequence[str]:
    """Return the addresses of the pictures that *element* shows."""
    match element:
        case TileLayer():
            return [str(element.tiles)]
        case WmsTileLayer() | ImageOverlay():
            return [element.url]
        case VideoOverlay():
            return [element.video_url]
        case CustomIcon():
            options = element.options
            return [str(options[key]) for key in ("icon_url", "shadow_url") if key in options]
        case _:
            return []


def refuse_beside(figure: Figure, owners: Mapping[str, Element]) -> None:
    """Raise `OutsideError` if an element has put something beside the map."""
    for name, child in (*figure.header._children.items(), *figure.html._children.items()):
        if isinstance(child, Link):
            raise OutsideScriptError(element="a style", addresses=[child.url])
        owner = owners.get(name)
        # the page has its own for the map's; a picture's say how it is enlarged
        if owner is None or isinstance(owner, folium.Map | ImageOverlay):
            continue
        if child.render().strip():
            raise OutsideError(element=type(owner).__name__, needs="a place beside the map")
