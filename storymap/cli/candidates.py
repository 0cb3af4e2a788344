"""Candidates for a place, as people read them in a terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from storymap.cli.speech import counted
from storymap.geocoding.candidates import Candidate, Query
from storymap.geocoding.choosing import Weighed, nearest
from storymap.geometry import LatLon

MOST = 12
"""candidates that are shown"""


def listing(
    query: Query,
    weighed: Sequence[Weighed],
    doubt: Callable[[Candidate], str],
    others: Mapping[str, LatLon],
) -> str:
    """Return the first candidates for a place, numbered from 1, each with what is odd about it.

    *others* are the story's other places, name -> position.
    """
    names = ", ".join(query.names[:4]) + (", …" if len(query.names) > 4 else "")
    country = f" in {query.country}" if query.country else ""
    lines = [f"{query.place}: {names}{country} may be"]
    for number, each in enumerate(weighed[:MOST], start=1):
        lines.append(f"  {number:>2}  {_line(each.candidate, others)}")
        lines += [f"      {text}" for text in _why(each, doubt(each.candidate))]
    if left := len(weighed[MOST:]):
        lines.append(f"      and {counted(left, 'less likely candidate')}")
    return "\n".join(lines)


def _line(candidate: Candidate, others: Mapping[str, LatLon]) -> str:
    """Return what a candidate is, where, and how far from the story."""
    people = f"{candidate.population:,} people" if candidate.population else ""
    neighbour = nearest(candidate.at, others)
    near = _near(*neighbour) if neighbour else ""
    facts = (candidate.country, candidate.kind, people, near, f"[{candidate.id}]")
    return ", ".join(filter(None, (candidate.name, *facts)))


def _near(name: str, km: float) -> str:
    if km < 0.05:
        return f"at {name}"
    return f"{km:,.0f} km from {name}" if km >= 10 else f"{km:.1f} km from {name}"


def short(candidate: Candidate) -> str:
    """Return a candidate in few words: `Almaty, KZ [geonames:1526384]`."""
    return f"{', '.join(filter(None, (candidate.name, candidate.country)))} [{candidate.id}]"


def _why(weighed: Weighed, doubt: str) -> Iterator[str]:
    yield "; ".join(weighed.reasons)
    address = weighed.candidate.address
    if address and not address.startswith(f"{weighed.candidate.name}, {weighed.candidate.country}"):
        yield address
    if doubt and weighed.at_home:
        yield f"warning: {doubt}"
