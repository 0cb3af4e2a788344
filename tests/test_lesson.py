import re
from dataclasses import replace

import pytest

from storymap import bundle, lesson
from storymap.lesson import Frame
from storymap.translation import translated

BASE = "https://school.example/interhelpo/"


def attributes(snippet):
    """The attributes of the frame in a snippet."""
    (frame,) = re.findall(r"<iframe ([^>]*)></iframe>", snippet)
    return dict(re.findall(r'([a-z]+)(?:="([^"]*)")?', frame))


@pytest.mark.parametrize(
    ("base", "frame", "address"),
    [
        ("", Frame(), "index.html"),
        (BASE, Frame(), BASE),
        (BASE, Frame(step="founding"), f"{BASE}#founding"),
        (BASE, Frame(language="sk"), f"{BASE}?lang=sk"),
        (BASE, Frame(step="founding", language="sk"), f"{BASE}?lang=sk#founding"),
        ("https://a.example/s.html", Frame(step="x"), "https://a.example/s.html#x"),
    ],
)
def test_the_lines_lead_to_the_step_in_the_language(minimal, base, frame, address):
    """Frame and link alike; without an address, to the file beside them."""
    text = lesson.snippet(replace(minimal.model, base_url=base), frame)
    assert attributes(text)["src"] == address
    assert f'<a href="{address}"' in text


def test_the_frame_has_a_name_and_loads_when_it_is_seen(minimal):
    """It is as high as asked, and may fill the screen."""
    told = attributes(lesson.snippet(minimal.model, Frame(height_px=480)))
    assert told["title"] == "A short story"
    assert (told["height"], told["width"], told["loading"]) == ("480", "100%", "lazy")
    assert "allowfullscreen" in told
    assert told["allow"].startswith("fullscreen")


def test_a_title_breaks_no_lines(minimal):
    """Quotation marks and tags in it stay text."""
    text = lesson.snippet(replace(minimal.model, title='"><script>&'))
    assert "<script>" not in text
    assert 'title="&quot;&gt;&lt;script&gt;&amp;"' in text


def test_the_lesson_has_a_button_for_each_step(interhelpo):
    """In story order, after the cover, in the language of the story."""
    story = translated(interhelpo, "sk")
    page = lesson.files(story, bundle.load_embed())["lesson.html"].decode()
    steps = re.findall(r'data-step="([^"]*)"', page)
    assert steps == ["", *(event.id for event in story.events)]
    assert '<html lang="sk" dir="ltr">' in page
    assert "Prejsť na krok" in page
    assert story.events[3].title in page


def test_the_lesson_has_the_colours_of_the_story(minimal):
    """As its page has them."""
    story = replace(minimal.model, theme={"accent": "#123456"})
    assert "--accent:#123456" in lesson.files(story, bundle.load_embed())["lesson.html"].decode()


def test_the_same_story_gives_the_same_files(interhelpo):
    """Twice the same bytes, and no request to anyone."""
    files = lesson.files(interhelpo, bundle.load_embed())
    assert files == lesson.files(interhelpo, bundle.load_embed())
    assert sorted(files) == ["lesson.html", "story-map.js"]
    assert not re.findall(r'(?:src|href)="(?!index\.html|story-map\.js|data:,)', str(files))
