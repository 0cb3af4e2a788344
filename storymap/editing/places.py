"""Places added to the gazetteer of a story."""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path

from storymap.editing.declined import DeclinedError
from storymap.editing.drafts import Draft, name_of, read_yaml, spliced
from storymap.editing.ids import suggested_id
from storymap.editing.manner import Value
from storymap.editing.splices import append
from storymap.reading.entries import Data
from storymap.reading.folder import list_folder
from storymap.reading.gazetteer_files import language_of, own_gazetteer
from storymap.reading.references import FILES, Kind
from storymap.reading.yaml_nodes import Part

_FILE = FILES[Kind.PLACE]
_MODEL = """\
- id: bishkek
  names:
    - {text: Bishkek, language: en}
  location: {point: [42.87, 74.59], precision: settlement}
"""
"""how the first place of a gazetteer is written"""


def add_place(
    folder: Path, name: Mapping[str, str], keys: Mapping[str, Value], id: str = ""
) -> Draft:
    """Return the gazetteer of the story in *folder* with one place more.

    *name* has the keys of a name, whose language may be empty; *keys* are those of the
    place, but for `id` and `names`. Without an *id* it gets one that is made from its name.

    Raises:
        StoryError: the gazetteer cannot be read, or not be added to.
        DeclinedError: there is no story, it has the place already, or more has to be said.
    """
    shown = name_of(folder)
    own, _ = own_gazetteer(list_folder(folder, shown), shown)
    if own != _FILE:
        message = f"the places of this story are in {shown}/{own}"
        raise DeclinedError(message, "add it there, with the program that you keep that file with")
    gazetteer = read_yaml(folder / own, f"{shown}/{own}")
    text = name["text"]
    id = id or _free_id(gazetteer, text, str(keys.get("country", "")))
    place = {
        "id": id,
        "names": [{**name, "language": name.get("language") or _language(folder, text)}],
        **keys,
    }
    return spliced(id, folder / own, gazetteer, append(gazetteer, place, model=_MODEL))


def _free_id(gazetteer: Part, name: str, country: str) -> str:
    """Return an id for a place that is not there yet."""
    id = suggested_id(name)
    places = [(entry, entry.data) for entry in gazetteer.entries() if isinstance(entry.data, dict)]
    taken = {place.get("id") for _, place in places}
    numbered = (f"{id}-{number}" for number in count(2))
    wanted = chain([id, f"{id}-{country.lower()}"] if country else [id], numbered)
    free = next(each for each in wanted if each not in taken)
    for entry, place in places:
        elsewhere = country and place.get("country") not in (country, None)
        if not elsewhere and (place.get("id") == id or name.casefold() in _names(place)):
            there = f"'{name}' is in the gazetteer already: '{place.get('id')}' ({entry.line()})"
            hint = f"use that; or, if this is another place, give it an id: --id {free}"
            raise DeclinedError(there, hint)
    return free


def _names(place: dict[str, Data]) -> set[str]:
    """Return the names of a place, in small letters."""
    listed = place.get("names")
    names = listed if isinstance(listed, list) else []
    return {str(name.get("text")).casefold() for name in names if isinstance(name, dict)}


def _language(folder: Path, name: str) -> str:
    """Return the story's language, if *name* is written as its title is."""
    head = read_yaml(folder / "story.yaml", f"{folder.resolve().name}/story.yaml")
    title = head.data.get("title") if isinstance(head.data, dict) else None
    language = language_of(head)
    if isinstance(title, str) and _script(name) != _script(title):
        message = f"'{name}' is not written as names are in '{language}', the story's language"
        raise DeclinedError(message, "say which language it is in: --language TAG")
    return language


def _script(text: str) -> str:
    """Return the script that most letters of *text* are of."""
    scripts = Counter(unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha())
    return max(scripts, key=lambda script: scripts[script], default="")
