"""Names under one key, however they are spelled: `Верный`, `Vernyy` and `Verniy` have one.

The key drops case, accents and punctuation, puts Cyrillic into Latin letters and takes letters
for one that romanisations use for one sound. It says that two names may be one, not that they are.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storymap.geocoding.candidates import Match

_CYRILLIC = str.maketrans(
    "абвгдезийклмнопрстуфхыэжцчшіїєґўјқғңһәөүұҳђљњћҗҷҡҙҫ",
    "abvgdeziiklmnoprstufhiezccsiieguikgnhaouuhdlnczckzs",
)
_LATIN = str.maketrans("jyqwłøđðħıəɛŋ", "iikvloddhiaen")
_IN_TWO = str.maketrans(
    {"щ": "sc", "ю": "iu", "я": "ia", "џ": "dz", "ѕ": "dz", "æ": "ae", "œ": "oe", "þ": "th"}
)
_UNHEARD = (*map(ord, "ъь '\"`´’‘ʼʻʹʺʾʿ′″-‐‑–.,()/"), *range(0x300, 0x370))
"""signs, punctuation, and the accents that Unicode can take off"""
_LETTERS = _CYRILLIC | _LATIN | _IN_TWO | dict.fromkeys(_UNHEARD)
_SOUNDS = (
    *(("sch", "s"), ("sh", "s"), ("sz", "s"), ("ch", "c"), ("cz", "c"), ("ts", "c")),
    *(("zh", "z"), ("kh", "h"), ("ii", "i")),
)
"""letters that stand for one sound, one pair after the other"""
_OTHER_SCRIPTS = "\u0530"
"""begin here, after Latin, Greek and Cyrillic; names in them are their own keys"""
_SHORTEST = 3
"""letters of a key that tells something: `os` is Osh, Os, Oss and an airport"""


def key(name: str) -> str:
    """Return what *name* has in common with its other spellings."""
    return str(keys([name])[0])


def keys(names: Sequence[str]) -> NDArray[Any]:
    """Return the key of each name; all at once, for there may be a million."""
    found = np.array(names, object)
    plain = np.fromiter(map(str.isascii, names), bool, len(names))
    rest = np.flatnonzero(~plain)
    near = rest[[name < _OTHER_SCRIPTS for name in found[rest]]]
    for chosen in (plain, near):  # apart, for Python is ten times as fast with ASCII
        found[chosen] = np.array(_spelled_alike("\n".join(found[chosen])), object)
    return found


def _spelled_alike(names: str) -> list[str]:
    text = unicodedata.normalize("NFKD", names).casefold().translate(_LETTERS)
    for letters, sound in _SOUNDS:
        text = text.replace(letters, sound)
    return text.split("\n")


def compare(asked: str, name: str, others: Iterable[str] = ()) -> tuple[Match, str]:
    """Tell how a place that has these names fits what was asked, and which name does."""
    wanted = unicodedata.normalize("NFC", asked)
    if name == wanted:
        return Match.EXACT, name
    others = list(others)
    if wanted in others:
        return Match.ALTERNATE, wanted
    shared, *theirs = keys([asked, name, *others])
    near = [
        each
        for each, its in zip((name, *others), theirs, strict=True)
        if its == shared and (len(shared) >= _SHORTEST or each.lower() == asked.lower())
    ]
    if not near:
        return Match.FOUND, name
    return Match.NEAR, max(near, key=lambda each: SequenceMatcher(None, asked, each).ratio())
