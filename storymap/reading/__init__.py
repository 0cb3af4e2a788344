"""From a story folder to the model: every problem in all files at once.

No fault of an author's raises; a story comes back only where nothing is in error. What reads it is
imported when it is first asked for: a process whose story another one reads does without.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storymap.reading.story import list_shared, read_both, read_story, read_survey
    from storymap.reading.survey import Survey

__all__ = ["Survey", "list_shared", "read_both", "read_story", "read_survey"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - of any type
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from storymap.reading import story  # noqa: PLC0415 - see above

    return getattr(story, name)
