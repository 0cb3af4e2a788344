"""One run of `storymap locate`: ask, show, let the author choose, keep what was answered.

Answers are written before a service or the author is asked for the next one, so that a run may end
at any time and the next one goes on where it stopped.
"""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

import click

from storymap import __version__, audit
from storymap.cli.candidates import MOST, listing, short
from storymap.cli.speech import counted, progress, result, say
from storymap.geocoding import lock
from storymap.geocoding.candidates import Candidate, Provider, Query, Terms, ask, query_for
from storymap.geocoding.chain import ask_in_turn
from storymap.geocoding.choosing import Weighed, evident, weigh
from storymap.geocoding.offline import NAME, TERMS, offline
from storymap.geocoding.services import connect, user_agent
from storymap.geometry import LatLon
from storymap.model import Location, Place, Service
from storymap.reading import Survey
from storymap.reading.geocodes import LOCK
from storymap.reading.records import Acceptance, GeocodeRecord
from storymap.writing import write_file


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the author asks of a run."""

    date: str
    """of the answers, as ISO 8601"""
    picks: Mapping[str, str]
    """id of a place -> number or id of the candidate to take"""
    services: tuple[Service, ...] = ()
    """online, to be asked where the offline gazetteer knows nothing"""
    offline_too: bool = True
    """whether that one is asked at all"""


class Locating:
    """A run: the story's places, who can be asked, and what was answered so far."""

    def __init__(self, survey: Survey, before: bytes, folder: Path, wishes: Wishes) -> None:
        self._places = {place.id: place for place in (*survey.located, *survey.missing)}
        self._records = {record.id: record for record in survey.geocodes}
        self._geocoded = survey.geocoded
        self._language = survey.language
        self._contact = survey.contact
        self._path = folder / LOCK
        self._before = before  # what the lock file holds
        self._wishes = wishes
        located = {place.id for place in survey.located} - survey.geocoded
        self._unneeded = located.intersection(self._records)
        self._changed = False  # since the lock file was written

    def run(self, places: Sequence[Place]) -> int:
        """Locate *places*, and return how many of them are left.

        Raises:
            Unavailable: no service answers.
            OutputError: an answer can't be written.
        """
        left = 0
        told: set[str] = set()
        for id in self._unneeded:
            say(f"{id}: the gazetteer says where it lies, and the answer of before is taken out")
            del self._records[id]
            self._changed = True
        try:
            for done, place in enumerate(places):
                query = query_for(place, self._parent_of(place))
                with progress(done, len(places), f"asking where {place.id} lies"):
                    found, failures = self._ask(query)
                for failure in failures:
                    if failure not in told:  # a service that failed says so for every place
                        say(failure)
                told.update(failures)
                left += not self._settle(place, query, found)
        finally:
            self._write()
        return left

    def _ask(self, query: Query) -> tuple[tuple[Weighed, ...], tuple[str, ...]]:
        """Return what is known offline, or else online, and what kept services from answering."""
        found: tuple[Weighed, ...] = ()
        if self._wishes.offline_too and not self._was_online(query.place):
            found = weigh(query, ask(self._offline, query))
        if not self._wishes.services or any(each.at_home for each in found):
            return found, ()
        self._write()
        answers = ask_in_turn(self._online, query)
        return weigh(query, answers.candidates) or found, answers.failures

    def _settle(self, place: Place, query: Query, found: Sequence[Weighed]) -> bool:
        """Choose one of *found*, or let the author; tell whether the place has its answer now."""
        if place.id in self._wishes.picks:
            return self._pick(place, query, found)
        if not found:
            say(f"{place.id}: {self._advice(query)}")
            return False
        sure = evident(query, [each for each in found if each.candidate.provider == NAME])
        if sure and self._doubt(place, sure):
            sure = None
        if place.id in self._geocoded:
            return self._renew(place, query, found, sure)
        if sure:
            return self._keep(place, sure, Acceptance.AUTOMATIC)
        return self._let_choose(place, query, found)

    def _pick(self, place: Place, query: Query, found: Sequence[Weighed]) -> bool:
        """Take the candidate of `--pick`: by its number in the list, or by its id."""
        choice = self._wishes.picks[place.id]
        candidates = [each.candidate for each in found]
        by_number = dict(enumerate(candidates, start=1))
        if choice.isdecimal() and int(choice) in by_number:
            return self._keep(place, by_number[int(choice)], Acceptance.AUTHOR)
        number = choice.removeprefix("geonames:")
        if number != choice and number.isdecimal():
            candidates += ask(self._offline, replace(query, geonames=int(number)))
        for candidate in candidates:
            if candidate.id == choice:
                return self._keep(place, candidate, Acceptance.AUTHOR)
        say(f"{place.id}: none of its candidates is '{choice}'")
        self._show(place, query, found)
        return False

    def _renew(
        self, place: Place, query: Query, found: Sequence[Weighed], sure: Candidate | None
    ) -> bool:
        """Show what is otherwise than when the place was located, and ask whether to take it."""
        before = self._records[place.id]
        same = next((w.candidate for w in found if w.candidate.id == before.answer.id), None)
        if same is None:
            say(f"{place.id}: {before.answer.name}, which was accepted, is not found any more")
            return self._let_choose(place, query, found)
        changes = list(lock.differences(before, self._record(place, same, before.accepted)))
        if not changes:
            say(f"{place.id}: nothing has changed")
            return True
        say(f"{place.id}: {short(same)}")
        for name, old, new in changes:
            say(f"      {name}: {old or 'nothing'} -> {new or 'nothing'}")
        if same == sure and before.accepted is Acceptance.AUTOMATIC:
            return self._keep(place, same, Acceptance.AUTOMATIC)
        if not sys.stdin.isatty():
            say(f"      to take it: --pick {place.id}={same.id}")
            return False
        self._write()
        if click.confirm("      take it?", err=True):
            self._keep(place, same, Acceptance.AUTHOR)
            self._write()
        return True

    def _let_choose(self, place: Place, query: Query, found: Sequence[Weighed]) -> bool:
        self._show(place, query, found)
        if not sys.stdin.isatty():
            say(f"      to take the first: --pick {place.id}=1")
            return False
        self._write()
        most = min(len(found), MOST)
        number = click.prompt(
            f"      which one is it? 1 to {most}, or 0 for none of them",
            type=click.IntRange(0, most),
            err=True,
        )
        if not number:
            return False
        self._keep(place, found[number - 1].candidate, Acceptance.AUTHOR)
        self._write()
        return True

    def _show(self, place: Place, query: Query, found: Sequence[Weighed]) -> None:
        if found:
            doubt = partial(self._doubt, place)
            say(listing(query, found, doubt, self._positions_beside(place.id)))

    def _keep(self, place: Place, candidate: Candidate, accepted: Acceptance) -> bool:
        """Take an answer; the place counts among the located ones from now on."""
        if doubt := self._doubt(place, candidate):
            say(f"{place.id}: warning: {doubt}")
        if caution := self._terms(candidate).caution:
            say(f"{place.id}: warning: {caution}")
        self._records[place.id] = self._record(place, candidate, accepted)
        self._changed = True
        self._places[place.id] = replace(place, location=_location(candidate))
        result(f"{place.id}: {short(candidate)}, accepted {accepted}")
        return True

    def _write(self) -> None:
        if self._changed:
            data = lock.render(self._records.values()).encode()
            write_file(self._path, data, over=self._before)
            self._before, self._changed = data, False

    def _record(self, place: Place, candidate: Candidate, accepted: Acceptance) -> GeocodeRecord:
        terms = self._terms(candidate)
        return lock.record(place, candidate, terms, self._wishes.date, accepted)

    def _doubt(self, place: Place, candidate: Candidate) -> str:
        """Return what is odd about a place that lies there; empty where nothing is."""
        there = replace(place, location=_location(candidate))
        parent = self._places.get(place.within)
        faults = audit.findings([there, parent] if parent else [there])
        odd = (fault.message for id, fault in faults if id == place.id and "location" in fault.path)
        return "; ".join(odd)

    def _parent_of(self, place: Place) -> LatLon | None:
        parent = self._places.get(place.within)
        return parent.location.point if parent else None

    def _positions_beside(self, id: str) -> dict[str, LatLon]:
        return {
            query_for(place).names[0]: place.location.point
            for place in self._places.values()
            if place.id != id and place.location.point
        }

    def _terms(self, candidate: Candidate) -> Terms:
        if candidate.provider == NAME:
            return TERMS
        return next(each.terms for each in self._online if each.name == candidate.provider)

    def _was_online(self, id: str) -> bool:
        """Tell whether a service located the place, which then is the one to ask again."""
        offline = NAME.split(" ")[0]  # in any version
        return id in self._geocoded and not self._records[id].provider.startswith(offline)

    def _advice(self, query: Query) -> str:
        """Say what can be done where nothing is found."""
        if self._was_online(query.place) and not self._wishes.services:
            return f"{self._records[query.place].provider} located it; add --online to ask again"
        ways = "" if self._wishes.services else "add --online, or "
        names = ", ".join(query.names)
        return f"nothing is found by {names}; {ways}write its `location` into the gazetteer"

    @cached_property
    def _offline(self) -> Provider:
        return offline()

    @cached_property
    def _online(self) -> tuple[Provider, ...]:
        return connect(
            self._wishes.services,
            os.environ,
            user_agent=user_agent(__version__, self._contact),
            language=self._language,
            wait=_wait,
        )


def _wait(seconds: float, why: str) -> None:
    say(f"{why}; asking again in {counted(round(seconds), 'second')}")
    time.sleep(seconds)


def _location(candidate: Candidate) -> Location:
    return Location(candidate.precision, candidate.at, candidate.box)
