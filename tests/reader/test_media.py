"""Pictures, sounds, films and frames as readers meet them."""

from pathlib import Path

import pytest
from axe import violations

from storymap import pipeline

GOOD = Path(__file__).parents[1] / "stories" / "good" / "media"
FOCUS = "document.activeElement.closest('[id]').id + ' ' + document.activeElement.className"
SHOWN = "document.querySelector('#sm-lightbox-picture').alt"
SIZES = """() => [...document.querySelectorAll('#seen .sm-media img')].map((image) =>
    [image.naturalWidth > 0, Math.round(image.width / image.height * 10) / 10])"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The path of the page of a story with media of every kind."""
    return build(tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    """The path of the same page with its media beside it."""
    return build(tmp_path_factory.mktemp("beside"), beside=True)


def build(output, **options):
    built = pipeline.build(GOOD, output, **options)
    assert built.page, "\n".join(map(str, built.problems))
    return Path(built.page.path)


def framed(open_page, page, folder):
    """Open a lesson that has the page in a closed frame; return the reader and the frame."""
    host = folder / "host.html"
    host.write_text(
        '<!doctype html><meta charset="utf-8"><title>Lesson</title>'
        f'<iframe sandbox="allow-scripts" src="{page.as_uri()}#seen" width="900" height="600">'
        "</iframe>",
        "utf-8",
    )
    reader = open_page(host, outcome=None)
    return reader, reader.page.frame_locator("iframe")


def large(reader):
    return reader.page.locator("#seen .sm-enlarge")


def test_pictures_are_there_in_their_right_shape(open_page, page):
    """The photograph upright, the drawing too; with scripts off there is nothing to press."""
    assert open_page(page, "#seen").evaluate(SIZES) == [[True, 1.5], [True, 3], [True, 2]]
    without = open_page(page, "#seen", java_script_enabled=False)
    assert without.page.locator("#seen img").count() == 3
    assert without.page.locator("button.sm-enlarge:visible, .sm-frame-load:visible").count() == 0


def test_a_picture_is_enlarged_by_keyboard(open_page, page):
    """Enter opens it, arrows turn to the step's others and step no step, Esc gives focus back."""
    reader = open_page(page, "#seen")
    reader.wait("!document.querySelector('#seen .sm-enlarge').hidden")
    large(reader).first.focus()
    reader.page.keyboard.press("Enter")
    assert reader.evaluate("document.querySelector('#sm-lightbox').matches(':modal')")
    assert reader.evaluate("document.activeElement.id") == "sm-lightbox-close"
    assert reader.evaluate(SHOWN).startswith("A brown hill")
    caption = "The hill Storymap's tests, CC0 1.0"
    said = reader.page.locator("#sm-lightbox-caption").inner_text()
    assert " ".join(said.replace("·", "").split()) == caption
    reader.page.keyboard.press("ArrowRight")
    assert reader.evaluate(SHOWN).startswith("A sky")
    assert reader.page.locator("#sm-lightbox-said").inner_text().startswith("A sky")
    reader.page.keyboard.press("ArrowRight")
    assert reader.evaluate(SHOWN).startswith("A brown hill")
    reader.page.keyboard.press("Escape")
    assert not reader.evaluate("document.querySelector('#sm-lightbox').open")
    assert reader.evaluate("document.activeElement === document.querySelector('.sm-enlarge')")
    assert reader.step() == "seen"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (320, 480)], ids=str)
def test_an_enlarged_picture_fits_the_screen(open_page, page, size):
    """All of it, with its caption and buttons, and nothing that axe finds."""
    reader = open_page(page, "#seen", size=size)
    reader.wait("!document.querySelector('#seen .sm-enlarge').hidden")
    large(reader).first.click()
    boxes = reader.evaluate(
        """() => [...document.querySelectorAll('#sm-lightbox img, #sm-lightbox button')]
            .map((each) => each.getBoundingClientRect())
            .map(({left, top, right, bottom}) => [left, top, right, bottom].map(Math.round))"""
    )
    width, height = size
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
    assert violations(reader, "#sm-lightbox") == []


