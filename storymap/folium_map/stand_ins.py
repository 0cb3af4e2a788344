"""What stands in for the parts of a map that need more than Leaflet.

Popups become cards of the page, icons become plain ones, and features carry what is told of them.
"""

# ruff: noqa: SLF001 - branca has no public way to the tree of elements

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import singledispatch
from html import escape
from textwrap import shorten
from types import SimpleNamespace
from typing import Any, cast

from branca.element import Element, Figure, Html, IFrame, MacroElement
from folium.features import CustomIcon, DivIcon, GeoJson, GeoJsonPopup, GeoJsonTooltip
from folium.map import Icon, Layer, Popup, Tooltip
from folium.template import tojavascript
from jinja2 import Template

from storymap.folium_map import markup

DOT: dict[str, Any] = {
    "class_name": "sm-dot",
    "icon_size": [24, 24],
    "html": '<svg width="24" height="24" viewBox="-12 -12 24 24">'
    '<circle r="7" fill="currentColor" stroke="#fff" stroke-width="2"></circle></svg>',
}
"""options of the icon that markers have for want of another"""

COLOURS = {"lightred": "#ff8e7f", "darkpurple": "#5b396b"}
"""colours of folium's icons that CSS does not know"""

TITLE_LENGTH = 80
"""most characters by which a layer and its card are named"""


@dataclass(frozen=True, slots=True)
class Kept:
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
        """Keep a card, which the title names to those who don't see it, and return its id."""
        id = f"sm-card-{len(self.cards) + 1}"
        heading = f'<h3 class="sm-hidden">{escape(title)}</h3>'
        self.cards.append(f'<template id="{id}">{heading}<div>{body}</div></template>')
        return id


def stand_ins(element: Element, kept: Kept) -> dict[str, Any]:
    """Return the attributes with which *element* is rendered."""
    attributes = _geo_json(element, kept) if isinstance(element, GeoJson) else {}
    if isinstance(element, Layer):
        attributes["layer_name"] = markup.clean(element.layer_name)  # Leaflet shows it as HTML
    if hasattr(element, "options") and (title := _title(element)):
        attributes["options"] = element.options | {"ariaLabel": title}
    if isinstance(element, MacroElement):
        attributes["_template"] = _Verbatim(element._template, kept)
    attributes["_children"] = OrderedDict(
        (name, _stand_in(child, element, kept)) for name, child in element._children.items()
    )
    return attributes


def _stand_in(child: Element, parent: Element, kept: Kept) -> Element:
    script = _script(child, parent, kept)
    if script is None:
        return child
    stand_in = _Script(script, kept)
    stand_in._parent = parent
    return stand_in


class _Verbatim:
    """A template whose script is kept: branca would read it as a template once more."""

    def __init__(self, template: Template, kept: Kept) -> None:
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

    def __init__(self, script: str, kept: Kept) -> None:
        super().__init__()
        self._mark = kept.script(script)

    def render(self, **_: object) -> str:
        figure = cast("Figure", self.get_root())
        figure.script.add_child(Element(self._mark), name=self.get_name())
        return ""


@singledispatch
def _script(_child: Element, _parent: Element, _kept: Kept) -> str | None:
    """Return the script in place of a child's own, or None where its own will do."""
    return None


@_script.register
def _(popup: Popup, parent: Element, kept: Kept) -> str:
    card = kept.card(markup.clean(_content(popup)), _title(parent))
    return f"{parent.get_name()}.storymapCard = {json.dumps(card)};\n"


@_script.register
def _(tooltip: Tooltip, parent: Element, _kept: Kept) -> str:
    text = tojavascript(markup.clean(tooltip.text))
    return f"{parent.get_name()}.bindTooltip({text}, {tojavascript(tooltip.options)});\n"


@_script.register
def _(_popup: GeoJsonPopup, parent: Element, _kept: Kept) -> str:
    return (
        f"{parent.get_name()}.eachLayer(layer => {{\n"
        "  layer.storymapCard = layer.feature.storymapCard;\n"
        "  layer.options.ariaLabel = layer.feature.storymapTitle;\n"
        "});\n"
    )


@_script.register
def _(tooltip: GeoJsonTooltip, parent: Element, _kept: Kept) -> str:
    options = tojavascript(tooltip.tooltip_options)
    each = f"layer.bindTooltip(layer.feature.storymapTooltip, {options})"
    return f"{parent.get_name()}.eachLayer(layer => {{ {each}; }});\n"


