"""What states, waters, mountains and towns of the map are called in other languages than English.

A table beside the lettering holds conventional names, empty where we know none for sure; today's
states are called as Unicode's CLDR calls them. What neither knows has its Russian name for those
who read Cyrillic, and keeps the name that it has for all others.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from storymap import interface
from storymap.atlas import lettering
from storymap.atlas.lettering import Kind, Name
from storymap.scenes import CYRILLIC, script_of

TABLE = files(lettering.__package__) / "data" / "exonyms.csv"
WEST = -25.0
"""degrees west of which a town that is called like one in the table is another one"""
CODES = {
    "Bosnia and Herzegovina": "BA",
    "Democratic Republic of the Congo": "CD",
    "East Timor": "TL",
    "Ivory Coast": "CI",
    "Myanmar": "MM",
    "Republic of the Congo": "CG",
    "Turkey": "TR",
}
"""state -> code, where CLDR has another English name for it"""


def exonym(name: Name, language: str) -> str:
    """Return what a name for orientation is in a language, by its BCP 47 tag."""
    primary = language.partition("-")[0]
    if primary == interface.ENGLISH:
        return name.text
    elsewhere = name.kind is Kind.TOWN and name.at.lon < WEST
    known = {} if elsewhere else _table().get((name.kind.value, name.text), {})
    state = name.kind is Kind.STATE and _state(name.text, language)
    cyrillic = known.get("ru") if script_of(language) == CYRILLIC else ""
    return known.get(primary) or state or cyrillic or name.text


@cache
def _table() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Return kind and English name -> language -> name."""
    rows = csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())
    return {(row["kind"], row["en"]): row for row in rows}


def _state(text: str, language: str) -> str:
    """Return the name of a state of today, empty for one that CLDR does not know."""
    code = CODES.get(text) or interface.country_code(text)
    return interface.country_name(code, language)