def test_a_sandboxed_page_shows_and_enlarges(open_page, page, tmp_path):
    """As a lesson platform frames it."""
    _, frame = framed(open_page, page, tmp_path)
    frame.locator("#seen .sm-enlarge").first.click(timeout=10_000)
    frame.locator("#sm-lightbox-close").wait_for(timeout=5_000)


def test_sounds_and_films_play_with_their_captions(open_page, page):
    """From within the page, under its policy; nothing plays by itself."""
    reader = open_page(page, "#heard")
    still = "[...document.querySelectorAll('audio, video')].every((each) => each.paused)"
    assert reader.evaluate(still)
    reader.evaluate(
        """() => { for (const each of document.querySelectorAll('audio, video')) {
            each.muted = true; each.play() } }"""
    )
    reader.wait(
        "[...document.querySelectorAll('audio, video')].every((each) => each.readyState > 1)"
    )
    reader.wait("document.querySelector('track').track.cues?.length === 1")
    text = reader.evaluate("document.querySelector('track').track.cues[0].text")
    assert text == "A square moves."


def test_a_frame_asks_its_site_only_when_told_to(open_page, page):
    """Until then nothing is requested; then the frame alone, shut off from the page."""
    reader = open_page(page, "#heard")
    reader.wait("!document.querySelector('.sm-frame-load').hidden")
    assert reader.requests == []
    reader.page.locator(".sm-frame-load").click()
    reader.wait("document.querySelector('iframe') !== null")
    reader.page.wait_for_timeout(200)
    assert reader.requests == ["https://films.example/embed/1"]
    assert reader.evaluate(
        "(({title, sandbox}) => [title, sandbox.contains('allow-top-navigation')])"
        "(document.querySelector('iframe'))"
    ) == ["A film of 1932, twelve minutes.", False]
    reader.requests.clear()
    reader.complaints.clear()  # the browser's own, for there is no network


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (320, 640)], ids=str)
def test_axe_finds_nothing(open_page, page, size, scheme):
    """With pictures, players, a card and a chart in view."""
    reader = open_page(page, "#heard", size=size, color_scheme=scheme)
    reader.wait("!document.querySelector('.sm-frame-load').hidden")
    assert violations(reader, "#heard") == []
    assert violations(reader, "#seen") == []


def test_media_beside_the_page_are_shown_from_disk(open_page, beside):
    """Their policy lets them in, where the page is a file."""
    reader = open_page(beside, "#seen")
    reader.wait("document.querySelector('#seen img').complete")
    assert reader.evaluate(SIZES)[0] == [True, 1.5]
    assert reader.page.locator(".sm-lost:visible").count() == 0


def test_what_cannot_be_loaded_is_told(open_page, beside, tmp_path):
    """A closed frame on disk may load no file: the words stand there instead."""
    reader, frame = framed(open_page, beside, tmp_path)
    lost = frame.locator("#seen .sm-lost").first
    lost.wait_for(timeout=10_000)
    assert lost.inner_text() == (
        "A brown hill with a red square on it, taken upright. "
        "Its file, which lies beside this page, cannot be loaded here."
    )
    reader.complaints.clear()  # the browser's, of each file


def test_words_change_with_the_language(open_page, page):
    """Alternative text, captions of films and the words on buttons; files stay."""
    reader = open_page(page, "?lang=sk#seen")
    reader.wait("document.documentElement.lang === 'sk'")
    reader.wait("!document.querySelector('#seen .sm-enlarge').hidden")
    assert reader.evaluate("document.querySelector('#seen img').alt").startswith("Hnedý kopec")
    button = large(reader).first.get_attribute("aria-label")
    assert button == "Zväčšiť: Kopec"
    assert reader.evaluate("document.querySelector('track').srclang") == "sk"