@_script.register
def _(icon: Icon | DivIcon, _parent: Element, _kept: Kept) -> str:
    return f"var {icon.get_name()} = L.divIcon({tojavascript(_icon_options(icon))});\n"


@_script.register
def _(_icon: CustomIcon, _parent: Element, _kept: Kept) -> None:
    return None


def _title(element: Element) -> str:
    """Return in words what an element is: its tooltip, else its popup, else nothing."""
    children = element._children.values()
    tooltips = [child.text for child in children if type(child) is Tooltip]
    popups = [_content(child) for child in children if isinstance(child, Popup)]
    return shorten(markup.plain(next(iter(tooltips + popups), "")), TITLE_LENGTH, placeholder="…")


def _content(popup: Popup) -> str:
    """Return the HTML that somebody gave to a popup, or to a frame in it."""
    return "".join(map(_given, popup.html._children.values()))


def _given(element: Element) -> str:
    match element:
        case Html():
            # folium escapes backticks, since it writes popups as template literals
            html = element.data.replace("\\`", "`")
            return html if element.script else escape(html)
        case IFrame():
            return "".join(child._template_str or "" for child in element._children.values())
        case _:
            return element._template_str or ""


def _icon_options(icon: Icon | DivIcon) -> dict[str, Any]:
    """Return the options of the `L.divIcon` in place of an icon."""
    options: dict[str, Any] = dict(icon.options)
    if isinstance(icon, DivIcon):
        return options | {"html": markup.clean(options.get("html", ""))}
    colour = COLOURS.get(options["marker_color"], options["marker_color"])
    return DOT | {"html": DOT["html"].replace("currentColor", escape(colour))}


def _geo_json(layer: GeoJson, kept: Kept) -> dict[str, Any]:
    """Return a GeoJSON layer's data with their cards and tooltips, and what else must differ.

    Left alone, folium asks jQuery for data that are not embedded, and writes into the script as
    they are: the name of the property that tells features apart, and styles between `{{` and `}}`.
    """
    features = [
        {**feature, "properties": feature.get("properties") or {}}
        for feature in _features(layer.data)
    ]
    for child in layer._children.values():
        if isinstance(child, GeoJsonPopup | GeoJsonTooltip):
            _tell(features, child, kept)
    attributes: dict[str, Any] = {"embed": True}
    for name in ("style_function", "highlight_function"):
        if function := getattr(layer, name, None):
            attributes[name] = _braceless(function)
    if getattr(layer, "feature_identifier", "feature.id") != "feature.id":
        attributes["feature_identifier"] = "feature.id"
        features = [feature | {"id": str(i)} for i, feature in enumerate(features)]
    if layer.marker and layer.marker.icon and not isinstance(layer.marker.icon, CustomIcon):
        attributes["marker"] = copy(layer.marker)
        attributes["marker"].icon = DivIcon()
        attributes["marker"].icon.options = _icon_options(layer.marker.icon)
    return attributes | {"data": {"type": "FeatureCollection", "features": features}}


def _braceless(function: Callable[[object], dict[str, Any]]) -> Callable[[object], dict[str, Any]]:
    """Return a function that gives the same styles, with no braces in their values."""
    return lambda feature: {
        key: re.sub("[{}]", "", value) if isinstance(value, str) else value
        for key, value in function(feature).items()
    }


def _features(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    match data["type"]:
        case "FeatureCollection":
            return cast("list[Mapping[str, Any]]", data["features"])
        case "Feature":
            return [data]
        case _:
            return [{"type": "Feature", "geometry": data}]


def _tell(
    features: Sequence[dict[str, Any]], detail: GeoJsonPopup | GeoJsonTooltip, kept: Kept
) -> None:
    """Give each feature its card or tooltip; `ValueError` for a field that none has."""
    known = {key for feature in features for key in feature["properties"]}
    for name in detail.fields:
        if features and name not in known:
            message = f"{type(detail).__name__} shows {name!r}; the features have {sorted(known)}"
            raise ValueError(message)
    for feature in features:
        table = _table(detail, feature["properties"])
        if isinstance(detail, GeoJsonPopup):
            values = (feature["properties"].get(name) for name in detail.fields[:1])
            title = "".join(_value(value, localize=detail.localize) for value in values)
            feature |= {"storymapCard": kept.card(table, title), "storymapTitle": title}
        else:
            feature["storymapTooltip"] = table


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
