"""Pictures made of lines, as a page shows them: SVG, written anew.

A page shows one as a picture, in which nothing runs and nothing is fetched. What would have been
run or fetched, and what editors note for themselves, is left out all the same.
"""

import re
from xml.etree.ElementTree import Element, ParseError, fromstring, register_namespace, tostring

from storymap.reading.faults import Fault, Refused
from storymap.reading.photographs import Ready
from storymap.reading.pictures import Size

MOST_BYTES = 500_000

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_REFUSED = {f"{_SVG}{name}" for name in ("foreignObject", "metadata", "script")}
_TEXTS = {f"{_SVG}{name}" for name in ("text", "textPath", "tspan")}
_HREFS = ("href", f"{_XLINK}href")
_PICTURES = {f"{_SVG}{name}" for name in ("feImage", "image")}
_ANIMATIONS = {f"{_SVG}{name}" for name in ("animate", "set")}
_ADDRESS = re.compile(r"""@import[^;]*;?|url\([^)]*\)?|"[^"]*"|'[^']*'""", re.IGNORECASE)
"""what may make a style ask for a file, once nothing hides it"""
_OWN = re.compile(r"""url\(\s*["']?(\#|data:image/)|["'](data:image/|[^/]*$)""", re.IGNORECASE)
_HIDING = re.compile(r"\\|/\*.*?\*/", re.DOTALL)
_LENGTH = re.compile(r"([0-9]*\.?[0-9]+)(px)?")

for _prefix, _space in (("", _SVG), ("xlink", _XLINK)):
    register_namespace(_prefix, _space[1:-1])


def make_ready(data: bytes) -> Ready:
    """Return a drawing written anew; `Refused` where it cannot be shown."""
    if len(data) > MOST_BYTES:
        message = f"this drawing has {len(data) / 1000:,.0f} KB, too many for a page"
        raise Refused(Fault(message, "simplify it, or save it as PNG"))
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data[data.find(b"<svg") :]:
        message = "this drawing defines entities, which may stand for anything"
        raise Refused(Fault(message, "save it once more as plain SVG"))
    try:
        root = fromstring(data)  # noqa: S314 - without entities there is nothing to expand
    except (ParseError, ValueError, LookupError):
        root = Element("")
    if root.tag != f"{_SVG}svg":
        raise Refused(Fault("this file is no SVG picture, or it is damaged", "save it once more"))
    size = _size(root)
    for element in [*root.iter()]:
        _clean(element)
    root.set("width", str(size.width))
    root.set("height", str(size.height))
    try:
        return Ready("image/svg+xml", tostring(root), size)
    except RecursionError:
        raise Refused(Fault("this drawing is nested too deeply", "simplify it")) from None


def _size(root: Element) -> Size:
    """Return how large a drawing wants to be, in pixels of CSS."""
    sides = [_LENGTH.fullmatch(root.get(side, "").strip()) for side in Size._fields]
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    numbers = [side[1] for side in sides if side] if all(sides) else box[2:]
    try:
        width, height = (max(1, round(float(number))) for number in numbers)
    except (ValueError, OverflowError):
        message = "this drawing does not say how large it is"
        raise Refused(Fault(message, "give it a `viewBox`")) from None
    return Size(width, height)


def _clean(element: Element) -> None:
    """Take out of an element what no picture needs; not out of what it holds."""
    for name, value in list(element.attrib.items()):
        own = name.startswith(_XLINK) or not name.startswith("{")
        within = ("#", "data:image/") if element.tag in _PICTURES else "#"
        away = name in _HREFS and not value.startswith(within)
        if not own or away or name.lower().startswith("on"):
            del element.attrib[name]
        elif name not in _HREFS and "(" in value:
            element.set(name, _at_home(value))
    for child in list(element):
        # Comments and instructions have a function for a tag.
        if (
            not isinstance(child.tag, str)
            or not child.tag.startswith(_SVG)
            or child.tag in _REFUSED
            or (child.tag in _ANIMATIONS and "href" in child.get("attributeName", ""))
        ):
            element.remove(child)
    if element.tag == f"{_SVG}style" and element.text:
        element.text = _at_home(element.text)
    if element.tag not in _TEXTS:
        element.text = _unless_blank(element.text)
        for child in element:
            child.tail = _unless_blank(child.tail)


def _at_home(style: str) -> str:
    """Return a style without what it would fetch from elsewhere."""
    return _ADDRESS.sub(
        lambda found: found[0] if _OWN.match(found[0]) else "none", _HIDING.sub("", style)
    )


def _unless_blank(text: str | None) -> str | None:
    return text if text and text.strip() else None
