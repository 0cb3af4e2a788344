"""The story in several languages, a page for each."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from storymap import pipeline
from storymap.pipeline import LanguageError

ROOT = Path(__file__).parent.parent
STORY = ROOT / "places"
LANGUAGES = ("en", "sk", "cs", "ru", "ky", "eo")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of the Interhelpo story by their language."""
    output = tmp_path_factory.mktemp("output")
    built = pipeline.build(STORY, output, separate=True)
    return {
        language: page.path.read_text(encoding="utf-8")
        for language, page in zip(LANGUAGES, built.pages, strict=True)
    }


def text_of(page, pattern):
    """Return the first text between two tags."""
    return unescape(re.search(pattern, page)[1])


@pytest.mark.parametrize(
    ("language", "title", "date", "first"),
    [
        ("en", "Founded on the first of May", "1 May 1923", "Start"),
        ("sk", "Založené prvého mája", "1. mája 1923", "Začať"),
        ("cs", "Založeno prvního máje", "1. května 1923", "Začít"),
        ("ru", "Основан первого мая", "1 мая 1923", "Начать"),
        ("ky", "Биринчи майда негизделген", "1923-жылдын 1-майы", "Баштоо"),
        ("eo", "Fondita la unuan de majo", "1-a de majo 1923", "Komenci"),
    ],
)
def test_a_page_is_in_one_language(pages, language, title, date, first):
    """Text, dates, toponyms and interface are in it, and the page says so."""
    page = pages[language]
    assert f'<html lang="{language}" dir="ltr"' in page
    assert text_of(page, r'<h2 id="sm-h-founding"[^>]*>([^<]*)') == title
    assert text_of(page, r'id="founding".*\n<p class="sm-date">([^<]*) <') == date
    assert text_of(page, r'id="sm-start"><span>([^<]*)') == first


def test_places_have_the_names_of_the_language(pages):
    """Where a language has no name of its own for the time, the official one stands in."""
    names = {
        language: text_of(pages[language], r'id="film".*\n.*<span class="sm-date-place">([^<]*)')
        for language in LANGUAGES
    }
    assert names == {
        "en": "Bishkek",
        "sk": "Biškek",
        "cs": "Biškek",
        "ru": "Бишкек",
        "ky": "Бишкек",
        "eo": "Biŝkeko",
    }


def test_each_page_leads_to_the_others(pages):
    """Every edition is named in its own language; the one that is read is marked."""
    editions = re.findall(
        r'<li><a href="(index[^"]*)" hreflang="(\w+)" lang="\2"([^>]*)>([^<]*)', pages["ru"]
    )
    assert editions == [
        ("index.html", "en", "", "English"),
        ("index.sk.html", "sk", "", "slovenčina"),
        ("index.cs.html", "cs", "", "čeština"),
        ("index.ru.html", "ru", ' aria-current="page"', "русский"),
        ("index.ky.html", "ky", "", "кыргызча"),
        ("index.eo.html", "eo", "", "Esperanto"),
    ]


def test_a_translation_says_that_it_awaits_its_review(pages):
    """The author's own language needs none."""
    note = "Tento preklad čaká na kontrolu rodeným hovoriacim."
    assert note in pages["sk"]
    assert "awaits a review" not in pages["en"]


def test_what_is_not_translated_is_marked(tmp_path):
    """A step without a translation stands in the default language, and says which that is."""
    story = shutil.copytree(STORY, tmp_path / "story")
    (story / "events" / "040-founding.sk.md").unlink()
    built = pipeline.build(story, tmp_path / "output", languages=("sk",))
    page = built.page.path.read_text(encoding="utf-8")
    assert '<h2 id="sm-h-founding" tabindex="-1" lang="en">Founded on the first of May</h2>' in page
    assert '<h2 id="sm-h-trains" tabindex="-1">1' in page


def test_a_story_in_one_language_says_nothing_of_others(tmp_path):
    """There is no list of one."""
    minimal = ROOT / "tests" / "stories" / "good" / "minimal"
    built = pipeline.build(minimal, tmp_path, separate=True)
    assert [page.path.name for page in built.pages] == ["index.html"]
    page = built.page.path.read_text(encoding="utf-8")
    assert "hreflang" not in page
    assert "awaits" not in page


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        (("de",), "the story is not in 'de'; it is in en, sk, cs, ru, ky, eo"),
        (("en", "sk-SK"), "the story is not in 'sk-SK'; it is in en, sk, cs, ru, ky, eo"),
    ],
)
def test_a_wrong_choice_of_languages_is_refused(tmp_path, languages, message):
    """Nothing is written."""
    with pytest.raises(LanguageError) as refused:
        pipeline.build(STORY, tmp_path / "output", languages=languages)
    assert str(refused.value) == message
    assert not (tmp_path / "output").exists()


def test_a_title_with_a_long_word_is_set_smaller(pages):
    """Eleven letters in Russian, ten in English."""
    assert '<h1 class="sm-long">Интергельпо</h1>' in pages["ru"]
    assert "<h1>Interhelpo</h1>" in pages["en"]
