"""Retellings: what turns a page into the same page in another language.

Both pages come from the same templates, and a retelling holds only what differs between them: all
that is alike, and whatever a template may yet be given, is in the page once. How it is put into
the page is `browser/src/retelling.ts`.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import escape
from html.parser import HTMLParser
from typing import Any

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905 - read
)
CASED = {name.lower(): name for name in ("viewBox", "preserveAspectRatio", "textLength")}
"""attributes of SVG as the browser has them: parsers of HTML make all letters small"""
APART = frozenset({"head", "script", "style", "template"})
"""elements that are not compared: the script, or nobody, sees to them"""


@dataclass(slots=True)
class Element:
    """An element of a page, and what is in it: elements and texts."""

    tag: str
    attributes: dict[str, str | None]
    content: list["Element | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Element"]:
        """The elements in it."""
        return [part for part in self.content if isinstance(part, Element)]

    def html(self) -> str:
        """Return its markup."""
        attributes = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in self.attributes.items()
        )
        if self.tag in VOID:
            return f"<{self.tag}{attributes}>"
        return f"<{self.tag}{attributes}>{''.join(map(_html, self.content))}</{self.tag}>"


@dataclass(frozen=True, slots=True)
class Telling:
    """The story in one language."""

    language: str
    """BCP 47 tag"""
    page: str
    document: Mapping[str, Any]
    """what the page's script reads"""


def joined(first: Telling, others: Sequence[Telling]) -> str:
    """Return the page of the *first* telling with what turns it into each of the *others*."""
    if not others:
        return first.page
    root = parsed(first.page)
    blocks = "".join(
        f'<script type="text/plain" class="sm-retelling" data-language="{escape(other.language)}">'
        f"{packed(_retelling(root, first, other))}</script>\n"
        for other in others
    )
    before, end, after = first.page.rpartition("</body>")
    return before + blocks + end + after if end else first.page + blocks


def _retelling(root: Element, first: Telling, other: Telling) -> dict[str, Any]:
    return {
        "page": changes(root, parsed(other.page)),
        "story": revision(first.document, other.document),
    }


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
    deflate = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    return b64encode(deflate.compress(text.encode()) + deflate.flush()).decode()


def parsed(page: str) -> Element:
    """Return the root of a page in which every element is closed that needs to be."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    """Keeps the elements of a page; what is in a `noscript` is read like everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        del tag  # all is closed in its turn
        self._open.pop()

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        element = Element(tag, {CASED.get(name, name): value for name, value in attrs})
        if tag == "html":
            self.root = element
        self._open[-1].content.append(element)
        return element

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)


def _patch(first: Element, other: Element, patches: dict[str, Any]) -> dict[str, Any]:
    """Return the patch of an element, and add to *patches* those of elements in it with an id."""
    patch: dict[str, Any] = {}
    if first.tag == "noscript":
        pairs = zip(first.children[:1], other.children, strict=False)
        inside = next((_patch(*pair, patches) for pair in pairs), {})
        return {"n": inside} if inside else {}
    if first.attributes != other.attributes:
        names = {**first.attributes, **other.attributes}
        patch["a"] = {
            name: (other.attributes[name] or "") if name in other.attributes else None
            for name in names
            if first.attributes.get(name, ...) != other.attributes.get(name, ...)
        }
    partners = _partners(first.children, other.children)
    content = list(_content(other.content, partners))
    if content != list(_content(first.content, {i: i for i in range(len(first.children))})):
        patch["c"] = content
    inner = {}
    for theirs, ours in partners.items():
        child = first.children[ours]
        if child.tag in APART:
            continue
        found = _patch(child, other.children[theirs], patches)
        if found and (id := child.attributes.get("id")):
            patches[id] = found
        elif found:
            inner[str(ours)] = found
    if inner:
        patch["k"] = inner
    return patch


def _partners(first: Sequence[Element], other: Sequence[Element]) -> dict[int, int]:
    """Return for children of the *other* element, by number, those of the first that they are."""
    if [_kind(child) for child in first] == [_kind(child) for child in other]:
        return {number: number for number in range(len(other))}
    named = {kind: number for number, child in enumerate(first) if (kind := _kind(child))[1]}
    partners = {
        number: named[kind] for number, child in enumerate(other) if (kind := _kind(child)) in named
    }
    ours, theirs = (
        [number for number, child in enumerate(children) if not child.attributes.get("id")]
        for children in (first, other)
    )
    looks = SequenceMatcher(
        None, [_look(first[i]) for i in ours], [_look(other[i]) for i in theirs], autojunk=False
    )
    for start, at, size in looks.get_matching_blocks():
        partners |= zip(theirs[at : at + size], ours[start : start + size], strict=True)
    return partners


def _kind(element: Element) -> tuple[str, str | None]:
    return element.tag, element.attributes.get("id")


def _look(element: Element) -> tuple[str, str | None]:
    return element.tag, element.attributes.get("class")


def _content(content: Sequence[Element | str], kept: Mapping[int, int]) -> Iterator[int | str]:
    """Yield markup and the numbers of children that are *kept*, no two texts after each other."""
    text, number = "", 0
    for part in content:
        if isinstance(part, Element) and number in kept:
            if text:
                yield text
            yield kept[number]
            text = ""
        else:
            text += _html(part)
        number += isinstance(part, Element)
    if text:
        yield text


def _html(part: Element | str) -> str:
    return escape(part, quote=False) if isinstance(part, str) else part.html()
