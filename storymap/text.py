r"""The author's text: files as Unicode, positions in them, words that resemble each other.

Every text has `\n` line ends and no byte order mark; lines and columns count from 1, columns
in characters.
"""

import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from storymap.problems import Problem, StoryError

_LONGEST = 60  # characters of an excerpt
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def read_text(path: Path, file: str) -> str:
    """Return the text at *path*, which problems call *file*.

    Raises:
        StoryError: as `read_bytes` and `decode`.
    """
    return decode(read_bytes(path, file), file)


def read_bytes(path: Path, file: str) -> bytes:
    """Return what is at *path*, which problems call *file*.

    Raises:
        StoryError: there is no such file, it is a folder, or it cannot be read.
    """
    try:
        if path.is_dir():
            message = "this is a folder, where a file is expected"
        else:
            return path.read_bytes()
    except FileNotFoundError:
        message = "there is no such file"
    except OSError as error:
        message = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
    raise StoryError([Problem(file, 0, 0, message)])


def decode(data: bytes, file: str, remedy: str = "save the file as UTF-8") -> str:
    """Return *data* as text.

    Raises:
        StoryError: it is not UTF-8, for which there is a *remedy*, or it holds control characters,
            which no text format allows; the problem names the first.
    """
    bare = data.removeprefix(BOM_UTF8)
    try:
        text = _normal_line_ends(bare.decode())
    except UnicodeDecodeError as error:
        before = _normal_line_ends(bare[: error.start].decode())
        message = f"byte 0x{bare[error.start]:02X} is not UTF-8"
        raise StoryError([Problem(file, *position(before, len(before)), message, remedy)]) from None
    if control := _CONTROL.search(text):
        message = f"the control character U+{ord(control[0]):04X} does not belong in a text"
        where = position(text, control.start())
        raise StoryError([Problem(file, *where, message, "delete it")])
    return text


def _normal_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def position(text: str, index: int) -> tuple[int, int]:
    """Return line and column of the character at *index*."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def excerpt(text: str) -> str:
    """Return *text* in one line, and only its beginning where it is long, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that *word* most resembles, case and diacritics aside."""
    folded = {_fold(candidate): candidate for candidate in candidates}
    close = get_close_matches(_fold(word), folded, n=1, cutoff=0.7)
    return folded[close[0]] if close else None


def _fold(word: str) -> str:
    marks_apart = unicodedata.normalize("NFKD", word)
    return "".join(c for c in marks_apart if not unicodedata.combining(c)).casefold()
