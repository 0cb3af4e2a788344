"""The letters of a name that every romanisation writes alike: a sieve, quick for a million names.

Names that have the same romanisation key have the same skeleton; so have some that have not.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from storymap.geocoding.romanisation import plain

_LETTERS = 128
"""below it a symbol is the letter itself; those of other scripts share the symbols from it on"""
_LEFT_OUT = b"\0cehikz"
"""0 for what is not heard, and letters that with others make one sound"""


def skeletons(names: Iterable[str]) -> list[bytes]:
    """Return what is left of each name without c, ts, z, h, k, e and i.

    A text of several lines counts as so many names.
    """
    text = "\n".join(names).replace("ß", "ss")  # the one letter for two that are both left
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    return _reduced(_symbols()[codes].tobytes()).split(b"\n")


def _reduced(symbols: bytes) -> bytes:
    return symbols.translate(None, _LEFT_OUT).replace(b"ts", b"")


@cache
def _symbols() -> NDArray[np.uint8]:
    """Return the symbol of each character of Unicode."""
    symbols = (_LETTERS + np.arange(0x110000) % _LETTERS).astype(np.uint8)
    symbols[:_LETTERS] = np.arange(_LETTERS)
    others = symbols.copy()
    for code in (*range(0x530), *range(0x1E00, 0x2070)):  # Latin, Greek, Cyrillic, punctuation
        spelled = others[[*map(ord, plain(chr(code)))]].tobytes()
        symbols[code] = ord(_reduced(spelled)[:1] or b"\0")
    return symbols
