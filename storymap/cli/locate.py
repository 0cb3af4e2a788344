"""`storymap locate`."""

import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from storymap.cli.options import ROOT, STORY
from storymap.cli.speech import counted, say
from storymap.text import did_you_mean

if TYPE_CHECKING:
    from storymap.model import Place, Service
    from storymap.reading import Survey


def _pairs(_: click.Context, __: click.Parameter, values: Iterable[str]) -> dict[str, str]:
    """Read `ID=N` and `ID=CANDIDATE`."""
    pairs = {}
    for value in values:
        id, equals, choice = value.partition("=")
        if not (id and equals and choice):
            message = f"{value!r} is not of the form ID=N"
            raise click.BadParameter(message)
        pairs[id] = choice
    return pairs


def _web_address(_: click.Context, __: click.Parameter, value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        message = f"{value!r} is no web address; begin it with http:// or https://"
        raise click.BadParameter(message)
    return value


@click.command()
@click.argument("ids", nargs=-1, metavar="[IDS]...")
@STORY
@ROOT
@click.option(
    "--pick",
    "picks",
    multiple=True,
    callback=_pairs,
    metavar="ID=N",
    help="Take candidate N of a place, or the one with that id: verniy=geonames:1526384.",
)
@click.option(
    "--online", is_flag=True, help="Ask online services where the offline gazetteer knows nothing."
)
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="NAME",
    help="With --online: ask this service and nothing else: nominatim, photon, geonames, …",
)
@click.option(
    "--address",
    default="",
    callback=_web_address,
    metavar="URL",
    help="With --online: where your own server of the service runs; Nominatim, if none is named.",
)
@click.option(
    "--refresh", is_flag=True, help="Ask again for places that were located, and show differences."
)
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now().astimezone().strftime("%Y-%m-%d"),
    show_default="today",
    metavar="YYYY-MM-DD",
    help="Day to record.",
)
def locate(  # noqa: PLR0913, PLR0917 - each is an option of the command
    ids: tuple[str, ...],
    folder: Path,
    root: Path | None,
    picks: Mapping[str, str],
    services: tuple[str, ...],
    address: str,
    date: datetime,
    *,
    online: bool,
    refresh: bool,
) -> None:
    """Find out where the places IDS lie (by default: all that have no coordinates).

    The answers go to geocodes.lock.yaml in the story's folder, which builds read; they never ask.
    The gazetteer that is asked first is offline: towns and villages of GeoNames, by any of their
    names, in any romanisation.

    An answer is accepted without a question only if exactly one settlement in the stated country
    may be meant, it has one of the place's names letter for letter, no hints tell of namesakes, and
    it lies within its parent; or if it has the place's own GeoNames number. All else is listed, and
    the author picks.
    """
    from storymap.cli.locating import Locating, Wishes  # noqa: PLC0415 - `--help` needs none of it
    from storymap.geocoding.candidates import Unavailable  # noqa: PLC0415 - as above
    from storymap.geocoding.services import DEFAULT  # noqa: PLC0415 - as above
    from storymap.reading import read_survey  # noqa: PLC0415 - as above
    from storymap.reading.geocodes import LOCK  # noqa: PLC0415 - as above
    from storymap.writing import content  # noqa: PLC0415 - as above

    if (services or address) and not online:
        message = "--service and --address ask over the network: add --online"
        raise click.UsageError(message)
    chosen = _chosen(services, address)
    before = content(folder / LOCK)
    survey = read_survey(folder, root=root)
    places = _targets(survey, ids, picks, refresh=refresh)
    for problem in survey.errors:
        say(problem)
    needed = (LOCK,) if chosen or not online else (LOCK, "story.yaml")  # it names whom to ask
    if not survey.ids or any(problem.file.endswith(needed) for problem in survey.errors):
        sys.exit(1)
    if not places and not ids and not survey.errors:
        say("no place was located before" if refresh else "every place has its coordinates")
    wishes = Wishes(
        date=f"{date:%Y-%m-%d}",
        picks=picks,
        services=chosen or (survey.services or DEFAULT if online else ()),
        offline_too=not services,
    )
    try:
        left = Locating(survey, before, folder, wishes).run(places)
    except Unavailable as error:
        say(error)
        _stop()
    except (click.Abort, KeyboardInterrupt):
        say("")
        _stop()
    if left:
        say(f"{counted(left, 'place')} still to be located")
    if left or not _sound(survey).issuperset(ids):
        sys.exit(1)


def _chosen(names: Iterable[str], address: str) -> "tuple[Service, ...]":
    """Return the services of the command line, the first of them at *address* if there is one."""
    from storymap.geocoding.services import DEFAULT  # noqa: PLC0415 - `--help` needs none of it
    from storymap.model import Service  # noqa: PLC0415 - as above
    from storymap.reading.faults import Refused  # noqa: PLC0415 - as above
    from storymap.reading.geocoders import check_geocoder  # noqa: PLC0415 - as above

    try:
        chosen = [Service(check_geocoder(name)) for name in names]
    except Refused as error:
        fault = error.faults[0]
        message = f"{fault.message}; {fault.hint}"
        raise click.BadParameter(message, param_hint="--service") from None
    if not address:
        return tuple(chosen)
    first, *others = chosen or DEFAULT
    return Service(first.name, address), *others


def _targets(
    survey: "Survey", ids: Iterable[str], picks: Iterable[str], *, refresh: bool
) -> "list[Place]":
    """Return the places to ask for; of those that are named in vain, say why."""
    missing = {place.id: place for place in survey.missing}
    located = {place.id: place for place in survey.located}
    for id in (*ids, *picks):
        if id not in survey.ids:
            similar = did_you_mean(id, survey.ids)
            hint = f"did you mean {similar!r}?" if similar else "--story names another story"
            message = f"no place of this story is called {id!r}; {hint}"
            raise click.BadParameter(message, param_hint="IDS")
    again = {id: located[id] for id in located if refresh and id in survey.geocoded}
    wanted = missing | again
    if not ids:
        return list((again if refresh else missing).values())
    for id in dict.fromkeys(ids):
        if id in wanted:
            continue
        if id in survey.geocoded:
            say(f"{id}: it is located already; --refresh asks again")
        elif id in located:
            say(f"{id}: the gazetteer says where it lies")
        else:
            say(f"{id}: first mend what else is wrong with it")
    return [wanted[id] for id in dict.fromkeys(ids) if id in wanted]


def _sound(survey: "Survey") -> set[str]:
    """Return the ids of the places in which nothing is wrong but that coordinates are missing."""
    return {place.id for place in (*survey.missing, *survey.located)}


def _stop() -> NoReturn:
    say("stopped; what was answered is kept, and the same command goes on from there")
    sys.exit(1)
