"""Answers of online services as candidates: each service has a form of its own.

A form is what a service is known to answer; whatever is not there stays unknown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from geopy.location import Location

from storymap.geocoding.candidates import Candidate
from storymap.geocoding.romanisation import compare
from storymap.geometry import Box, LatLon
from storymap.model import Precision

Raw = Mapping[str, Any]

_AREAS = (
    *("country", "macroregion", "region", "state", "province", "state_district", "macrocounty"),
    *("county", "district", "localadmin", "administrative", "island", "archipelago"),
)
"""kinds whose extent says more than a point"""

_OSM_TYPES = {"N": "node", "W": "way", "R": "relation"}


@dataclass(frozen=True, slots=True)
class Found:
    """What an answer says, in the terms of a `Candidate`."""

    id: str = ""
    """empty where the service gives none"""
    name: str = ""
    others: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    population: int | None = None
    box: Box | None = None


Form = Callable[[Raw], Found]


def candidate(provider: str, form: Form, asked: str, location: Location) -> Candidate:
    """Return the candidate that an answer of *provider*'s is, when it was *asked* a name."""
    found = form(location.raw)
    name = found.name or location.address.split(",")[0].strip()
    match, matched = compare(asked, name, found.others)
    at = LatLon(location.latitude, location.longitude)
    area = found.box is not None and found.kind in _AREAS
    return Candidate(
        id=found.id or f"{provider.lower()}:{at.lat:.5f},{at.lon:.5f}",
        name=name,
        at=at,
        provider=provider,
        match=match,
        matched=matched,
        asked=asked,
        kind=found.kind.replace("_", " "),
        country=found.country,
        population=found.population,
        address=location.address,
        precision=Precision.REGION if area else Precision.SETTLEMENT,
        box=found.box if area else None,
    )


def nominatim(raw: Raw) -> Found:
    """Read an answer of Nominatim's, with details of address and names and extra tags."""
    names = [
        part.strip()
        for name in (raw.get("namedetails") or {}).values()
        for part in name.split(";")  # as OpenStreetMap joins several names
    ]
    south, north, west, east = map(float, raw["boundingbox"])
    population = (raw.get("extratags") or {}).get("population", "")
    return Found(
        id=f"osm:{raw['osm_type']}/{raw['osm_id']}" if "osm_id" in raw else "",
        name=raw.get("name", ""),
        others=tuple(dict.fromkeys(names)),
        kind=raw.get("addresstype") or raw.get("type", ""),
        country=(raw.get("address") or {}).get("country_code", "").upper(),
        population=int(population) if population.isdecimal() else None,
        box=Box(west, south, east, north),
    )


def photon(raw: Raw) -> Found:
    """Read an answer of Photon's."""
    said = raw["properties"]
    extent = said.get("extent")  # west, north, east, south
    return Found(
        id=f"osm:{_OSM_TYPES[said['osm_type']]}/{said['osm_id']}",
        name=said.get("name", ""),
        kind="street" if said.get("osm_key") == "highway" else said.get("osm_value", ""),
        country=said.get("countrycode", "").upper(),
        box=Box(extent[0], extent[3], extent[2], extent[1]) if extent else None,
    )


def geonames(raw: Raw) -> Found:
    """Read an answer of GeoNames' search."""
    return Found(
        id=f"geonames:{raw['geonameId']}",
        name=raw["name"],
        others=(raw["toponymName"],) if "toponymName" in raw else (),
        kind=raw.get("fcodeName", ""),
        country=raw.get("countryCode", ""),
        population=raw.get("population") or None,
    )


def pelias(raw: Raw) -> Found:
    """Read an answer of Pelias'."""
    said = raw["properties"]
    box = raw.get("bbox")
    return Found(
        id=said["gid"],
        name=said.get("name", ""),
        kind=said.get("layer", ""),
        country=said.get("country_code", ""),
        box=Box(*box) if box else None,
    )


def arcgis(raw: Raw) -> Found:
    """Read an answer of ArcGIS'."""
    said = raw.get("attributes") or {}
    return Found(kind=said.get("Type", "").lower())


def unknown(_: Raw) -> Found:
    """Read nothing: the position and the line of address are all that geopy has in common."""
    return Found()
