"""Changes to an author's YAML that keep every byte that is not changed.

A change is one text put in the place of another, mostly of none. It is given only where the whole
then says what it said before and what was to be added; otherwise the author is asked to do it.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple, cast

from yaml import CollectionNode, MappingNode, Node, SequenceNode
from yaml.error import Mark

from storymap.editing.ends import end_of, end_of_lines
from storymap.editing.manner import Manner, Value
from storymap.problems import StoryError
from storymap.reading.entries import Data
from storymap.reading.faults import Fault, Path
from storymap.reading.yaml_nodes import Part, compose

_BREAK = re.compile(r"\r\n|\r|\n")
_BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[ \t]*[\r\n]")
_BEHIND = re.compile(r"(?P<comma>\s*,)?(?P<comment>[ \t]+#[^\r\n]*)?")
"""what may stand between the last member in brackets and the end of its line"""


class Splice(NamedTuple):
    """A text that goes in the place of a stretch of a document."""

    start: int
    """index of the first character that goes; what is only added stands before it"""
    end: int
    text: str

    def applied(self, document: str) -> str:
        """Return the document with the change."""
        return document[: self.start] + self.text + document[self.end :]


def append(document: Part, item: Value, path: Path = (), *, model: str = "") -> Splice:
    """Return what adds *item* to the end of the list at *path*.

    Where the document is empty, *model* is a list in whose manner the item is written.

    Raises:
        StoryError: there is no list, or it is written in a way that is beyond us.
    """
    if document.data is None:
        splice = _first(document.text, item, model)
    else:
        node = _at(document, path).node
        if not isinstance(node, SequenceNode):
            raise _beyond_us(document, path)
        splice = _added(document.text, node, [item])
    return _checked(document, splice, path, [item])


def put(document: Part, key: str, value: Value, path: Path = ()) -> Splice:
    """Return what gives a key of the mapping at *path* a value, its first or another one.

    Raises:
        StoryError: there is no mapping, or it is written in a way that is beyond us.
    """
    node = _at(document, path).node
    if not isinstance(node, MappingNode):
        raise _beyond_us(document, path)
    pair = next((pair for pair in node.value if pair[0].value == key), None)
    if pair:
        splice = _replaced(document.text, pair[1], value)
    else:
        splice = _added(document.text, node, {key: value})
    return _checked(document, splice, path, {key: value})


def _at(document: Part, path: Path) -> Part:
    part = document
    for step in path:
        part = part.entries()[step] if isinstance(step, int) else part.at(step)
    return part


def _checked(
    document: Part, splice: Splice, path: Path, more: list[Value] | dict[str, Value]
) -> Splice:
    """Return the splice if the document then says what it should."""
    expected: Any = deepcopy(document.data) or type(more)()
    holder = expected
    for step in path:
        holder = holder[step]
    if isinstance(holder, list):
        holder.extend(more)
    else:
        holder.update(more)
    found, _ = compose(splice.applied(document.text), document.file)
    if found is None or _said(found.data) != _said(expected):
        raise _beyond_us(document, path)
    return splice


def _said(value: Data | Value) -> Data:
    """Return *value* without what tells none of its readers anything.

    That is the kind of its lists, and the line break that a last line gets by what follows it.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, str):
        return value and value.rstrip("\n")
    if isinstance(value, Mapping):
        return {key: _said(each) for key, each in value.items()}
    return [_said(each) for each in value]


def _beyond_us(document: Part, path: Path) -> StoryError:
    message = "this is written in a way that is not safe to change by a command"
    return StoryError([_at(document, path).problem(Fault(message, "change it by hand"))])


def _first(text: str, item: Value, model: str) -> Splice:
    """Add the first item of a list to the end of an empty document."""
    like, _ = compose(model, "")
    manner = Manner(model, (like.node,) if like and like.node else ())
    return _new_lines(text, len(text), next(manner.block_members([item], 0)))


def _added(text: str, node: CollectionNode, more: Value) -> Splice:
    """Add one member to the end of a list or mapping."""
    manner = Manner(text, (node,))
    if node.flow_style:
        return _added_in_brackets(text, node, next(manner.members(more)))
    first, last = _beginning(node.value[0]), _beginning(node.value[-1])
    column = first.column if isinstance(node, MappingNode) else node.start_mark.column
    apart = len(node.value) > 1 and _BLANK_LINE.search(
        text, end_of(text, *_nodes(node.value[-2])), last.index
    )
    member = next(manner.block_members(more, column))
    index = end_of_lines(text, node, column)
    return _new_lines(text, index, " " * column + member, apart=bool(apart))


def _new_lines(text: str, index: int, lines: str, *, apart: bool = False) -> Splice:
    """Insert *lines* before a line or at the end; *apart* puts a blank line before them."""
    added = "\n" + lines if apart else lines
    finished = not index or text[index - 1] in "\r\n"
    added = added + "\n" if finished else "\n" + added
    return Splice(index, index, _with_breaks_of(text, added))


def _added_in_brackets(text: str, node: CollectionNode, member: str) -> Splice:
    closing = node.end_mark.index - 1
    if not node.value:
        return Splice(closing, closing, member)
    last, end = _beginning(node.value[-1]), end_of(text, *_nodes(node.value[-1]))
    begins_line = not text[last.index - last.column : last.index].strip()
    behind = cast("re.Match[str]", _BEHIND.match(text, end, closing))
    in_lines = begins_line or behind["comment"]
    gap = _with_breaks_of(text, "\n" + " " * last.column) if in_lines else " "
    if behind["comma"]:
        return Splice(behind.end(), behind.end(), f"{gap}{member},")
    if behind["comment"]:
        return Splice(behind.end(), behind.end(), f"{gap}, {member}")
    return Splice(end, end, f",{gap}{member}")


def _replaced(text: str, old: Node, value: Value) -> Splice:
    """Put a value in the place of the one that a key has."""
    manner = Manner(text, (old,))
    start = old.start_mark.index
    end = start + len(text[start : end_of(text, old)].rstrip("\r\n"))
    if isinstance(old, CollectionNode) and not old.flow_style and manner.in_line(value):
        start = len(text[:start].rstrip())
    gap = " " if text[start - 1] == ":" else ""
    written = manner.block(value, old.start_mark.column)
    return Splice(start, end, _with_breaks_of(text, gap + written))


def _nodes(member: Node | tuple[Node, Node]) -> tuple[Node, ...]:
    """Return the item of a list as it is, and key and value of a member of a mapping."""
    return (member,) if isinstance(member, Node) else member


def _beginning(member: Node | tuple[Node, Node]) -> Mark:
    return _nodes(member)[0].start_mark


def _with_breaks_of(text: str, lines: str) -> str:
    """Return *lines* with the line breaks that *text* has."""
    found = _BREAK.search(text)
    return lines.replace("\n", found[0]) if found else lines
