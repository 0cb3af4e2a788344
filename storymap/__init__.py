"""Story maps: a folder of plain text becomes one HTML page that opens anywhere.

Example:
    >>> story = storymap.load("places")
    >>> story.to_folium()  # a folium.Map; a notebook shows it
    >>> story.save("story.html")  # the same page that `storymap build` writes
"""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storymap.problems import Problem, Severity, StoryError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from storymap import model
    from storymap.folium_map import StoryMap
    from storymap.many import Library

__all__ = ["Problem", "Severity", "Story", "StoryError", "build_many", "load"]
__version__ = "0.1.0"


class Story:
    """A checked story."""

    def __init__(self, story: "model.Story", warnings: tuple[Problem, ...] = ()) -> None:
        self.model = story
        """the story as frozen data"""
        self.warnings = warnings
        """problems that do not stop a build"""

    def to_folium(self) -> "StoryMap":
        """Return the story as a `folium.Map`, to show in a notebook or to add layers to."""
        from storymap.pipeline import story_map  # noqa: PLC0415 - folium takes half a second

        return story_map(self.model)

    def to_html(self) -> str:
        """Return the whole page."""
        return self.to_folium().page()

    def save(self, path: str | PathLike[str]) -> None:
        """Write the page to *path*, whole or not at all.

        Raises:
            OSError: the file can't be written.
        """
        from storymap.writing import write_file  # noqa: PLC0415 - as above

        write_file(Path(path), self.to_html().encode())

    def __repr__(self) -> str:
        """Return title and size."""
        return f"<Story {self.model.title!r}, {len(self.model.events)} steps>"

    def _repr_html_(self) -> str:
        return self.to_folium()._repr_html_()


def load(folder: str | PathLike[str], *, root: str | PathLike[str] | None = None) -> Story:
    """Read and check the story in *folder*.

    Gazetteers that it shares lie in *root*, by default the folder that *folder* lies in.

    Raises:
        StoryError: the story has errors; its text lists them all.
    """
    from storymap.reading import read_story  # noqa: PLC0415 - as above

    story, problems = read_story(Path(folder), root=None if root is None else Path(root))
    if story is None:
        raise StoryError(problems)
    return Story(story, problems)


def build_many(
    folders: Iterable[str | PathLike[str]],
    output: str | PathLike[str],
    *,
    executor: "Executor | None" = None,
    **options: Any,  # noqa: ANN401 - of `storymap.many.build_many`
) -> "Library":
    """Build each story into a folder of its name in *output*, and there a page that lists them.

    They are built by *executor*, such as Dask's `Client.get_executor()`, or by as many processes as
    there are processors. A script that leaves it to processes guards what it does by
    `if __name__ == "__main__":`. A story that fails stops no other: `Library.outcomes` tell what
    became of each, in the order of the folders.

    Raises:
        ValueError: two stories would be written to one folder.
        OSError: the list can't be written.
    """
    from storymap.many import build_many as build  # noqa: PLC0415 - as above

    return build(folders, output, executor=executor, **options)
