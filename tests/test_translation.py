"""A story in one of its languages."""

from dataclasses import replace
from pathlib import Path

import pytest

from storymap.reading import read_story
from storymap.translation import language_of, translated, untranslated, untranslated_head

LANGUAGES = Path(__file__).parent / "stories" / "good" / "languages"


@pytest.fixture(scope="module")
def story():
    story, _ = read_story(LANGUAGES)
    return story


@pytest.fixture(scope="module")
def partly(story):
    """The story without its Arabic title, and without the words of its first step's table."""
    (head,), (well, wall) = story.translations, story.events
    (words,) = well.translations
    less = replace(well, translations=(replace(words, table=None),))
    return replace(
        story,
        translations=(replace(head, title=""),),
        events=(less, replace(wall, translations=())),
    )


def test_a_story_is_read_in_its_default_language(story):
    """As it stands, though story.yaml names another first."""
    assert story.languages == ("en", "ar")
    assert translated(story, "en") is story
    assert story.reviewed


def test_what_stands_over_the_story_is_translated(story):
    """With what its author says of the review."""
    arabic = translated(story, "ar")
    assert (arabic.language, arabic.title, arabic.subtitle) == (
        *("ar", "البئر والسور", "قصة في اتجاهين"),
    )
    assert arabic.cover.promise == "بئر واحدة وسور واحد، وطريقتان لقراءة خبرهما."
    assert arabic.reviewed
    assert not replace(story.translations[0], reviewed=False).reviewed
    assert arabic.untranslated == frozenset()


def test_all_texts_of_a_step_are_translated(story):
    """Numbers, sources and pictures stay what they are."""
    well, translation = story.events[0], translated(story, "ar").events[0]
    assert (translation.title, translation.when) == ("البئر", well.when)
    assert translation.text == "تُحفر بئر في [صور](place:tyre) قبل [السور](#wall) بسنوات."
    assert translation.background == "آبار الساحل **مالحة** قليلاً في الصيف."
    assert translation.table.rows == (("الشتاء", 12.0), ("الصيف", 30.5))
    assert translation.table.note == "انسكب نصف دلو"
    (dispute,) = translation.disputes
    assert dispute.about == "من حفرها؟"
    assert [said.citation.source for said in dispute.statements] == ["diary", "letter"]
    assert dispute.statements[1].says == "لا أحد: كانت هناك *قبل* المدينة."
    (picture,) = translation.media
    assert (picture.asset, picture.credit) == (well.media[0].asset, "Storymap's tests")
    assert (picture.alt, picture.caption) == ("مربع بني يمثل بئراً.", "البئر")
    (plan,) = translation.overlays
    assert (plan.label, plan.alt) == ("مخطط البئر", "مربع فاتح يمثل مخططاً.")
    assert plan.corners == well.overlays[0].corners
    assert translation.untranslated == frozenset()


def test_what_is_not_translated_stays_and_says_so(partly):
    """Field by field; what the original does not have is not missed."""
    arabic = translated(partly, "ar")
    well, wall = arabic.events
    assert (arabic.title, arabic.untranslated) == ("The well and the wall", {"title"})
    assert (well.title, well.table.caption) == ("البئر", "Buckets a day")
    assert well.untranslated == {"table"}
    assert (wall.title, wall.untranslated) == ("The wall", {"title", "text"})


def test_each_field_is_in_a_language(partly):
    """So that a page can mark what is not in its own."""
    arabic = translated(partly, "ar")
    well, wall = arabic.events
    assert [language_of(arabic, well, field) for field in ("title", "table")] == ["ar", "en"]
    assert language_of(arabic, wall, "text") == "en"
    assert [language_of(arabic, arabic, field) for field in ("title", "subtitle")] == ["en", "ar"]
    assert language_of(partly, partly.events[0], "title") == "en"


def test_what_is_missing_has_an_order(partly):
    """That of the page."""
    assert untranslated_head(partly, "ar") == ("title",)
    assert untranslated(partly.events[0], "ar") == ("table",)
    assert untranslated(partly.events[0], "sk") == (
        *("title", "text", "background", "disputes", "table", "media", "overlays"),
    )


def test_a_story_is_in_no_other_language(story):
    """Whoever asks for one has made a mistake."""
    with pytest.raises(ValueError, match=r"^the story is not in 'sk'$"):
        translated(story, "sk")
