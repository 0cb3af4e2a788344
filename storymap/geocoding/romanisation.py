"""Names under one key, however they are spelled: `Верный`, `Vernyy` and `Verniy` have one.

The key drops case, accents and punctuation, puts Cyrillic into Latin letters and takes letters
for one that romanisations use for one sound. It says that two names may be one, not that they are.
"""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

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
    if name >= _OTHER_SCRIPTS:
        return name
    letters = plain(name)
    for spelled, sound in _SOUNDS:
        letters = letters.replace(spelled, sound)
    return letters


def plain(name: str) -> str:
    """Return a name in small Latin letters without accents, as far as it is European."""
    return unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)


def compare(asked: str, name: str, others: Iterable[str] = ()) -> tuple[Match, str]:
    """Tell how a place that has these names fits what was asked, and which name does."""
    wanted = unicodedata.normalize("NFC", asked)
    if name == wanted:
        return Match.EXACT, name
    others = list(others)
    if wanted in others:
        return Match.ALTERNATE, wanted
    shared = key(asked)
    near = [
        each
        for each in (name, *others)
        if key(each) == shared and (len(shared) >= _SHORTEST or each.lower() == asked.lower())
    ]
    if not near:
        return Match.FOUND, name
    return Match.NEAR, max(near, key=lambda each: SequenceMatcher(None, asked, each).ratio())
