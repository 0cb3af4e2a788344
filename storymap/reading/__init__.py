"""From a story folder to the model: every problem in all files at once.

No fault of an author's raises; a story comes back only where nothing is in error.
"""

from pathlib import Path

from storymap.model import Story
from storymap.problems import Problem, Severity, StoryError
from storymap.reading import events, gazetteer, records, routes, sources, story_file
from storymap.reading.checking import check, check_each, entries
from storymap.reading.references import Kind, References
from storymap.reading.yaml_nodes import Document, compose
from storymap.text import read_text

__all__ = ["read_story"]


def read_story(folder: Path) -> tuple[Story | None, tuple[Problem, ...]]:
    """Read the story in *folder*; its problems are sorted by where they stand."""
    reading = _Reading(folder)
    story = reading.story()
    problems = tuple(sorted(reading.problems))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    return story, problems


class _Reading:
    """One reading of a folder: gathers problems on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.references = References()

    def story(self) -> Story | None:
        head = self._document("story.yaml")
        gaz = self._document("gazetteer.yaml")
        rou = self._optional("routes.yaml")
        sou = self._optional("sources.yaml")
        media = self.folder / "media"
        self.references.media = {
            path.relative_to(self.folder).as_posix(): True
            for path in media.rglob("*")
            if path.is_file()
        }
        lists = {}
        for kind, document in ((Kind.PLACE, gaz), (Kind.ROUTE, rou), (Kind.SOURCE, sou)):
            if document:
                path = ("references",) if isinstance(document.data, dict) else ()
                lists[kind], found = entries(document, path)
                self.problems += found
                self.problems += self.references.define(kind, document, lists[kind])
        self.references.stops = routes.stops_by_route(lists.get(Kind.ROUTE, []))
        places, self_routes, works = [], [], []
        if gaz:
            places, found = check_each(
                records.PlaceRecord, gaz, lists[Kind.PLACE], self.references
            )
            self.problems += found
        if rou:
            self_routes, found = check_each(
                records.RouteRecord, rou, lists[Kind.ROUTE], self.references
            )
            self.problems += found
        if sou:
            works, found = check_each(
                records.SourceRecord, sou, lists[Kind.SOURCE], self.references
            )
            self.problems += found
        steps = self._events()
        if not head:
            return None
        record, found = check(records.StoryRecord, head, self.references)
        self.problems += found
        if not record or self.problems:
            return None
        return story_file.story(
            record,
            tuple(gazetteer.place(p) for _, p in places),
            tuple(routes.route(r) for _, r in self_routes),
            tuple(sources.source(s) for _, s in works),
            tuple(steps),
        )

    def _events(self):
        for path in sorted((self.folder / "events").glob("*.md")):
            id = path.stem.split("-", 1)[1]
            file = f"{self.folder.resolve().name}/events/{path.name}"
            try:
                text = read_text(path, file)
            except StoryError as error:
                self.problems += error.problems
                continue
            parts, found = events.split(text, file)
            self.problems += found
            if not parts:
                continue
            document, found = compose(parts[0], file)
            self.problems += found
            if document:
                record, found = check(records.EventRecord, document, self.references)
                self.problems += found
                if record:
                    yield events.event(id, record, parts[1], self.references, self.folder)

    def _document(self, name: str) -> Document | None:
        file = f"{self.folder.resolve().name}/{name}"
        try:
            text = read_text(self.folder / name, file)
        except StoryError as error:
            self.problems += error.problems
            return None
        document, found = compose(text, file)
        self.problems += found
        return document

    def _optional(self, name: str) -> Document | None:
        return self._document(name) if (self.folder / name).exists() else None
