"""Where things end in a YAML document, and which comments belong to them.

The marks of a block do not tell: they reach to whatever comes next, comments and all.
"""

import re
from itertools import chain

from yaml import CollectionNode, MappingNode, Node, ScalarNode

_LINE = re.compile(r"(?P<margin>[ \t]*)(?P<rest>[^\r\n]*)(?:\r\n|\r|\n|$)")


def end_of(text: str, *nodes: Node) -> int:
    """Return the index behind the last character that *nodes* are written with.

    Aliases are not seen, for they have the marks of what they stand for.
    """
    return max(_end_of_one(text, node) for node in nodes)


def _end_of_one(text: str, node: Node) -> int:
    start: int = node.start_mark.index
    end: int = node.end_mark.index
    if isinstance(node, ScalarNode):
        if node.style not in ("|", ">") or "+" in text[start:end].splitlines()[0]:
            return end
        return start + len(text[start:end].rstrip("\r\n"))
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        return end
    members = chain.from_iterable(node.value) if isinstance(node, MappingNode) else node.value
    return end_of(text, *members)


def end_of_lines(text: str, node: CollectionNode, column: int) -> int:
    """Return the index behind the last line of a block at *column*.

    Comments right below it belong to it, and so do those that stand further to the right.
    """
    index = end_of(text, node)
    if text[index - 1] in "\r\n":  # that of a text which keeps the blank lines at its end
        return index
    end, adjoining = _rest_of_line(text, index), True
    for line in _LINE.finditer(text, end):
        if line.end("margin") >= node.end_mark.index:
            break  # here begins what comes next
        width = len(line["margin"])
        belongs = width > column or (adjoining and width == column)
        if line["rest"].startswith("#") and not belongs:
            break
        adjoining = adjoining and bool(line["rest"])
        if line["rest"]:
            end = line.end()
    return end


def _rest_of_line(text: str, index: int) -> int:
    """Return the index behind the line in which *index* lies."""
    found = re.compile(r"\r\n|\r|\n|$").search(text, index)
    return found.end() if found else len(text)
