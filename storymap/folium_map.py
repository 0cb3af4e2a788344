"""The live map, made by folium.

Only Leaflet is needed to start it: what would load a script, a style or a picture from outside
the page is refused by name, and popups become cards of the page. No text is ever read as a
template, although branca renders what an element yields a second time.
"""

# ruff: noqa: SLF001 - branca has no public way to the tree of elements

import json
import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import singledispatch
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

import folium
from branca.colormap import ColorMap
from branca.element import Element, Figure, Html, IFrame, Link, MacroElement
from folium.features import CustomIcon, DivIcon, GeoJson, GeoJsonPopup, GeoJsonTooltip
from folium.map import Icon, Popup, Tooltip
from folium.raster_layers import ImageOverlay, TileLayer, VideoOverlay, WmsTileLayer
from folium.template import tojavascript
from jinja2 import Template

from storymap import markup
from storymap.geometry import Box, center_of

FRAME_HEIGHT_PX = 640
"""height of the frame in which a notebook shows the page"""

DOT: dict[str, Any] = {
    "class_name": "sm-dot",
    "icon_size": [24, 24],
    "html": '<svg width="24" height="24" viewBox="-12 -12 24 24">'
    '<circle r="7" fill="currentColor" stroke="#fff" stroke-width="2"></circle></svg>',
}
"""options of the icon that markers have for want of another: Leaflet's own is a file"""

DEFAULT_ICON = f"L.Marker.mergeOptions({{icon: L.divIcon({tojavascript(DOT)})}});\n"

COLOURS = {"lightred": "#ff8e7f", "darkpurple": "#5b396b"}
"""colours of folium's icons that CSS does not know"""


@dataclass(frozen=True, slots=True)
class MapParts:
    """What the page needs of the map."""

    html: str
    """the element that Leaflet draws in"""
    script: str
    """starts the map and its layers; what it holds of `</script` is for the page to escape"""
    cards: str
    """`template` elements that layers name in their property `storymapCard`"""
    name: str
    """the global variable that holds the map, and the id of its element"""


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


class StoryMap(folium.Map):
    """A story map as a `folium.Map`: layers may be added; what is shown and saved is the page.

    `render_page` makes the page of the map's parts, `title` names its frame in a notebook, and
    `frame` is what the map shows until the page's own script moves it.
    """

    def __init__(self, render_page: Callable[[MapParts], str], *, title: str, frame: Box) -> None:
        super().__init__(
            location=center_of(frame),
            tiles=None,
            zoom_start=3,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
        )
        self.default_js = []
        self.default_css = []
        self._render_page = render_page
        self._title = title
        _PageFigure(self).add_child(self)

    def page(self) -> str:
        """Return the page, the same that `storymap build` writes.

        Raises:
            OutsideError: an element needs something that is not in the page.
        """
        return self._render_page(map_parts(self))

    def render(self, **_: object) -> str:
        """Put the page, in a frame, into a figure of somebody else's that holds the map."""
        figure = cast("Figure", self.get_root())
        figure.html.add_child(Html(self._repr_html_(), script=True), self.get_name())
        return ""

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002 - as folium has it
        **_: object,
    ) -> None:
        """Write the page; the file is not touched where an element is refused."""
        page = self.page().encode()
        if isinstance(outfile, str | bytes | Path):
            Path(os.fsdecode(outfile)).write_bytes(page)
            return
        outfile.write(page)
        if close_file:
            outfile.close()

    def add_js_link(self, name: str, url: str) -> None:
        """Refuse: see `OutsideScriptError`."""
        raise OutsideScriptError(element=name, addresses=[url])

    add_css_link = add_js_link

    def keep_in_front(self, *_: object) -> None:
        """Refuse: folium does this with jQuery."""
        raise OutsideScriptError(element="keep_in_front", addresses=["jquery.js"])

    def _repr_html_(self, **_: object) -> str:
        return (
            f'<iframe title="{escape(self._title)}" srcdoc="{escape(self.page())}"'
            f' width="100%" height="{FRAME_HEIGHT_PX}" style="border: 0"'
            ' sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"'
            ' allow="fullscreen"></iframe>'
        )


class _PageFigure(Figure):
    """The root above a story map: what it renders is the page."""

    def __init__(self, story_map: StoryMap) -> None:
        super().__init__()
        self._story_map = story_map
        self.header = self.html = self.script = _Closed()

    def render(self, **_: object) -> str:
        return self._story_map.page()

    def _repr_html_(self, **_: object) -> str:
        return self._story_map._repr_html_()


class _Closed(Element):
    """A part of the page that takes no elements."""

    def add_child(self, child: Element, name: object = None, index: object = None) -> Element:
        del name, index
        raise OutsideError(element=type(child).__name__, needs="a place beside the map")


