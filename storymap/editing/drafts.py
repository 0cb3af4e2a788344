"""Files as they would be: drawn up in memory, judged like files, and only then written."""

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storymap.editing.declined import DeclinedError
from storymap.editing.splices import Splice
from storymap.problems import Problem, StoryError
from storymap.reading import read_story
from storymap.reading.yaml_nodes import Part, compose
from storymap.text import decode, read_bytes

_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file of a story with an addition that is not written yet."""

    id: str
    """what other files call that which is added"""
    name: str
    """of the file in the story folder: `gazetteer.yaml`"""
    data: bytes
    """the whole file"""
    read: bytes
    """what the file held before; nothing where it is new"""
    line: int
    """in which the addition begins, from 1"""
    added: str
    r"""what is new, with `\n` line ends and none at its own"""


def name_of(folder: Path) -> str:
    """Return the name of a story's folder, as it is shown; `DeclinedError` where no story is."""
    if not (folder / "story.yaml").is_file():
        message = f"there is no story in {folder}: it has no story.yaml"
        raise DeclinedError(message, "`storymap new FOLDER` makes a story to begin with")
    return folder.resolve().name


def read_yaml(path: Path, shown: str) -> Part:
    """Return the YAML at *path* with every character that it has, but for a byte order mark.

    A file that is not there is an empty one.

    Raises:
        StoryError: it cannot be read.
    """
    data = read_bytes(path, shown) if path.exists() else b""
    decode(data, shown)
    part, problems = compose(data.decode("utf-8-sig"), shown)
    if part is None:
        raise StoryError(problems)
    return part


def spliced(id: str, path: Path, document: Part, splice: Splice) -> Draft:
    """Return the file at *path*, which holds *document*, with an addition called *id*."""
    mark = BOM_UTF8 if path.exists() and path.read_bytes().startswith(BOM_UTF8) else b""
    before, added = document.text[: splice.start], _BREAK.sub("\n", splice.text)
    blank = len(added) - len(added.lstrip("\n"))
    return Draft(
        id=id,
        name=path.name,
        data=mark + splice.applied(document.text).encode(),
        read=mark + document.text.encode(),
        line=len(_BREAK.findall(before)) + blank + 1,
        added=added.strip("\n"),
    )


def new_problems(
    folder: Path, unsaved: Mapping[str, bytes], root: Path | None = None
) -> tuple[Problem, ...]:
    """Return the problems that the story in *folder* would have and has not yet.

    Shared gazetteers lie in *root*.
    """
    had = Counter(_what(problem) for problem in read_story(folder, root=root)[1])
    new = []
    for problem in read_story(folder, unsaved, root=root)[1]:
        if had[_what(problem)]:
            had[_what(problem)] -= 1
        else:
            new.append(problem)
    return tuple(new)


def _what(problem: Problem) -> tuple[str, str]:
    """Identify a problem wherever it has moved in its file."""
    return problem.file, problem.message
