"""The story in one of its languages.

What is not translated stays in the default language, and is named as such, so that a page can
mark it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from storymap.model import Event, EventTranslation, Story, StoryTranslation

T = TypeVar("T", EventTranslation, StoryTranslation)

EVENT_TEXTS = ("title", "text", "background", "disputes", "table", "media", "overlays")
"""fields of an event that are translated, each as a whole"""


def translated(story: Story, language: str) -> Story:
    """Return *story*, as it was read, in one of its `languages`.

    Raises:
        ValueError: it is not one of them.
    """
    if language == story.language:
        return story
    if language not in story.languages:
        message = f"the story is not in {language!r}"
        raise ValueError(message)
    head = _in_language(story.translations, language) or StoryTranslation(language)
    return replace(
        story,
        language=language,
        title=head.title or story.title,
        subtitle=head.subtitle or story.subtitle,
        cover=replace(story.cover, promise=head.promise or story.cover.promise),
        events=tuple(_event(event, language) for event in story.events),
        reviewed=head.reviewed,
        untranslated=frozenset(untranslated_head(story, language)),
    )


def language_of(story: Story, part: Story | Event, field: str) -> str:
    """Return the language that a field is really in, of the *story* itself or an event of it."""
    return story.languages[0] if field in part.untranslated else story.language


def unreviewed(story: Story) -> frozenset[str]:
    """Return the languages in which no native speaker has read the story."""
    return frozenset(head.language for head in story.translations if not head.reviewed)


def untranslated(event: Event, language: str) -> tuple[str, ...]:
    """Return the fields of *event* that have something to say, but not in *language*."""
    found = _in_language(event.translations, language)
    return _lacking({field: getattr(event, field) for field in EVENT_TEXTS}, found)


def untranslated_head(story: Story, language: str) -> tuple[str, ...]:
    """Return what stands over *story*, but not in *language*: title, subtitle, promise."""
    texts = {"title": story.title, "subtitle": story.subtitle, "promise": story.cover.promise}
    return _lacking(texts, _in_language(story.translations, language))


def _event(event: Event, language: str) -> Event:
    found = _in_language(event.translations, language)
    texts: dict[str, Any] = {
        field: text for field in EVENT_TEXTS if (text := getattr(found, field, None))
    }
    return replace(event, **texts, untranslated=frozenset(untranslated(event, language)))


def _lacking(texts: Mapping[str, object], translation: object) -> tuple[str, ...]:
    return tuple(
        field for field, text in texts.items() if text and not getattr(translation, field, None)
    )


def _in_language(translations: Iterable[T], language: str) -> T | None:
    return next((found for found in translations if found.language == language), None)
