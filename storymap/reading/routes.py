"""Routes from routes.yaml."""

from collections.abc import Iterable

from storymap.model import Place, Route, Stop
from storymap.problems import Problem
from storymap.reading.checking import check_each
from storymap.reading.faults import Fault
from storymap.reading.gazetteer import citations
from storymap.reading.records import RouteRecord
from storymap.reading.references import References
from storymap.reading.yaml_nodes import Part


def read_routes(
    entries: Iterable[Part], references: References, places: Iterable[Place]
) -> tuple[tuple[Route, ...], tuple[Problem, ...]]:
    """Return the routes along *places*, and their problems."""
    checked, problems = check_each(RouteRecord, entries, references)
    unlocated = {place.id for place in places if not place.location.point}
    nowhere = tuple(
        part.problem(
            Fault(f"the route passes '{id}', which is unlocated", path=("stops", i, "place"))
        )
        for part, record in checked
        for i, id in enumerate(stop.place for stop in record.stops)
        if id in unlocated
    )
    return tuple(_route(record) for _, record in checked), (*problems, *nowhere)


def _route(record: RouteRecord) -> Route:
    return Route(
        id=record.id,
        title=record.title,
        stops=tuple(Stop(stop.place, stop.certainty, stop.note) for stop in record.stops),
        when=record.when,
        notes=record.notes,
        citations=citations(record.sources),
    )


def stops_by_route(entries: Iterable[Part]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the places that each route passes, as far as the bare data tell."""
    found = {}
    for entry in entries:
        data = entry.data if isinstance(entry.data, dict) else {}
        stops = data.get("stops")
        if isinstance(stops, list):
            found[str(data.get("id"))] = tuple(
                str(stop.get("place")) for stop in stops if isinstance(stop, dict)
            )
    return found
