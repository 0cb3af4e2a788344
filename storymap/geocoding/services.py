"""Online services by the names that geopy has for them, each at the end of a line of its own.

Keys come from the environment and from nowhere else: `STORYMAP_GEONAMES_USERNAME` is the
`username` of geopy's `GeoNames`.
"""

import inspect
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NoReturn
from urllib.parse import quote, urlsplit

from geopy.exc import ConfigurationError
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from storymap.geocoding import answers
from storymap.geocoding.candidates import Candidate, Provider, Query, Unavailable
from storymap.geocoding.line import Line, Wait
from storymap.geocoding.manners import Manner, manner_of
from storymap.model import Service

Search = Callable[[Query, str], Sequence[Location]]

DEFAULT = (Service("nominatim"),)
"""whom to ask where the author names nobody"""

_NO_KEYS = {
    *("self", "scheme", "timeout", "proxies", "user_agent", "ssl_context", "adapter_factory"),
    *("domain", "auth_domain", "token_lifetime", "channel"),
}
"""what geopy's geocoders are made from, apart from keys"""

_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"
"""of an address, beside letters and digits; a header takes no others"""

_LOOPBACK = re.compile(r"(127(\.\d+){3}|localhost|\[::1\])(:\d+)?")


def user_agent(version: str, contact: str) -> str:
    """Return how storymap introduces itself; *contact* is the address of a page, or empty."""
    page = quote(contact, safe=_IN_ADDRESSES)
    return f"storymap-atlas/{version} (+{page})" if page else f"storymap-atlas/{version}"


def connect(
    services: Iterable[Service],
    environment: Mapping[str, str],
    *,
    user_agent: str,
    language: str = "en",
    wait: Wait = lambda seconds, _: time.sleep(seconds),
) -> tuple[Provider, ...]:
    """Return a provider for each of *services*; nothing is asked yet.

    *environment* holds the keys, *user_agent* tells a service who asks, *language* is that of
    the answers, *wait* waits between attempts. A service that cannot be asked says so when it is:
    `Unavailable`.
    """
    providers = []
    for service in services:
        geocoder_class = get_geocoder_for_service(service.name)
        manner = manner_of(service.name, geocoder_class)
        title = geocoder_class.__name__
        pause_s = 0 if _is_own(service, geocoder_class) else manner.pause_s
        try:
            reach = _reach(service, geocoder_class)
            geocoder = geocoder_class(
                user_agent=user_agent,
                adapter_factory=manner.adapter,
                **reach,
                **_keys(service, geocoder_class, manner, environment),
            )
        except (ConfigurationError, Unavailable) as error:
            search = _no_search(f"{title}: {error}")
        else:
            host = str(reach.get("domain", _own_domain(geocoder_class)))
            answer = _read_at_once(geocoder, manner)
            line = Line(title, host, answer, pause_s=pause_s, wait=wait)
            search = _search(line, manner, language)
        providers.append(
            Provider(title, manner.terms, search, _read(title, manner), thrifty=pause_s > 0)
        )
    return tuple(providers)


def _search(line: Line, manner: Manner, language: str) -> Search:
    def search(query: Query, name: str) -> Sequence[Location]:
        options = manner.options(query, language)
        closer = [", ".join((name, *query.hints))] if query.hints else []
        for text in (*closer, name):
            found = [
                location
                for location in line.ask(text, **options)
                if not query.country or manner.form(location.raw).country in ("", query.country)
            ]
            if found:
                return found
        return []

    return search


def _no_search(why: str) -> Search:
    def search(_: Query, __: str) -> NoReturn:
        raise Unavailable(why)

    return search


def _read(title: str, manner: Manner) -> Callable[[Query, str, Location], Candidate]:
    return lambda _, name, location: answers.candidate(title, manner.form, name, location)


def _read_at_once(
    geocoder: Geocoder, manner: Manner
) -> Callable[..., Sequence[Location | None] | None]:
    """Return `geocode`, so that an answer of another form than the service's is a failure of it."""

    def geocode(text: str, **options: object) -> Sequence[Location | None] | None:
        found: Sequence[Location | None] | None = geocoder.geocode(text, **options)
        for location in found or ():
            if location is not None:
                manner.form(location.raw)
        return found

    return geocode


def _reach(service: Service, geocoder: type[Geocoder]) -> dict[str, object]:
    """Return what geopy wants to know of an address of the author's own."""
    domain = _parameters(geocoder).get("domain")
    if not service.address:
        if domain and domain.default is domain.empty:
            message = "it has no address but your own; say which"
            raise Unavailable(message)
        return {}
    if not domain:
        message = "it has no address but its provider's"
        raise Unavailable(message)
    address = urlsplit(service.address)
    reach: dict[str, object] = {"domain": address.netloc + address.path.rstrip("/")}
    if "scheme" in _parameters(geocoder):
        reach["scheme"] = address.scheme
    if _LOOPBACK.fullmatch(address.netloc):
        reach["proxies"] = {}  # a proxy would look for the service on a machine of its own
    return reach


def _keys(
    service: Service,
    geocoder: type[Geocoder],
    manner: Manner,
    environment: Mapping[str, str],
) -> dict[str, str]:
    """Return what is between user and service; `Unavailable` where the service wants more."""
    needed = () if service.address else manner.needs
    keys, lacking = {}, []
    for name, parameter in _parameters(geocoder).items():
        variable = f"STORYMAP_{service.name}_{name}".upper()
        if name in _NO_KEYS:
            continue
        if environment.get(variable):
            keys[name] = environment[variable]
        elif parameter.default is parameter.empty or name in needed:
            lacking.append(variable)
    if lacking:
        message = f"it wants a key; set {' and '.join(lacking)} in the environment"
        raise Unavailable(message)
    return keys


def _is_own(service: Service, geocoder: type[Geocoder]) -> bool:
    """Whether the author runs the service, and no one's policy holds."""
    return bool(service.address) and urlsplit(service.address).hostname != _own_domain(geocoder)


def _own_domain(geocoder: type[Geocoder]) -> str:
    """Return where the provider runs the service; its name where that has no one place."""
    parameter = _parameters(geocoder).get("domain")
    usual = parameter.default if parameter else None
    return usual if isinstance(usual, str) else geocoder.__name__


def _parameters(geocoder: type[Geocoder]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(geocoder.__init__).parameters
