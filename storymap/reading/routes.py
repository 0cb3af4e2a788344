"""Routes from routes.yaml."""

from storymap.model import Route, Stop
from storymap.reading.gazetteer import citations
from storymap.reading.records import RouteRecord
from storymap.reading.references import Entry


def route(record: RouteRecord) -> Route:
    """Return the route that a record describes."""
    return Route(
        id=record.id,
        title=record.title,
        stops=tuple(Stop(stop.place, stop.certainty, stop.note) for stop in record.stops),
        when=record.when,
        notes=record.notes,
        citations=citations(record.sources),
    )


def stops_by_route(entries: list[Entry]) -> dict[str, tuple[str, ...]]:
    """Return the places that each route passes, as far as the bare data tell."""
    found = {}
    for _, data in entries:
        if isinstance(data, dict) and isinstance(data.get("stops"), list):
            places = [stop.get("place") for stop in data["stops"] if isinstance(stop, dict)]
            found[str(data.get("id"))] = tuple(str(place) for place in places)
    return found
