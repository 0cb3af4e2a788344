"""YAML documents as plain data, with the place where each part of them stands.

Every scalar stays the text that the author wrote: `1923-05-01`, `no` and `1e3` mean what the
field that they stand in says, not what YAML 1.1 makes of them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode
from yaml._yaml import CParser

from storymap.problems import Problem, Severity
from storymap.reading.entries import Data
from storymap.reading.faults import Fault
from storymap.reading.yaml_faults import syntax_problem
from storymap.text import control_in, position

DEEPEST = 40
"""levels of nesting; far beyond these libyaml's recursion would overflow the stack"""
LARGEST = 2_000_000
"""entries, once each alias is replaced by what it stands for"""
_MOST_NODES = 4_000_000
"""keys and values as they are written, each of which takes up memory"""


class _Refused(Exception):  # noqa: N818 - a step on the way to a `Problem`
    """The document goes beyond our limits at this node."""

    def __init__(self, reason: str, node: Node | None = None) -> None:
        super().__init__(reason)
        self.node = node


class _Composer(CParser):
    """libyaml's composer without the guesses at the type of a scalar."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._depth = 0
        self._count = 0

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            reason = f"this is nested deeper than {DEEPEST} levels"
            raise _Refused(reason, parent)
        if self._count > _MOST_NODES:
            reason = f"this file has more than {_MOST_NODES:,} keys and values"
            raise _Refused(reason)

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def resolve(self, *_: object) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Part:
    """A YAML document or a part of one: what it says, and where."""

    file: str
    """as shown to the author"""
    text: str
    """of the whole document"""
    node: Node | None
    """None where the document is empty"""
    data: Data

    def entries(self) -> tuple["Part", ...]:
        """Return the entries of a list; of anything else, none."""
        if not isinstance(self.data, list) or not isinstance(self.node, SequenceNode):
            return ()
        pairs = zip(self.node.value, self.data, strict=True)
        return tuple(Part(self.file, self.text, node, data) for node, data in pairs)

    def at(self, key: str) -> "Part":
        """Return the value of a key; the whole where there is no such key."""
        _, node = _child(self.node, key)
        if not isinstance(self.data, dict) or node is None:
            return self
        return Part(self.file, self.text, node, self.data[key])

    def problem(
        self, fault: Fault, severity: Severity = Severity.ERROR, *, of_key: bool = False
    ) -> Problem:
        """Return the problem that a fault is, now that it is known where."""
        where = self._position(fault, of_key=of_key)
        return Problem(self.file, *where, fault.message, fault.hint, severity)

    def line(self) -> str:
        """Name the line for a hint: `places/gazetteer.yaml:31`."""
        return f"{self.file}:{self.node.start_mark.line + 1 if self.node else 1}"

    def _position(self, fault: Fault, *, of_key: bool) -> tuple[int, int]:
        """Line and column of what a fault is about, of its key, or of what should hold it."""
        node = self.node
        for step in fault.path:
            key, value = _child(node, step)
            if value is None:
                break
            node = key if of_key and key and step is fault.path[-1] else value
        if node is None:
            return 1, 1
        mark = node.start_mark
        quoted = self.text.find(fault.quote, mark.index) if fault.quote else -1
        return (mark.line + 1, mark.column + 1) if quoted < 0 else position(self.text, quoted)


def _child(node: Node | None, step: str | int) -> tuple[Node | None, Node | None]:
    """Key (None in a list) and value of an entry; both None where there is no such entry."""
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    return None, None


def compose(text: str, file: str) -> tuple[Part | None, tuple[Problem, ...]]:
    """Read one document of *text* as `read_text` returns it.

    There is none where its syntax is wrong or it is beyond all measure.
    """
    try:
        with _no_garbage_collection():
            root = _Composer(text).get_single_node()
            unfolding = _Unfolding(file, text)
            document = Part(file, text, root, unfolding.data(root))
    except MarkedYAMLError as error:
        return None, (syntax_problem(error, text, file),)
    except _Refused as refused:
        return None, (Part(file, text, refused.node, None).problem(Fault(str(refused))),)
    return document, tuple(unfolding.problems)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Nodes hold no cycles, and looking for some takes longer than composing them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Unfolding:
    """The way from nodes to plain data."""

    def __init__(self, file: str, text: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._text = text
        self._size = 0

    def data(self, node: Node | None, depth: int = 0) -> Data:
        """Return what *node* says; an alias says what its anchor does."""
        if node is None:
            return None
        if type(node) is ScalarNode:
            return self._scalar(node)
        self._size += len(node.value)
        if self._size > LARGEST:
            reason = f"with its aliases unfolded, this file has more than {LARGEST:,} entries"
            raise _Refused(reason, node)
        if depth > DEEPEST:
            reason = "this holds an alias of itself"
            raise _Refused(reason, node)
        if type(node) is SequenceNode:
            return [self.data(entry, depth + 1) for entry in node.value]
        mapping: dict[str, Data] = {}
        for key, value in node.value:
            name = key.value
            if type(key) is not ScalarNode:
                self._report(key, "a key is a word, not a list or a mapping")
            elif name in mapping:
                first = next(k for k, _ in node.value if k.value == name)
                line = first.start_mark.line + 1
                self._report(key, f"the key '{name}' is here twice, first in line {line}")
            else:
                mapping[name] = self.data(value, depth + 1)
        return mapping

    def _scalar(self, node: ScalarNode) -> str | None:
        text: str = node.value
        if node.style == '"' and (control := control_in(text)):  # written as an escape
            point = f"U+{ord(control[0]):04X}"
            message = f"the control character {point} does not belong in a text"
            self._report(node, message, "take its escape out")
        if node.tag.startswith("!"):  # YAML would drop the word
            self._report(node, "a text cannot begin with '!'", "put the text in quotes")
        return text if text or node.style else None

    def _report(self, node: Node, message: str, hint: str = "") -> None:
        fault = Fault(message, hint)
        self.problems.append(Part(self._file, self._text, node, None).problem(fault))
