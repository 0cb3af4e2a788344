"""How each of geopy's services wants to be asked, and what it grants those who ask.

Sources: the usage policy of Nominatim (operations.osmfoundation.org/policies/nominatim), which
allows one question a second; the documentation of Photon, GeoNames, Pelias and ArcGIS.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.geocoders.base import Geocoder

from storymap.geocoding import answers
from storymap.geocoding.candidates import Query, Terms

MOST = 10
"""answers to a question"""


class _ToKeep(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    """Tells ArcGIS that its answers will be kept, which it grants to accounts that pay."""

    def get_text(self, url: str, **options: Any) -> str:  # noqa: ANN401 - as geopy has it
        asked = f"{url}&forStorage=true" if "/findAddressCandidates?" in url else url
        return str(super().get_text(asked, **options))


@dataclass(frozen=True, slots=True)
class Manner:
    """How one of geopy's services is asked and read."""

    terms: Terms
    form: answers.Form
    options: Callable[[Query, str], Mapping[str, object]]
    """what geopy's `geocode` is told of a question, with the language for answers"""
    pause_s: float = 1
    """between two questions, as the provider's policy has it or as is polite"""
    needs: tuple[str, ...] = ()
    """keys for which geopy has a default, and without which there is no answer to be kept"""
    adapter: type[URLLibAdapter] = URLLibAdapter
    """named, for geopy asks in another way where `requests` happens to be installed"""


def manner_of(name: str, geocoder: type[Geocoder]) -> Manner:
    """Return the manner of the service that geopy calls *name*."""
    return _MANNERS.get(name) or _unknown(geocoder, _NEEDS.get(name, ()))


def _nominatim(query: Query, language: str) -> Mapping[str, object]:
    near = query.near
    return {
        "limit": MOST,
        "addressdetails": True,
        "namedetails": True,
        "extratags": True,
        "language": language if language == "en" else f"{language},en",
        "country_codes": query.country.lower() or None,
        "viewbox": near and [(near.lat - 1, near.lon - 1), (near.lat + 1, near.lon + 1)],
    }


def _photon(query: Query, language: str) -> Mapping[str, object]:
    spoken = language if language in ("de", "en", "fr") else "en"  # it refuses any other
    return {"limit": MOST, "language": spoken, "location_bias": query.near}


def _geonames(query: Query, _: str) -> Mapping[str, object]:
    return {"country": query.country or None}


def _pelias(query: Query, language: str) -> Mapping[str, object]:
    return {"countries": [query.country] if query.country else None, "language": language}


def _arcgis(_: Query, __: str) -> Mapping[str, object]:
    return {"out_fields": "Type"}


_NEEDS = {"google": ("api_key",), "googlev3": ("api_key",), "here": ("apikey",)}


def _unknown(geocoder: type[Geocoder], needs: tuple[str, ...]) -> Manner:
    """Return the manner of a service of which nothing is known but the options that geopy has."""
    known = inspect.signature(geocoder.geocode).parameters

    def options(query: Query, _: str) -> Mapping[str, object]:
        told = {"limit": MOST, "country": query.country, "country_codes": query.country}
        return {name: value for name, value in told.items() if value and name in known}

    title = geocoder.__name__
    caution = f"{title} may not allow its answers to be kept: read its terms before you accept one"
    terms = Terms(title, "its own terms", caution=caution)
    return Manner(terms, answers.unknown, options, needs=needs)


_OPENSTREETMAP = Terms(
    "© OpenStreetMap contributors", "ODbL 1.0", "https://www.openstreetmap.org/copyright"
)
_OSM_MANNER = Manner(_OPENSTREETMAP, answers.nominatim, _nominatim)
_PELIAS_MANNER = Manner(
    Terms(
        "© OpenStreetMap contributors, Who's On First, OpenAddresses, GeoNames",
        "ODbL 1.0 and others",
        "https://github.com/pelias/documentation/blob/master/data-licenses.md",
    ),
    answers.pelias,
    _pelias,
)
_MANNERS = {
    "nominatim": _OSM_MANNER,
    "openmapquest": _OSM_MANNER,
    "pickpoint": _OSM_MANNER,
    "photon": Manner(_OPENSTREETMAP, answers.photon, _photon),
    "geonames": Manner(
        Terms("GeoNames", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        answers.geonames,
        _geonames,
    ),
    "pelias": _PELIAS_MANNER,
    "geocodeearth": _PELIAS_MANNER,
    "arcgis": Manner(
        Terms(
            "Esri",
            "terms of Esri",
            "https://developers.arcgis.com/documentation/mapping-and-location-services/geocoding/",
            caution="Esri lets its answers be kept only where the account that asked pays for it",
        ),
        answers.arcgis,
        _arcgis,
        needs=("username", "password", "referer"),
        adapter=_ToKeep,
    ),
}
