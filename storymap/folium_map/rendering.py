"""One rendering of a map: folium's script, without what it would bring in from outside.

The map is as it was afterwards, and the same map gives the same text. No text is read as a
template, although branca renders what an element yields a second time.
"""

# ruff: noqa: SLF001 - branca has no public way to the tree of elements

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import folium
from branca.element import Element, Figure
from folium.template import tojavascript

from storymap.folium_map.outside import refuse_beside, refuse_fetching
from storymap.folium_map.stand_ins import DOT, Kept, stand_ins

PRELUDE = f"""\
L.Marker.mergeOptions({{icon: L.divIcon({tojavascript(DOT)})}});
L.Layer.addInitHook(function () {{
  this.on("add", () => {{
    const name = this.options.ariaLabel;
    if (name) this.getElement?.()?.setAttribute("aria-label", name);
  }});
}});
"""
"""gives markers an icon, since Leaflet's own is a file, and tells screen readers a layer's name"""


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
    layers: bool
    """whether anything has been added to the map"""


def map_parts(story_map: folium.Map) -> MapParts:
    """Return the map's HTML, script and cards; the map itself stays as it is.

    Raises:
        OutsideError: an element needs something that is not in the page.
    """
    elements = tuple(_walk(story_map))
    for element in elements:
        refuse_fetching(element)
    kept = Kept()
    figure = Figure()
    with ExitStack() as stack:
        for element in elements:
            stack.enter_context(_replaced(element, stand_ins(element, kept)))
        stack.enter_context(_replaced(story_map, {"_parent": figure}))
        folium.Map.render(story_map)  # type: ignore[no-untyped-call]
    refuse_beside(figure, {element.get_name(): element for element in elements})
    number = _numbering(elements)
    layers = len(elements) > 1
    return MapParts(
        html=number(figure.html.render().strip()),
        script=number((PRELUDE if layers else "") + kept.filled(figure.script.render())),
        cards="\n".join(kept.cards),
        name=number(story_map.get_name()),
        layers=layers,
    )


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


def _numbering(elements: Sequence[Element]) -> Callable[[str], str]:
    """Return a function that puts numbers for random ids, in the order in which they occur."""
    known = {element._id for element in elements}
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        id = match[0]
        return numbers.setdefault(id, str(len(numbers) + 1)) if id in known else id

    return lambda text: re.sub(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", number, text)
