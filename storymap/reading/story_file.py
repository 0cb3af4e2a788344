"""The story as a whole, from story.yaml."""

from storymap.model import Cover, Event, Licence, Person, Place, Route, Source, Story
from storymap.reading.records import StoryRecord


def story(
    record: StoryRecord,
    places: tuple[Place, ...],
    routes: tuple[Route, ...],
    sources: tuple[Source, ...],
    events: tuple[Event, ...],
) -> Story:
    """Return the whole story."""
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
        languages=(record.language,),
        licence=Licence(licence.name, licence.url or "") if licence else None,
        authors=tuple(Person(p.name, p.role, p.url or "") for p in record.authors),
        theme=record.theme.model_dump(by_alias=True, exclude_unset=True),
        base_url=record.base_url or "",
    )
