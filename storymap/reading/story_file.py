"""The story as a whole, from story.yaml."""

from collections.abc import Iterable

from storymap.model import (
    Cover,
    Event,
    Licence,
    Person,
    Place,
    Route,
    Service,
    Source,
    Story,
    Tiles,
)
from storymap.problems import Problem
from storymap.reading.checking import check
from storymap.reading.faults import Fault
from storymap.reading.records import FORMAT, StoryRecord, TilesRecord
from storymap.reading.references import References
from storymap.reading.theme import check_contrast
from storymap.reading.yaml_nodes import Part


def refuse_format(part: Part) -> Problem | None:
    """Return what is wrong where the folder is of another format, of which we know nothing."""
    written = part.data.get("format") if isinstance(part.data, dict) else None
    if not isinstance(written, str) or not written.isdecimal() or written == str(FORMAT):
        return None
    message = f"this story is of format {written}, which this version of storymap does not know"
    hint = f"it reads `format: {FORMAT}`; look for another version"
    return part.problem(Fault(message, hint, ("format",)))


def read_story_file(
    part: Part, references: References
) -> tuple[StoryRecord | None, tuple[Problem, ...]]:
    """Return what story.yaml says, and what is wrong with it."""
    record, problems = check(StoryRecord, part, references)
    return record, (*problems, *check_contrast(part.at("theme")))


def tell(
    record: StoryRecord,
    places: tuple[Place, ...],
    routes: tuple[Route, ...],
    sources: tuple[Source, ...],
    events: tuple[Event, ...],
) -> Story:
    """Return the whole story, where nothing in it is wrong."""
    licence = record.licence
    return Story(
        title=record.title,
        language=record.language,
        cover=Cover(record.cover.promise, record.cover.route or ""),
        places=places,
        routes=routes,
        sources=sources,
        events=events,
        subtitle=record.subtitle,
        languages=in_order(record.language, record.languages),
        licence=Licence(licence.name, licence.url or "") if licence else None,
        base_url=record.base_url or "",
        authors=tuple(Person(p.name, p.role, p.url or "") for p in record.authors),
        tiles=_tiles(record.map.tiles) if record.map and record.map.tiles else None,
        theme=record.theme.model_dump(by_alias=True, exclude_unset=True),
        services=services_of(record),
    )


def languages_of(part: Part | None) -> tuple[str, ...]:
    """Return the languages that story.yaml lists, whatever else is wrong with it."""
    data = part.data if part and isinstance(part.data, dict) else {}
    language, listed = data.get("language"), data.get("languages")
    if not isinstance(language, str):
        return ()
    return in_order(language, listed if isinstance(listed, list) else ())


def frames_of(part: Part | None) -> tuple[str, ...]:
    """Return the sites that story.yaml lists in `frames`, whatever else is wrong with it."""
    listed = part.data.get("frames") if part and isinstance(part.data, dict) else None
    return (
        tuple(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else ()
    )


def in_order(language: str, languages: Iterable[object]) -> tuple[str, ...]:
    """Return all languages of a story, the default one first."""
    others = (tag for tag in languages if isinstance(tag, str) and tag != language)
    return (language, *dict.fromkeys(others))


def services_of(record: StoryRecord) -> tuple[Service, ...]:
    """Return whom the author wants asked where places lie."""
    listed = record.geocoding.services if record.geocoding else ()
    return tuple(Service(entry.service, entry.address or "") for entry in listed)


def contact_of(record: StoryRecord) -> str:
    """Return a page about an author of the story; empty where none has one."""
    return next((author.url for author in record.authors if author.url), "")


def _tiles(record: TilesRecord) -> Tiles:
    return Tiles(
        url=record.url,
        name=record.name,
        attribution=record.attribution,
        attribution_url=record.attribution_url or "",
        privacy_url=record.privacy_url or "",
        max_zoom=record.max_zoom,
        note=record.note,
    )
