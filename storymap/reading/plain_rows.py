"""Places from rows that say nothing unusual, straight to the model.

What is not plainly right is left to the long way, by `place_rows`, which has the words for it; what
is read here is what that would make of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from storymap import dates
from storymap.geometry import LatLon
from storymap.model import Location, Name, NameKind, Place, Precision
from storymap.reading.fields import COUNTRY, FEATURE, ID, LANGUAGE
from storymap.reading.ids import id_of

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_ID, _LANGUAGE, _COUNTRY = re.compile(ID), re.compile(LANGUAGE), re.compile(f"{COUNTRY}|")
_WHOLE = re.compile("[1-9][0-9]{0,8}|")
_FEATURE = re.compile(f"{FEATURE}|")
_READ = (
    *("id", "title", "when", "start", "end", "variants", "lat", "lon"),
    *("ccodes", "geonames", "fclasses", "description"),
)
_UNREAD = ("types", "aat-types")


class PlainRows:
    """The rows of a sheet with these columns; a name is in *language*, if nothing else is said."""

    def __init__(self, columns: Mapping[str, int], language: str) -> None:
        self._language = language
        self._read = [columns.get(name, -1) for name in _READ]
        self._others = [index for name, index in columns.items() if name not in (*_READ, *_UNREAD)]

    def place(self, texts: Sequence[str]) -> Place | None:
        """Return the place that a row describes; None where it may be at fault or unusual."""
        cells = [*texts, ""]  # the last stands for columns that are not there
        if any(cells[index].strip() for index in self._others):
            return None
        try:
            return self._place(*[cells[index].strip() for index in self._read])
        except ValueError:
            return None

    def _place(  # noqa: PLR0913, PLR0917 - one for each of the columns
        self,
        id: str,
        title: str,
        when: str,
        start: str,
        end: str,
        variants: str,
        lat: str,
        lon: str,
        country: str,
        geonames: str,
        feature: str,
        notes: str,
    ) -> Place | None:
        id = id or id_of(title)
        lat, lon = lat.replace(",", "."), lon.replace(",", ".")  # as much of Europe writes them
        code = country.upper()
        span = when or (f"{start}/{end}" if start or end else "")
        if (
            not title
            or not _ID.fullmatch(id)
            or id.startswith("sm-")
            or not NUMBER.fullmatch(lat)
            or not NUMBER.fullmatch(lon)
            or not _COUNTRY.fullmatch(code)
            or not _WHOLE.fullmatch(geonames)
            or not _FEATURE.fullmatch(feature)
            or "[" in notes  # maybe a link, which may lead nowhere
            or "<" in notes
            or not _LANGUAGE.fullmatch(self._language)
        ):
            return None
        point = LatLon(float(lat), float(lon))
        if not (abs(point.lat) <= 90 and abs(point.lon) <= 180):
            return None
        own = Name(title, self._language, NameKind.OFFICIAL, dates.parse(span) if span else None)
        return Place(
            id,
            (own, *_exonyms(variants)) if variants else (own,),
            Location(Precision.SETTLEMENT, point),
            code,
            feature=feature,
            geonames=int(geonames) if geonames else None,
            notes=notes,
        )


def _exonyms(variants: str) -> Iterator[Name]:
    """Yield the names; `ValueError` where one has no language or no text."""
    for variant in filter(None, map(str.strip, variants.split(";"))):
        text, _, language = (part.strip() for part in variant.rpartition("@"))
        if not text or not _LANGUAGE.fullmatch(language):
            raise ValueError
        yield Name(text, language, NameKind.EXONYM)
