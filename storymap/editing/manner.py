"""YAML written in the manner of what stands around it.

What is written reads back as exactly what was to be said. Where an author has written like
things, they are the models for indentation, quotes and brackets.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from yaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

from storymap.reading.yaml_nodes import compose

Value = str | bool | Sequence["Value"] | Mapping[str, "Value"]
"""What is to be written. Numbers and dates are texts too, as they are where files are read."""

T = TypeVar("T")

_LOOK_BACK = 50
"""items of a list that are models for the next one"""
_STEP = 2
"""columns by which a thing stands to the right of what it belongs to, where no model says so"""
_MISTAKEN = {f"tag:yaml.org,2002:{name}" for name in ("bool", "merge", "null", "value")}
"""what other readers of YAML take some words for: `no`, `<<`, `~`, `=`"""
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Manner:
    """How an author writes things of one kind."""

    text: str
    """of the document"""
    models: tuple[Node, ...] = ()
    """such things that stand in it"""

    def of_items(self) -> "Manner":
        """How the items of such lists are written."""
        return Manner(
            self.text, tuple(item for node in self._like(()) for item in node.value[-_LOOK_BACK:])
        )

    def of_keys(self) -> "Manner":
        """How the keys of such mappings are written."""
        return Manner(self.text, tuple(key for _, key, _ in self._pairs()))

    def of_value(self, key: str) -> "Manner":
        """How the values of a key of such mappings are written; for a new one, all texts."""
        values = tuple(value for _, each, value in self._pairs() if each.value == key)
        texts = (value for _, _, value in self._pairs() if isinstance(value, ScalarNode))
        return Manner(self.text, values or tuple(texts))

    def in_line(self, value: Value) -> bool:
        """Whether *value* takes one line, lists and mappings in brackets."""
        if isinstance(value, str | bool) or not value:
            return True
        usual = isinstance(value, Mapping) or not any(isinstance(i, Mapping) for i in value)
        return _most((bool(node.flow_style) for node in self._like(value)), usual)

    def line(self, value: Value, *, bracketed: bool = False) -> str:
        """Return *value* in one line, which may have to stand in brackets itself."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return self._scalar(value, bracketed=bracketed)
        opening, closing = "{}" if isinstance(value, Mapping) else "[]"
        behind = (node.start_mark.index + 1 for node in self._like(value))
        space = _most((" " if self.text[index] == " " else "" for index in behind), "")
        return opening + space + ", ".join(self.members(value)) + space + closing

    def members(self, value: Value) -> Iterator[str]:
        """Give what stands between the brackets of a list or mapping."""
        if isinstance(value, Mapping):
            for key, each in value.items():
                name = self.of_keys().line(key, bracketed=True)
                yield f"{name}: {self.of_value(key).line(each, bracketed=True)}"
        elif isinstance(value, Sequence):
            yield from (self.of_items().line(each, bracketed=True) for each in value)

    def block(self, value: Value, column: int) -> str:
        r"""Return *value* as it begins at *column*; lines after the first are indented.

        Lines end with `\n`, but for the last, which does not end.
        """
        if self.in_line(value):
            return self.line(value)
        return f"\n{' ' * column}".join(self.block_members(value, column))

    def block_members(self, value: Value, column: int) -> Iterator[str]:
        """Give the members of a list or mapping without brackets, as each begins at *column*."""
        if isinstance(value, Mapping):
            for key, each in value.items():
                name, manner = self.of_keys().line(key), self.of_value(key)
                inner = column + self._step(each)
                gap = " " if manner.in_line(each) else f"\n{' ' * inner}"
                yield f"{name}:{gap}{manner.block(each, inner)}"
        elif isinstance(value, Sequence):
            dash = "-".ljust(max(2, self._gap()))
            for each in value:
                yield dash + self.of_items().block(each, column + len(dash))

    def _scalar(self, text: str, *, bracketed: bool) -> str:
        style = _most((node.style for node in self.models if isinstance(node, ScalarNode)), "")
        if style not in ("'", '"') and _is_plain(text, bracketed=bracketed):
            return text
        if style == "'" and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        return '"' + "".join(map(_escaped, text)) + '"'

    def _like(self, value: Value) -> Iterator[CollectionNode]:
        """Give the models that are lists, or mappings, as *value* is."""
        kind = MappingNode if isinstance(value, Mapping) else SequenceNode
        return (node for node in self.models if isinstance(node, kind))

    def _pairs(self) -> Iterator[tuple[MappingNode, Node, Node]]:
        """Give the members of the models that are mappings."""
        for node in self.models:
            if isinstance(node, MappingNode):
                yield from ((node, key, value) for key, value in node.value)

    def _step(self, value: Value) -> int:
        """Columns from the keys of such mappings to a value like *value* in lines of its own."""
        kind = MappingNode if isinstance(value, Mapping) else SequenceNode
        return _most(
            (
                node.start_mark.column - owner.start_mark.column
                for owner, _, node in self._pairs()
                if isinstance(node, kind) and not node.flow_style
            ),
            _STEP,
        )

    def _gap(self) -> int:
        """Columns from the dash of an item to the item."""
        gaps: Iterator[int] = (
            item.start_mark.column - node.start_mark.column
            for node in self._like(())
            for item in node.value[-_LOOK_BACK:]
            if not node.flow_style
        )
        return _most(gaps, _STEP)


def _most(cases: Iterable[T], usual: T) -> T:
    """Return the most frequent of *cases*, and *usual* where there is none."""
    return next((case for case, _ in Counter(cases).most_common(1)), usual)


def _is_plain(text: str, *, bracketed: bool) -> bool:
    """Whether *text* reads back as it is without quotes, here and in other readers."""
    if not text.isprintable():
        return False
    document, _ = compose(f"[{{k: {text}}}]" if bracketed else f"- k: {text}\n", "")
    taken_for = Resolver().resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(document and document.data == [{"k": text}] and taken_for not in _MISTAKEN)


def _escaped(character: str) -> str:
    if character in _ESCAPED or character.isprintable():
        return _ESCAPED.get(character, character)
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
