"""The shapes of translated files: only what is text, in the order of the original.

A translated part says whatever its original says, for a table half in another language helps
nobody; what is left out altogether is shown in the default language.
"""

from pydantic import Field

from storymap.reading.fields import CaptionsFile, Given, Markdown, Said, Text, Transcript
from storymap.reading.records import Record


class CoverTranslationRecord(Record):
    """What invites the reader in."""

    promise: Text = Field(
        description="the story in one sentence", examples=["Zo Žiliny na zelenú lúku."]
    )


class StoryTranslationRecord(Record):
    """The file story.sk.yaml: what stands over the story, in Slovak."""

    title: Given[Text] = Field(None, description="title of the story", examples=["Interhelpo"])
    subtitle: Given[Text] = Field(
        None, description="a second title", examples=["Družstvo na konci koľají"]
    )
    cover: Given[CoverTranslationRecord] = Field(
        None,
        description="what invites the reader in",
        examples=[{"promise": "Zo Žiliny na zelenú lúku."}],
    )
    reviewed: bool = Field(
        default=False,
        description="whether a native speaker has read the story in this language",
        examples=[True],
    )


class DisputeTranslationRecord(Record):
    """A point on which sources disagree."""

    about: Text = Field(description="what is in doubt", examples=["Rok založenia"])
    says: tuple[Said, ...] = Field(
        description="what each source says (Markdown), in the order of the original",
        examples=[["Bolo to v roku 1924."]],
    )


class TableTranslationRecord(Record):
    """The words of a table; its numbers are those of the original."""

    caption: Text = Field(description="what is counted", examples=["Členovia v roku 1932"])
    label: Text = Field(description="heading of the labels", examples=["Národnosť"])
    unit: Text = Field(description="heading of the numbers", examples=["Členovia"])
    rows: tuple[Text, ...] = Field(
        description="the labels, in the order of the original", examples=[["Rusi", "Česi"]]
    )
    note: Given[Text] = Field(None, description="a remark", examples=["spolu: 521"])


class MediaTranslationRecord(Record):
    """The words that go with a picture, a sound, a film or a frame."""

    alt: Text = Field(
        description="what is to be seen or heard, in words, for those who cannot",
        examples=["Rodiny s debnami na nástupišti."],
    )
    caption: Given[Text] = Field(
        None, description="what stands below it", examples=["Žilina, 1925"]
    )
    transcript: Given[Transcript] = Field(
        None,
        description="what is said (Markdown), or the path of a file with it",
        examples=["media/memories.sk.txt"],
    )
    captions: Given[CaptionsFile] = Field(
        None, description="path of a film's captions (WebVTT)", examples=["media/film.sk.vtt"]
    )


class OverlayTranslationRecord(Record):
    """The words that go with what lies on the map."""

    label: Text = Field(description="what readers call it", examples=["Štvrť v roku 1930"])
    alt: Given[Text] = Field(
        None,
        description="what is to be seen on the image, in words, for those who cannot",
        examples=["Šesť radov domov medzi železnicou a potokom."],
    )


class EventTranslationRecord(Record):
    """The front matter of a file such as events/010-founding.sk.md: the event in Slovak."""

    title: Given[Text] = Field(None, description="title of the step", examples=["Založenie"])
    background: Markdown = Field(
        "", description="general knowledge that no source carries (Markdown)", examples=["…"]
    )
    disputed: tuple[DisputeTranslationRecord, ...] = Field(
        (),
        description="points on which sources disagree, in the order of the original",
        examples=[[{"about": "Rok založenia", "says": ["Bolo to v roku 1924."]}]],
    )
    table: Given[TableTranslationRecord] = Field(
        None,
        description="the words of the table",
        examples=[{"caption": "Členovia", "label": "Rok", "unit": "Členovia", "rows": ["1925"]}],
    )
    media: tuple[MediaTranslationRecord, ...] = Field(
        (),
        description="the words of the media, in the order of the original",
        examples=[[{"alt": "Rodiny na nástupišti."}]],
    )
    overlays: tuple[OverlayTranslationRecord, ...] = Field(
        (),
        description="the words of the overlays, in the order of the original",
        examples=[[{"label": "Štvrť v roku 1930"}]],
    )