def map_parts(story_map: StoryMap) -> MapParts:
    """Return the map's HTML, script and cards; the map itself stays as it is.

    Raises:
        OutsideError: an element needs something that is not in the page.
    """
    elements = tuple(_walk(story_map))
    for element in elements:
        _refuse_outside(element)
    kept = _Kept()
    figure = Figure()
    with ExitStack() as stack:
        for element in elements:
            stack.enter_context(_replaced(element, _stand_ins(element, kept)))
        stack.enter_context(_replaced(story_map, {"_parent": figure}))
        super(StoryMap, story_map).render()  # type: ignore[no-untyped-call]
    _refuse_beside(figure, {element.get_name(): element for element in elements})
    number = _numbering(elements)
    return MapParts(
        html=number(figure.html.render().strip()),
        script=number(DEFAULT_ICON + kept.filled(figure.script.render())),
        cards="\n".join(kept.cards),
        name=number(story_map.get_name()),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What one rendering keeps out of folium's hands."""

    scripts: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)

    def script(self, text: str) -> str:
        """Keep a script, and return the mark that stands for it."""
        self.scripts.append(text)
        return f"sm:{len(self.scripts) - 1};"

    def filled(self, marked: str) -> str:
        """Return *marked* with the scripts in place of their marks."""
        return re.sub(r"sm:(\d+);", lambda mark: self.scripts[int(mark[1])], marked)

    def card(self, body: str, title: str) -> str:
        """Keep a card, and return its id."""
        id = f"sm-card-{len(self.cards) + 1}"
        self.cards.append(f'<template id="{id}" data-title="{escape(title)}">{body}</template>')
        return id


class _Verbatim:
    """A template whose script is kept: branca would read it as a template once more."""

    def __init__(self, template: Template, kept: _Kept) -> None:
        self._template = template
        self._kept = kept

    @property
    def module(self) -> SimpleNamespace:
        macros = dict(vars(self._template.module))
        if script := macros.get("script"):
            macros["script"] = lambda this, kwargs: self._kept.script(script(this, kwargs))
        return SimpleNamespace(**macros)


class _Script(Element):
    """A script in place of an element."""

    def __init__(self, script: str, kept: _Kept) -> None:
        super().__init__()
        self._mark = kept.script(script)

    def render(self, **_: object) -> str:
        figure = cast("Figure", self.get_root())
        figure.script.add_child(Element(self._mark), name=self.get_name())
        return ""


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():
        yield from _walk(child)


@contextmanager
def _replaced(element: Element, attributes: Mapping[str, object]) -> Iterator[None]:
    """Give *element* other attributes for a while, and undo whatever happens to it meanwhile."""
    before = dict(vars(element))
    vars(element).update(attributes)
    try:
        yield
    finally:
        vars(element).clear()
        vars(element).update(before)


def _stand_ins(element: Element, kept: _Kept) -> dict[str, Any]:
    """Return the attributes with which *element* is rendered."""
    attributes = _geo_json(element, kept) if isinstance(element, GeoJson) else {}
    if isinstance(element, MacroElement):
        attributes["_template"] = _Verbatim(element._template, kept)
    attributes["_children"] = OrderedDict(
        (name, _stand_in(child, element, kept)) for name, child in element._children.items()
    )
    return attributes


def _stand_in(child: Element, parent: Element, kept: _Kept) -> Element:
    script = _script(child, parent, kept)
    if script is None:
        return child
    stand_in = _Script(script, kept)
    stand_in._parent = parent
    return stand_in


@singledispatch
def _script(_child: Element, _parent: Element, _kept: _Kept) -> str | None:
    """Return the script in place of a child's own, or None where its own will do."""
    return None


@_script.register
def _(popup: Popup, parent: Element, kept: _Kept) -> str:
    body = markup.clean("".join(_content(child) for child in popup.html._children.values()))
    tooltips = (child.text for child in parent._children.values() if type(child) is Tooltip)
    card = kept.card(body, markup.plain(next(tooltips, body)))
    return f"{parent.get_name()}.storymapCard = {json.dumps(card)};\n"


@_script.register
def _(tooltip: Tooltip, parent: Element, _kept: _Kept) -> str:
    text = tojavascript(markup.clean(tooltip.text))
    return f"{parent.get_name()}.bindTooltip({text}, {tojavascript(tooltip.options)});\n"


@_script.register
def _(_popup: GeoJsonPopup, parent: Element, _kept: _Kept) -> str:
    each = "layer.storymapCard = layer.feature.storymapCard"
    return f"{parent.get_name()}.eachLayer(layer => {{ {each}; }});\n"


