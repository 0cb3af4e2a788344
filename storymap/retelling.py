"""Retellings: what turns a page into the same page in another language.

Both pages come from the same templates, and a retelling holds only what differs between them: all
that is alike, and whatever a template may yet be given, is in the page once. How it is put into
the page is `browser/src/retelling.ts`.
"""

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from html import escape, unescape
from typing import Any

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905 - read
)
APART = frozenset({"head", "script", "style", "template"})
"""elements that are not compared: the script, or nobody, sees to them"""
CLOSED = VOID | APART
"""elements in which no others are looked for"""

KEPT = 4096
"""start tags at a time of which the attributes are remembered: every language has the same"""

_MARKUP = re.compile(
    r"""<(?:!.*?|/?([a-z][^\s/>"']*)[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*)>""",
    re.IGNORECASE | re.DOTALL,
)
"""what texts stand between: a tag, whose name it gives, or a declaration"""
_ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


@dataclass(slots=True, eq=False)
class Element:
    """An element of a page."""

    page: str
    start: int
    end: int
    """where in the page it begins and ends"""
    opening: str
    """its start tag"""
    tag: str
    children: list["Element"]
    """the elements in it"""
    texts: list[str]
    """as they are written: before each child, and behind the last"""

    @property
    def markup(self) -> str:
        """All of it."""
        return self.page[self.start : self.end]

    @property
    def attributes(self) -> Mapping[str, str]:
        """Its attributes; one without a value is empty."""
        return _attributes(self.opening)

    @property
    def id(self) -> str | None:
        """Its id; None where it has none."""
        return self.attributes.get("id") if "id" in self.opening else None

    def is_like(self, other: "Element") -> bool:
        """Tell whether both are written alike, with all that is in them."""
        alike = self.opening == other.opening and self.end - self.start == other.end - other.start
        return alike and self.markup == other.markup


@dataclass(frozen=True)
class Telling:
    """The story in one language."""

    language: str
    """BCP 47 tag"""
    page: str
    document: Mapping[str, Any]
    """what the page's script reads"""

    @cached_property
    def root(self) -> Element:
        """The root of the page."""
        return parsed(self.page)


def joined(page: str, blocks: Sequence[str]) -> str:
    """Return a page with the blocks that retell it."""
    before, end, after = page.rpartition("</body>")
    retold = "".join(blocks)
    return before + retold + end + after if end else page + retold


def block(first: Telling, other: Telling) -> str:
    """Return the element that turns the page of the *first* telling into the *other*."""
    data = {
        "page": changes(first.root, parsed(other.page)),
        "story": revision(first.document, other.document),
    }
    return (
        f'<script type="text/plain" class="sm-retelling" data-language="{escape(other.language)}">'
        f"{packed(data)}</script>\n"
    )


def changes(first: Element, other: Element) -> dict[str, Any]:
    """Return what turns a page, given by its root, into another.

    It gives for ids of elements, "" being the root, a patch: `a` the attributes that change, null
    for one that goes; `c` what is in the element, where that changes: markup, and numbers of the
    *first* one's child elements that stay; `k` patches for these, by their number; `n` the patch of
    the one element in a `noscript`, which a script may have put in its place.
    """
    patches: dict[str, Any] = {}
    if patch := _patch(first, other, patches):
        patches[""] = patch
    return patches


def revision(first: Any, other: Any) -> Any:  # noqa: ANN401 - JSON
    """Return what turns one JSON value into another, None where they are equal.

    It is `[value]` for another value, or an object with revisions for keys or indexes.
    """
    if first == other:
        return None
    if isinstance(first, dict) and isinstance(other, dict) and first.keys() == other.keys():
        pairs = ((key, first[key], other[key]) for key in first)
    elif isinstance(first, list) and isinstance(other, list) and len(first) == len(other):
        pairs = ((str(i), *pair) for i, pair in enumerate(zip(first, other, strict=True)))
    else:
        return [other]
    return {key: found for key, *pair in pairs if (found := revision(*pair)) is not None}


