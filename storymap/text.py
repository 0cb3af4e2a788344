r"""The author's text: files as Unicode, positions in them, words that resemble each other.

Every text has `\n` line ends and no byte order mark; lines and columns count from 1, columns
in characters.
"""

import os
import re
import stat
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from storymap.problems import Problem, StoryError

LARGEST_BYTES = 50_000_000
"""of a file that is read at all"""

_LONGEST = 60  # characters of an excerpt
_LONGEST_WORD = 200  # characters; longer ones are no slip of the pen, and take long to compare
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def read_text(path: Path, file: str) -> str:
    """Return the text at *path*, which problems call *file*.

    Raises:
        StoryError: as `read_bytes` and `decode`.
    """
    return decode(read_bytes(path, file), file)


def read_bytes(path: Path, file: str) -> bytes:
    """Return what is at *path*, which problems call *file*.

    Raises:
        StoryError: there is no such file, it is a folder or a device, it cannot be read, or is
            larger than `LARGEST_BYTES`.
    """
    try:
        if fault := _unfit(path.stat()):
            message = fault
        else:
            return path.read_bytes()
    except FileNotFoundError:
        message = "there is no such file"
    except OSError as error:
        message = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
    raise StoryError([Problem(file, 0, 0, message)])


def _unfit(state: os.stat_result) -> str:
    """Return why what is there cannot be read, if it cannot: a pipe would never end."""
    if stat.S_ISDIR(state.st_mode):
        return "this is a folder, where a file is expected"
    if not stat.S_ISREG(state.st_mode):
        return "this is a device or a pipe, where a file is expected"
    if state.st_size > LARGEST_BYTES:
        return f"this file is larger than {LARGEST_BYTES // 1_000_000} MB"
    return ""


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
    if control := control_in(text):
        message = f"the control character U+{ord(control[0]):04X} does not belong in a text"
        where = position(text, control.start())
        raise StoryError([Problem(file, *where, message, "delete it")])
    return text


def control_in(text: str) -> re.Match[str] | None:
    """Find the first character that no text holds but to steer a machine, or half of one."""
    return _CONTROL.search(text)


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
    if len(word) > _LONGEST_WORD:
        return None
    folded = {_fold(candidate): candidate for candidate in candidates}
    close = get_close_matches(_fold(word), folded, n=1, cutoff=0.7)
    return folded[close[0]] if close else None


def _fold(word: str) -> str:
    marks_apart = unicodedata.normalize("NFKD", word)
    return "".join(c for c in marks_apart if not unicodedata.combining(c)).casefold()