@_script.register
def _(tooltip: GeoJsonTooltip, parent: Element, _kept: _Kept) -> str:
    options = tojavascript(tooltip.tooltip_options)
    each = f"layer.bindTooltip(layer.feature.storymapTooltip, {options})"
    return f"{parent.get_name()}.eachLayer(layer => {{ {each}; }});\n"


@_script.register
def _(icon: Icon | DivIcon, _parent: Element, _kept: _Kept) -> str:
    return f"var {icon.get_name()} = L.divIcon({tojavascript(_icon_options(icon))});\n"


@_script.register
def _(_icon: CustomIcon, _parent: Element, _kept: _Kept) -> None:
    return None


def _content(element: Element) -> str:
    """Return the HTML of a popup's child; of a frame, what is in it."""
    if isinstance(element, IFrame):
        return "".join(child._template_str or "" for child in element._children.values())
    # folium escapes backticks, since it writes popups as template literals
    return element.render().replace("\\`", "`")


def _icon_options(icon: Icon | DivIcon) -> dict[str, Any]:
    """Return the options of the `L.divIcon` in place of an icon."""
    options: dict[str, Any] = dict(icon.options)
    if isinstance(icon, DivIcon):
        return options | {"html": markup.clean(options.get("html", ""))}
    colour = options["marker_color"]
    return {**DOT, "html": DOT["html"].replace("currentColor", COLOURS.get(colour, colour))}


def _geo_json(layer: GeoJson, kept: _Kept) -> dict[str, Any]:
    """Return a GeoJSON layer's data with their cards and tooltips, and what else must differ.

    Left alone, folium asks jQuery for data that are not embedded, and writes the name of the
    property by which it tells features apart into the script as it is.
    """
    features = [_with_details(feature, layer, kept) for feature in _features(layer.data)]
    attributes: dict[str, Any] = {"embed": True}
    if getattr(layer, "feature_identifier", "feature.id") != "feature.id":
        attributes["feature_identifier"] = "feature.id"
        features = [feature | {"id": str(i)} for i, feature in enumerate(features)]
    if layer.marker and layer.marker.icon and not isinstance(layer.marker.icon, CustomIcon):
        attributes["marker"] = copy(layer.marker)
        attributes["marker"].icon = DivIcon()
        attributes["marker"].icon.options = _icon_options(layer.marker.icon)
    return attributes | {"data": {"type": "FeatureCollection", "features": features}}


def _features(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    match data["type"]:
        case "FeatureCollection":
            return cast("list[Mapping[str, Any]]", data["features"])
        case "Feature":
            return [data]
        case _:
            return [{"type": "Feature", "geometry": data}]


def _with_details(feature: Mapping[str, Any], layer: GeoJson, kept: _Kept) -> dict[str, Any]:
    properties = feature.get("properties") or {}
    detailed = {**feature, "properties": properties}
    for child in layer._children.values():
        if isinstance(child, GeoJsonPopup):
            title = _value(properties.get(child.fields[0]), localize=child.localize)
            detailed["storymapCard"] = kept.card(_table(child, properties), title)
        elif isinstance(child, GeoJsonTooltip):
            detailed["storymapTooltip"] = _table(child, properties)
    return detailed


def _table(detail: GeoJsonPopup | GeoJsonTooltip, properties: Mapping[str, Any]) -> str:
    rows = (
        (f'<th scope="row">{escape(str(alias))}</th>' if detail.labels else "")
        + f"<td>{escape(_value(properties.get(key), localize=detail.localize))}</td>"
        for key, alias in zip(detail.fields, detail.aliases, strict=True)
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _value(value: object, *, localize: bool) -> str:
    """Return a property of a feature as text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case int() | float() if localize and not isinstance(value, bool):
            return f"{value:,}"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _refuse_outside(element: Element) -> None:
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


def _refuse_beside(figure: Figure, owners: Mapping[str, Element]) -> None:
    """Raise `OutsideError` if an element has put something beside the map."""
    for name, child in (*figure.header._children.items(), *figure.html._children.items()):
        if isinstance(child, Link):
            raise OutsideScriptError(element="a style", addresses=[child.url])
        owner = owners.get(name)
        # the page has its own for the map's; a picture's say how it is enlarged
        if owner is None or isinstance(owner, StoryMap | ImageOverlay):
            continue
        if child.render().strip():
            raise OutsideError(element=type(owner).__name__, needs="a place beside the map")


def _numbering(elements: Sequence[Element]) -> Callable[[str], str]:
    """Return a function that puts numbers for random ids, in the order in which they occur."""
    known = {element._id for element in elements}
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        id = match[0]
        return numbers.setdefault(id, str(len(numbers) + 1)) if id in known else id

    return lambda text: re.sub(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", number, text)
