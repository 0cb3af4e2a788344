"""The geocoders that a story may name, and what it may not say of them.

They are geopy's, which only `geocoding` imports; a test holds the two lists together.
"""

import re

from storymap.reading.faults import Fault, Refused
from storymap.text import did_you_mean, excerpt

GEOCODERS = (
    *("arcgis", "azure", "baidu", "baiduv3", "banfrance", "bing", "databc", "geocodeearth"),
    *("geocodio", "geokeo", "geolake", "geonames", "google", "googlev3", "here", "herev7"),
    *("ignfrance", "liveaddress", "mapbox", "mapquest", "maptiler", "nominatim", "opencage"),
    *("openmapquest", "pelias", "photon", "pickpoint", "tomtom", "what3words", "what3wordsv3"),
    *("woosmap", "yandex"),
)

_SECRET = re.compile("key|user|pass|secret|token|auth|code|(^|-)id$|referer")
_SECRET_IN_ADDRESS = re.compile("//[^/]*@|[?&][^=]*(key|token|pass)[^=]*=")
_HINT = "take it out; storymap reads it from the environment, such as {}"


def check_geocoder(name: str) -> str:
    """Return the name of a geocoder in small letters; `Refused` if it is none of them."""
    known = name.lower()
    if known in GEOCODERS:
        return known
    similar = did_you_mean(name, GEOCODERS)
    hint = f"did you mean '{similar}'?" if similar else "there is nominatim, photon and geonames"
    raise Refused(Fault(f"no geocoder is called '{excerpt(name)}'", hint))


def refuse_secrets(service: object) -> None:
    """`Refused` where an entry says what is between its author and the service."""
    if not isinstance(service, dict):
        return
    name = str(service.get("service", "")).upper() or "SERVICE"
    secrets = [key for key in service if isinstance(key, str) and _SECRET.search(key.lower())]
    faults = [
        Fault(
            f"'{key}' does not belong in a file that others will read",
            _HINT.format(f"STORYMAP_{name}_{key.upper().replace('-', '_')}"),
            (key,),
        )
        for key in secrets
    ]
    if _SECRET_IN_ADDRESS.search(str(service.get("address", ""))):
        message = "this address holds a key or a password, which others will read"
        faults.append(Fault(message, _HINT.format(f"STORYMAP_{name}_API_KEY"), ("address",)))
    if faults:
        raise Refused(*faults)
