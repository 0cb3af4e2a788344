"""Authors' Markdown as HTML that is safe to put into any page.

Stories may be strangers': raw HTML stays text, pictures become their descriptions, and a link
leads to a place, to a step, to the web or to an address for mail, or nowhere.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from storymap.problems import Problem
from storymap.text import did_you_mean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_NO_PLACES: Mapping[str, str] = MappingProxyType({})
_PLACE = "place:"
_STEP = re.compile(r"#([a-z0-9][a-z0-9-]*)")
_LINE_END = re.compile("\r\n?|\n")  # as the parser has it: YAML can escape them all
_OUTSIDE = re.compile(r"https?://[\w.-]+(:\d+)?([/?#]\S*)?|mailto:[^\s@]+@[\w.-]+", re.IGNORECASE)

NOT_HERE = "is on the net: its site would see who reads the story, and may be gone tomorrow"
BRING_ALONG = "save a copy in the folder `media` and name that in `media:`, if its terms allow it"
"""what is wrong with a picture that the story does not bring along, and what helps"""

KEPT = 512
"""parsed texts at a time, for a story that is made again and again while it is written"""

_TAGS = {
    *("p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr"),
    *("a", "em", "strong", "code", "br"),
}
_ATTRIBUTES = {"a": {"class", "data-place", "href", "rel", "title"}, "ol": {"start"}}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a text leads to."""

    url: str
    """as the author wrote it"""
    line: int
    """from 1, within the text"""
    column: int
    """in characters, from 1"""
    image: bool = False
    """it asks for a picture to be shown, not for a page to be opened"""


def render(markdown: str, *, places: Mapping[str, str] = _NO_PLACES) -> str:
    """Return blocks of HTML; *places* gives the title of each place that can be linked to.

    `[there](place:ID)` links to a place, whose title stands for an empty text, and
    `[then](#ID)` to a step. Headings begin at h3, below that of a step.
    """
    parser = _parser()
    html = parser.renderer.render(_parsed(markdown), parser.options, {"places": places})
    return _cleaned(html)


def render_inline(markdown: str, *, places: Mapping[str, str] = _NO_PLACES) -> str:
    """Return HTML for the inside of a paragraph; blocks are not recognised."""
    return _cleaned(_parser().renderInline(markdown, {"places": places}))


def links(markdown: str) -> tuple[Link, ...]:
    """Return all links and pictures in order, those too that are not let through."""
    lines = lines_of(markdown)
    return tuple(
        link
        for block in _parsed(markdown)
        if block.type == "inline"
        for link in _links_of(block, lines)
    )


def lines_of(markdown: str) -> list[str]:
    """Return the lines in which links are counted."""
    return _LINE_END.split(markdown)


def problems_of_links(
    markdown: str, file: str, *, places: Collection[str], steps: Collection[str]
) -> tuple[Problem, ...]:
    """Return an error for each link that leads nowhere; lines count within *markdown*.

    *places* and *steps* are the ids that can be linked to.
    """
    return tuple(
        Problem(file, link.line, link.column, *fault)
        for link in links(markdown)
        if (fault := _fault(link, places, steps))
    )


def _fault(link: Link, places: Collection[str], steps: Collection[str]) -> tuple[str, str] | None:
    """Return what is wrong with a link, and a hint."""
    if link.image and _OUTSIDE.fullmatch(link.url):
        return f"'{link.url}' {NOT_HERE}", BRING_ALONG
    if link.image:
        return "a picture cannot stand in the text", "name the file in `media:`"
    if link.url.startswith("#"):
        return _unknown("step", link.url[1:], steps)
    if link.url.startswith(_PLACE):
        return _unknown("place", link.url.removeprefix(_PLACE), places)
    if _OUTSIDE.fullmatch(link.url):
        return None
    return (
        f"no link may lead to '{link.url}'",
        "begin it with https://, http:// or mailto:, or write place:ID or #ID of a step",
    )


def _unknown(kind: str, id: str, known: Collection[str]) -> tuple[str, str] | None:
    if id in known:
        return None
    similar = did_you_mean(id, known)
    return f"no {kind} is called '{id}'", f"did you mean '{similar}'?" if similar else ""


def _links_of(block: "Token", lines: Sequence[str]) -> Iterator[Link]:
    """Find the links of a block of text, which stands somewhere in the lines of its map."""
    first_line = (block.map or [0])[0]
    contents = block.content.split("\n")
    starts = [0, *accumulate(len(content) + 1 for content in contents)]
    margins = [
        line.find(content.strip()) - (len(content) - len(content.lstrip()))
        for line, content in zip(lines[first_line:], contents, strict=False)
    ]
    for token in _all(block.children or []):
        if token.type in ("link_open", "image"):
            above = bisect_right(starts, token.meta["at"]) - 1
            column = margins[above] + token.meta["at"] - starts[above]
            image = token.type == "image"
            url = str(token.attrs["src" if image else "href"])
            yield Link(url, first_line + above + 1, column + 1, image)


def _all(tokens: Sequence["Token"]) -> Iterator["Token"]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _cleaned(html: str) -> str:
    """Let nothing through that the parser should not have let through."""
    import nh3  # noqa: PLC0415 -- only where there is prose

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


@lru_cache(maxsize=KEPT)
def _parsed(markdown: str) -> Sequence["Token"]:
    return _parser().parse(markdown)


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- takes 80 ms
    from markdown_it.rules_inline import autolink, image, link  # noqa: PLC0415 -- as above

    parser = MarkdownIt("commonmark", {"html": False})
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    for rule in (link, image, autolink):
        parser.inline.ruler.at(rule.__name__, _noting_position(rule))
    parser.core.ruler.push("headings", _lower_headings)
    parser.add_render_rule("link_open", _render_link)
    parser.add_render_rule("image", _render_image)
    return parser


def _noting_position(
    rule: Callable[["StateInline", bool], bool],
) -> Callable[["StateInline", bool], bool]:
    """Have a rule say where in its block the link that it finds begins."""

    def noting(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 -- the parser's own
        begin, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            token = next(t for t in state.tokens[count:] if t.type in ("link_open", "image"))
            token.meta["at"] = begin
        return found

    return noting


def _lower_headings(state: "StateCore") -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


def _render_link(
    _renderer: "RendererHTML",
    tokens: Sequence["Token"],
    index: int,
    _options: "OptionsDict",
    env: MutableMapping[str, Any],
) -> str:
    token = tokens[index]
    url, title = str(token.attrs["href"]), token.attrs.get("title")
    attributes = _destination(url, env["places"]) | ({"title": str(title)} if title else {})
    is_empty = tokens[index + 1].type == "link_close"
    text = env["places"].get(url.removeprefix(_PLACE), "") if is_empty else ""
    opening = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<a{opening}>{escape(text)}"


def _destination(url: str, places: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes that make a link lead to *url*; none if it may not."""
    id = url.removeprefix(_PLACE)
    if id != url and id in places:
        return {"class": "sm-ref", "href": f"#sm-place-{id}", "data-place": id}
    if _STEP.fullmatch(url):
        return {"href": url}
    if _OUTSIDE.fullmatch(url):
        from markdown_it.common.normalize_url import normalizeLink  # noqa: PLC0415 -- as above

        return {"href": normalizeLink(url), "rel": "noopener noreferrer"}
    return {}


def _render_image(
    renderer: "RendererHTML",
    tokens: Sequence["Token"],
    index: int,
    options: "OptionsDict",
    env: MutableMapping[str, Any],
) -> str:
    return escape(renderer.renderInlineAsText(tokens[index].children or [], options, env))
