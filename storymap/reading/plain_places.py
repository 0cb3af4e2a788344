"""Places that say nothing unusual, straight from data to model.

Most places of a large gazetteer do, and the records' checks would take most of the time of reading
them. What is not plainly right is left to those checks, which have the words for it; what is read
here is what they would make of it.
"""

import re
from functools import lru_cache
from itertools import combinations
from typing import Any

from storymap import dates
from storymap.geometry import LatLon
from storymap.model import Citation, Location, Name, NameKind, Place, Precision
from storymap.reading.entries import Data
from storymap.reading.fields import COUNTRY, FEATURE, ID, LANGUAGE, WIKIDATA
from storymap.reading.references import Kind, References

_KEYS = frozenset(
    ("id", "names", "location", "country", "feature", "geonames", "wikidata", "notes", "sources")
)
_NAME_KEYS = frozenset(("text", "language", "kind", "when", "sources", "note"))
_LOCATION_KEYS = frozenset(("point", "precision", "source"))
_PRECISIONS = {"settlement": Precision.SETTLEMENT, "exact": Precision.EXACT}
_KINDS = {kind.value: kind for kind in NameKind}
_ID, _WIKIDATA = re.compile(ID), re.compile(WIKIDATA)
_NUMBER = re.compile("[1-9][0-9]{0,8}")


class _Unusual(Exception):  # noqa: N818 - a step on the way to the records' checks
    """This is not for us to judge."""


def plain_place(data: Data, references: References) -> Place | None:
    """Return the place that *data* describes; None where it may be at fault or just unusual."""
    try:
        return _place(data, references)
    except (_Unusual, AttributeError, KeyError, TypeError, ValueError):
        return None


def _place(data: Any, references: References) -> Place:  # noqa: ANN401 - errors tell what it is not
    if not _KEYS.issuperset(data):
        raise _Unusual
    names = tuple([_name(name, references) for name in _listed(data["names"])])
    if not names or data["id"].startswith("sm-"):
        raise _Unusual
    _forbid_overlaps(names)
    return Place(
        id=_matching(_ID, data["id"]),
        names=names,
        location=_location(data["location"]),
        country=_common(COUNTRY, data["country"]) if "country" in data else "",
        feature=_common(FEATURE, data["feature"]) if "feature" in data else "",
        geonames=int(_matching(_NUMBER, data["geonames"])) if "geonames" in data else None,
        wikidata=_matching(_WIKIDATA, data["wikidata"]) if "wikidata" in data else "",
        notes=_markdown(data["notes"]) if "notes" in data else "",
        citations=_citations(data["sources"], references) if "sources" in data else (),
    )


def _name(data: Any, references: References) -> Name:  # noqa: ANN401 - as above
    if not _NAME_KEYS.issuperset(data):
        raise _Unusual
    return Name(
        _text(data["text"]),
        _common(LANGUAGE, data["language"]),
        _KINDS[data["kind"]],
        dates.parse(data["when"]) if "when" in data else None,
        _citations(data["sources"], references) if "sources" in data else (),
        data["note"].strip() if "note" in data else "",
    )


def _location(data: Any) -> Location:  # noqa: ANN401 - as above
    if not _LOCATION_KEYS.issuperset(data):
        raise _Unusual
    lat, lon = map(float, _listed(data["point"]))
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise _Unusual
    source = data["source"].strip() if "source" in data else ""
    return Location(_PRECISIONS[data["precision"]], LatLon(lat, lon), source=source)


def _citations(data: Any, references: References) -> tuple[Citation, ...]:  # noqa: ANN401 - as above
    return tuple([_citation(entry, references) for entry in _listed(data)])


def _citation(data: Any, references: References) -> Citation:  # noqa: ANN401 - as above
    id, locator = data, ""
    if isinstance(data, dict):
        id, locator = data["source"], data.get("locator", "")
        if not data.keys() <= {"source", "locator"}:
            raise _Unusual
    if id not in references.ids(Kind.SOURCE):
        raise _Unusual
    references.require(Kind.SOURCE, id)
    return Citation(id, locator.strip())


def _forbid_overlaps(names: tuple[Name, ...]) -> None:
    official = [name for name in names if name.when and name.kind is NameKind.OFFICIAL]
    for a, b in combinations(official, 2):
        if a.language == b.language and a.when and b.when and _overlap(a.when.edtf, b.when.edtf):
            raise _Unusual


@lru_cache(maxsize=4096)
def _overlap(a: str, b: str) -> bool:
    return dates.overlaps(dates.parse(a), dates.parse(b))


@lru_cache(maxsize=1024)
def _common(pattern: str, text: str) -> str:
    """Return a text that many places share, where it has the right form."""
    return _matching(re.compile(pattern), text)


def _matching(pattern: re.Pattern[str], text: str) -> str:
    bare = text.strip()
    if not pattern.fullmatch(bare):
        raise _Unusual
    return bare


def _markdown(text: str) -> str:
    if "[" in text or "<" in text:  # maybe a link, which may lead nowhere
        raise _Unusual
    return text.strip()


def _text(text: str) -> str:
    bare = text.strip()
    if not bare:
        raise _Unusual
    return bare


def _listed(data: Any) -> list[Any]:  # noqa: ANN401 - as above
    if type(data) is not list:
        raise _Unusual
    return data