def packed(data: Mapping[str, Any]) -> str:
    """Return data as JSON, deflated and in base 64: the same data, the same text."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A higher level takes three times as long for one byte less in a hundred.
    deflate = zlib.compressobj(level=7, wbits=-zlib.MAX_WBITS)
    return b64encode(deflate.compress(text.encode()) + deflate.flush()).decode()


def parsed(page: str) -> Element:
    """Return the root of a page in which every element is closed that needs to be.

    What is in a `noscript` is read like everything else.
    """
    root = within = Element(page, 0, 0, "", "", [], [""])
    around: list[Element] = []
    at = 0
    while markup := _MARKUP.search(page, at):
        start, inner = markup.span()
        if start > at:
            within.texts[-1] += page[at:start]
        at = inner
        if page[start + 1] == "/":
            within.end = inner
            within = around.pop()
        elif tag := markup[1]:
            if tag in APART:
                at = page.index(f"</{tag}>", inner) + len(f"</{tag}>")
            element = Element(page, start, at, page[start:inner], tag, [], [""])
            within.children.append(element)
            within.texts.append("")
            if tag not in CLOSED and page[inner - 2] != "/":
                around.append(within)
                within = element
    return next((child for child in root.children if child.tag == "html"), root)


def _patch(first: Element, other: Element, patches: dict[str, Any]) -> dict[str, Any]:
    """Return the patch of an element, and add to *patches* those of elements in it with an id."""
    patch: dict[str, Any] = {}
    if first.tag == "noscript":
        pairs = zip(first.children[:1], other.children, strict=False)
        inside = next((_patch(*pair, patches) for pair in pairs), {})
        return {"n": inside} if inside else {}
    if first.opening != other.opening and first.attributes != other.attributes:
        ours, theirs = first.attributes, other.attributes
        names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
        patch["a"] = {name: theirs.get(name) for name in names}
    if not (first.children or other.children):
        return patch if first.texts == other.texts else {**patch, "c": [*filter(None, other.texts)]}
    partners = _partners(first.children, other.children)
    if first.texts != other.texts or partners != {i: i for i in range(len(first.children))}:
        patch["c"] = list(_content(other, partners))
    inner = {}
    for number, partner in partners.items():
        child, retold = first.children[partner], other.children[number]
        if child.tag in APART or child.is_like(retold):
            continue
        found = _patch(child, retold, patches)
        if found and (id := child.id):
            patches[id] = found
        elif found:
            inner[str(partner)] = found
    if inner:
        patch["k"] = inner
    return patch


@lru_cache(maxsize=KEPT)
def _attributes(opening: str) -> Mapping[str, str]:
    found = (match.groups("") for match in _ATTRIBUTE.finditer(opening))
    return {name: unescape("".join(values)) for name, *values in found}


def _partners(first: Sequence[Element], other: Sequence[Element]) -> dict[int, int]:
    """Return for children of the *other* element, by number, those of the first that they are."""
    if [child.opening for child in first] == [child.opening for child in other]:
        return {number: number for number in range(len(other))}
    if [_kind(child) for child in first] == [_kind(child) for child in other]:
        return {number: number for number in range(len(other))}
    named = {kind: number for number, child in enumerate(first) if (kind := _kind(child))[1]}
    partners = {
        number: named[kind] for number, child in enumerate(other) if (kind := _kind(child)) in named
    }
    ours, theirs = (
        [number for number, child in enumerate(children) if not child.id]
        for children in (first, other)
    )
    looks = SequenceMatcher(
        None, [_look(first[i]) for i in ours], [_look(other[i]) for i in theirs], autojunk=False
    )
    for start, at, size in looks.get_matching_blocks():
        partners |= zip(theirs[at : at + size], ours[start : start + size], strict=True)
    return partners


def _kind(element: Element) -> tuple[str, str | None]:
    return element.tag, element.id


def _look(element: Element) -> tuple[str, str | None]:
    return element.tag, element.attributes.get("class")


def _content(element: Element, kept: Mapping[int, int]) -> Iterator[int | str]:
    """Yield markup and the numbers of children that are *kept*, no two texts after each other."""
    text = ""
    for number, (before, child) in enumerate(zip(element.texts, element.children, strict=False)):
        text += before
        if number in kept:
            if text:
                yield text
            yield kept[number]
            text = ""
        else:
            text += child.markup
    if text := text + element.texts[-1]:
        yield text
