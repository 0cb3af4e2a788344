"""The further places of a gazetteer, those that no step names and no route passes, packed.

There may be a hundred thousand of them, so they ride in the page as columns of numbers and one
text, deflated; the page's script shows them on the map, finds them and makes their cards. The
block is the same whatever the reader's language. What depends on it, dates and languages in words,
is in the document, each once. `browser/src/further.ts` takes all of it apart.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from storymap import prose, whereabouts
from storymap.dates import spoken
from storymap.geometry import beside
from storymap.interface import language_name, texts
from storymap.model import Citation, Location, Name, Place, Source, Story
from storymap.scenes import Layout, lasting

LISTED = 100
"""so many further places the page tells of in full, as of those of the story"""
FIRST_CLASSES = ("P", "A", "")
"""feature classes that go before others where the map has no room for all"""
SPARE_DECIMALS = 1
"""what positions have beyond their precision, lest the map show the grid of their rounding"""
MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Further:
    """The further places, as a page needs them."""

    places: tuple[Place, ...]
    """the important first"""
    block: str
    """base64 of the deflated columns"""
    names: int
    """how many names they have in all"""
    text_bytes: int
    """length of the text within the columns"""
    forms: tuple[Name, ...]
    """of the names that share language, kind and span, the first"""
    sites: tuple[Location, ...]
    """of the locations that differ in their position alone, the first"""
    languages: tuple[str, ...]
    """those for whose readers each place has a title among its names"""
    listed: Mapping[str, int]
    """id -> index of those that the page tells of in full: all where they are few, else those that
    a text links to"""


def pack(story: Story, layout: Layout) -> Further | None:
    """Return the further places of a story; None where it has none."""
    if not layout.further:
        return None
    places = tuple(sorted(layout.further, key=_rank))
    few = len(places) <= LISTED
    languages = story.languages or (story.language,)
    forms: dict[tuple[str, str, str], tuple[int, Name]] = {}
    sites: dict[tuple[object, ...], tuple[int, Location]] = {}
    site_of = [_number(sites, _site(place.location), place.location) for place in places]
    form_of = [_number(forms, _form(name), name) for place in places for name in place.names]
    text = "\n".join("\t".join(_line(name.text) for name in place.names) for place in places)
    columns = [
        *_positions(places, layout.middle),
        site_of,
        [place.geonames or 0 for place in places],
        [int(place.wikidata[1:] or 0) for place in places],
        *([_title(place, language) for place in places] for language in languages),
        form_of,
    ]
    written = text.encode()
    packed = b"".join((*map(_planes, columns), written, _remarks(places, story).encode()))
    return Further(
        places=places,
        block=b64encode(_deflated(packed)).decode(),
        names=len(form_of),
        text_bytes=len(written),
        forms=tuple(name for _, name in forms.values()),
        sites=tuple(location for _, location in sites.values()),
        languages=languages,
        listed={
            place.id: index for index, place in enumerate(places) if few or place.id in story.linked
        },
    )


def document(further: Further | None, language: str) -> dict[str, Any] | None:
    """Return what the page's script needs to take the block apart, with words in *language*."""
    if further is None:
        return None
    _ = texts(language).gettext
    return {
        "count": len(further.places),
        "names": further.names,
        "textBytes": further.text_bytes,
        "languages": len(further.languages),
        "title": further.languages.index(language),
        "forms": [
            [
                name.language,
                language_name(name.language, language),
                spoken(name.when, language) if name.when else "",
            ]
            for name in further.forms
        ],
        "sites": [
            [
                _decimals(site),
                whereabouts.decimals(site),
                whereabouts.precision(site, language),
                _("Coordinates: %(source)s") % {"source": site.source} if site.source else "",
            ]
            for site in further.sites
        ],
        "degrees": [
            _(pattern) % {"degrees": "{degrees}"}
            for pattern in (
                whereabouts.NORTH,
                whereabouts.SOUTH,
                whereabouts.EAST,
                whereabouts.WEST,
            )
        ],
        "source": _("Source:"),
        "here": _("Places here: {count}"),
        "hidden": _("And {count} more: zoom in to see them apart"),
        "listed": dict(further.listed),
    }


def title(place: Place, language: str) -> str:
    """Return the one name that a place is listed under."""
    return place.names[_title(place, language)].text


def _rank(place: Place) -> int:
    return 0 if place.feature in FIRST_CLASSES else 1


def _title(place: Place, language: str) -> int:
    """Return the index of a place's name of today, else of its first."""
    if len(place.names) == 1:
        return 0
    current = lasting(place, language)
    return place.names.index(current[0]) if current else 0


def _form(name: Name) -> tuple[str, str, str]:
    return name.language, name.kind, name.when.edtf if name.when else ""


def _site(location: Location) -> tuple[object, ...]:
    return (
        location.precision,
        location.radius_m,
        location.source,
        location.reason,
        location.point is None,
    )


def _number(known: dict[Any, tuple[int, Any]], key: object, value: object) -> int:
    """Return the number of a key, a new one with its *value* where it is not known yet."""
    return known.setdefault(key, (len(known), value))[0]


def _decimals(site: Location) -> int:
    """Return how many decimals positions of this kind are packed with; -1 for no position."""
    if site.point is None:
        return -1
    return min(whereabouts.decimals(site) + SPARE_DECIMALS, MOST_DECIMALS)


def _positions(places: Sequence[Place], middle: float) -> tuple[list[int], list[int]]:
    """Return latitudes and longitudes as whole numbers of their last decimal."""
    lats, lons = [], []
    for place in places:
        lat, lon = place.location.point or (0.0, 0.0)
        unit = 10 ** _decimals(place.location)
        lats.append(round(lat * unit))
        lons.append(round(beside(lon, middle) * unit))
    return lats, lons


def _planes(numbers: Sequence[int]) -> bytes:
    """Return 32-bit numbers, the lowest bytes of all first: so they deflate best."""
    return np.array(numbers, dtype="<i4").view(np.uint8).reshape(-1, 4).T.tobytes()


def _deflated(data: bytes) -> bytes:
    packing = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush()


def _line(text: str) -> str:
    return text if text.isprintable() else " ".join(text.split())


def _remarks(places: Iterable[Place], story: Story) -> str:
    """Return JSON: for the index of a place its notes as HTML, its names' notes and its sources."""
    works = {source.id: source for source in story.sources}
    return json.dumps(
        {
            index: [_prose(place.notes), _name_notes(place), _cited(place, works)]
            for index, place in enumerate(places)
            if place.notes
            or any(name.note or name.citations for name in place.names)
            or place.citations
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _prose(markdown: str) -> str:
    return prose.render(markdown) if markdown else ""


def _name_notes(place: Place) -> dict[int, str]:
    return {index: name.note for index, name in enumerate(place.names) if name.note}


def _cited(place: Place, works: Mapping[str, Source]) -> list[list[str]]:
    """Return the works cited of a place and its names, each once: id and how it is called."""
    citations = (*place.citations, *(each for name in place.names for each in name.citations))
    return [
        [citation.source, _called(citation, works[citation.source])]
        for citation in dict.fromkeys(citations)
    ]


def _called(citation: Citation, work: Source) -> str:
    authors = ", ".join(work.authors)
    parts = (authors or work.title, work.container or (work.title if authors else ""))
    return ", ".join(part for part in (*parts, citation.locator) if part)
