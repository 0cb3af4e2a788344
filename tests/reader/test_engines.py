"""What holds in each of the three engines: Chromium, Firefox, and WebKit, which every iPad has."""

import base64
import time
from contextlib import ExitStack

import pytest
from conftest import Reader, lacking
from engines import WALKED, Firefox, MissingError, WebKit
from looking import MAP

from storymap import bundle, lesson

ELSEWHERE = "storymap.invalid"
STATE = "window.storymap.state()"
CARD_HIDDEN = "document.getElementById('sm-card').hidden"
SURVEY = """async (png) => {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const { x, y, width, height } = document.getElementById('sm-map').getBoundingClientRect()
    const brush = new OffscreenCanvas(image.width, image.height).getContext('2d')
    brush.drawImage(image, 0, 0)
    const { data } = brush.getImageData(x, y, width, height)
    const tokens = getComputedStyle(document.documentElement)
    const share = (token) => {
        const rgb = parseInt(tokens.getPropertyValue(token).trim().slice(1), 16)
        const wanted = [rgb >> 16, (rgb >> 8) & 255, rgb & 255]
        let count = 0
        for (let at = 0; at < data.length; at += 4)
            if (wanted.every((level, i) => Math.abs(level - data[at + i]) < 12)) count += 1
        return count / (data.length / 4)
    }
    return { land: share('--land'), sea: share('--sea'), route: share('--accent') }
}"""
PRINT = """() => {
    const turn = (rules) => {
        for (const rule of rules) {
            const media = rule.media?.mediaText ?? ''
            if (media.includes('print')) rule.media.mediaText = 'all'
            else if (media.includes('screen')) rule.media.mediaText = 'not all'
            turn(rule.cssRules ?? [])
        }
    }
    dispatchEvent(new Event('beforeprint'))
    for (const sheet of document.styleSheets) turn(sheet.cssRules)
}"""
PAPER = """() => {
    const boxes = (selector) =>
        [...document.querySelectorAll(selector)].map((part) => part.getBoundingClientRect())
    return {
        application: boxes('.sm-bar, #sm-stage, #sm-stepper').some(({ width }) => width > 0),
        steps: boxes('main .step').filter(({ height }) => height > 100).length,
        emptyMaps: boxes('.sm-plate').length - boxes('.sm-plate > svg').length,
        pages: document.scrollingElement.scrollHeight / innerHeight > 5,
    }
}"""
WALK = """<!doctype html>
<title>A lesson</title>
<iframe title="Story" sandbox="allow-scripts" width="800" height="600" src="%s"></iframe>
<script>
const [frame] = document.querySelectorAll('iframe')
addEventListener('message', ({ source, data }) => {
    if (source !== frame.contentWindow || !data.event) return
    const { index, count } = data.state
    if (index === count - 1) {
        document.title = 'walked'
        console.log('walked')
    } else {
        const args = [Math.min(index + 4, count - 1)]
        source.postMessage({ storymap: 1, id: index, command: 'goTo', args }, '*')
    }
})
</script>
"""


def started(engine, *, dark_and_still):
    """Give a running engine; without one the tests fail, or are skipped if nobody requires it."""
    try:
        running = engine(dark_and_still=dark_and_still)
    except MissingError as missing:
        lacking(str(missing))
    yield running
    running.close()


@pytest.fixture(scope="session")
def firefox():
    """A Firefox whose reader asks for nothing in particular."""
    yield from started(Firefox, dark_and_still=False)


@pytest.fixture(scope="session")
def webkit():
    """A WebKit whose reader asks for nothing in particular."""
    yield from started(WebKit, dark_and_still=False)


@pytest.fixture(scope="module")
def dark_and_still_firefox():
    """A Firefox whose reader prefers darkness and no motion."""
    yield from started(Firefox, dark_and_still=True)


@pytest.fixture(scope="module")
def dark_and_still_webkit():
    """A WebKit whose reader prefers darkness and no motion."""
    yield from started(WebKit, dark_and_still=True)


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def name(request):
    """The engine's name."""
    return request.param


@pytest.fixture
def open_story(name, request):
    """A function that opens a page from disk in an engine; see `open_page`, which is Chromium's.

    It goes by the preferences of a reader who has none, or who prefers darkness and no motion.
    """
    with ExitStack() as tabs:

        def open_in_chromium(path=None, after="", *, dark_and_still=False, **options):
            return request.getfixturevalue("open_page")(
                path,
                after,
                color_scheme="dark" if dark_and_still else "light",
                reduced_motion="reduce" if dark_and_still else "no-preference",
                **options,
            )

        def open_story(
            path=None, after="", *, dark_and_still=False, size=(1280, 800), outcome="ready"
        ):
            engine = request.getfixturevalue(f"dark_and_still_{name}" if dark_and_still else name)
            path = path or request.getfixturevalue("built_page")
            reader = Reader(
                tabs.enter_context(engine.page(size)), engine.requests, engine.complaints
            )
            readers.append(reader)
            reader.page.goto(path.as_uri() + after)
            if outcome:
                reader.settled(outcome)
            return reader

        readers = []
        yield open_in_chromium if name == "chromium" else open_story
    for reader in readers:
        found = reader.requests[:], reader.complaints[:]
        reader.requests.clear()
        reader.complaints.clear()
        assert found == ([], [])


@pytest.fixture
def walk(name, request):
    """A function that returns what a page that drives itself complains of until it has walked."""
    if name != "chromium":
        return request.getfixturevalue(name).walk
    open_page = request.getfixturevalue("open_page")

    def walk(page):
        reader = open_page(page, outcome=None)
        reader.wait(WALKED, seconds=30)
        return reader.complaints

    return walk


def test_the_page_opens_with_no_network(open_story):
    """From disk, map and cover are complete; nothing outside the page is asked for."""
    reader = open_story()
    assert reader.evaluate(STATE)["index"] == -1


def test_a_request_would_be_heard(open_story, tmp_path):
    """Each engine tells of what a page asks the network for: the test above can fail."""
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><img src=http://{ELSEWHERE}/picture.png>")
    reader = open_story(page, outcome=None)
    reader.wait("document.images[0].complete")
    reader.complaints.clear()
    assert ELSEWHERE in " ".join(reader.requests)
    reader.requests.clear()


def test_steps_go_by_key_and_by_button(open_story):
    """Right and Left, Next and Previous; the address follows."""
    reader = open_story()
    for act, index in [
        (lambda: reader.page.keyboard.press("ArrowRight"), 0),
        (lambda: reader.page.click("#sm-next"), 1),
        (lambda: reader.page.keyboard.press("ArrowLeft"), 0),
        (lambda: reader.page.click("#sm-previous"), -1),
    ]:
        act()
        reader.wait(f"{STATE}.index === {index}")
        reader.wait(f"decodeURI(location.hash.slice(1)) === ({STATE}.step ?? '')")


def test_a_link_opens_its_step(open_story):
    """The hash names the step."""
    assert open_story(after="#founding").step() == "founding"


def test_the_switch_changes_the_language(open_story):
    """Text, title and state are in the language that is chosen, and the step stays."""
    reader = open_story(after="#founding")
    reader.page.click("#sm-language-button")
    reader.page.click("#sm-languages [data-language=ru]")
    reader.wait(f"{STATE}.language === 'ru'")
    assert reader.evaluate("document.documentElement.lang") == "ru"
    assert "Интергельпо" in reader.evaluate("document.title")
    assert reader.evaluate("document.querySelector('#sm-cover h1').textContent") == "Интергельпо"
    assert reader.step() == "founding"


def test_a_card_opens_and_closes(open_story):
    """A place's name opens its card; Esc closes it and gives the focus back."""
    reader = open_story(after="#founding")
    link = "#founding a.sm-place"
    reader.page.click(link)
    reader.wait(f"!{CARD_HIDDEN}")
    reader.page.keyboard.press("Escape")
    reader.wait(CARD_HIDDEN)
    assert reader.evaluate(f"document.activeElement === document.querySelector('{link}')")


def test_a_place_is_found(open_story):
    """A name that nobody uses today leads to the place's card."""
    reader = open_story()
    reader.page.click("#sm-search-button")
    for letter in "Frunze":
        reader.page.keyboard.press(letter)
    reader.wait("document.querySelector('#sm-results button') !== null")
    reader.page.click("#sm-results button")
    reader.wait(f"!{CARD_HIDDEN}")
    assert "Pishpek" in reader.evaluate("document.getElementById('sm-card').textContent")


def test_the_map_is_painted(open_story):
    """It shows land, sea and the way that the first train took."""
    reader = open_story(after="#journey")
    limit = time.monotonic() + 10
    shares = {"nothing": 0}
    while min(shares.values()) < 0.001 and time.monotonic() < limit:
        png = base64.b64encode(reader.page.screenshot()).decode()
        shares = reader.evaluate(SURVEY, png)
    assert min(shares.values()) >= 0.001, shares


def test_paper_has_all_of_the_story(open_story, interhelpo):
    """Printed, the page is no application: every step stands there, and every map is drawn."""
    reader = open_story()
    reader.evaluate(PRINT)
    reader.wait("document.querySelector('.sm-plate noscript') === null")
    assert reader.evaluate(PAPER) == {
        "application": False,
        "steps": len(interhelpo.events),
        "emptyMaps": 0,
        "pages": True,
    }


def test_preferences_are_followed(open_story):
    """Who prefers darkness and no motion gets a dark page, whose map jumps."""
    reader = open_story(dark_and_still=True)
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert reader.evaluate(ground) == "rgb(21, 24, 26)"
    reader.evaluate("window.storymap.goTo('founding')")
    assert reader.evaluate(f"{MAP}._animatingZoom || false") is False


def test_a_sandboxed_frame_is_walked_through(walk, built_page, tmp_path):
    """By messages, from the cover to the last step, in a frame that has no right but to scripts.

    Nothing is complained of on the way.
    """
    page = tmp_path / "lesson.html"
    page.write_text(WALK % built_page.as_uri())
    assert walk(page) == []


def test_the_lesson_page_drives_the_story(open_story, built_page, interhelpo, tmp_path):
    """From disk, under its policy, which lets it load what lies beside it."""
    (tmp_path / "index.html").write_bytes(built_page.read_bytes())
    for name, data in lesson.files(interhelpo, bundle.load_embed()).items():
        (tmp_path / name).write_bytes(data)
    reader = open_story(tmp_path / "lesson.html", outcome=None)
    reader.wait("document.querySelector('story-map').state")
    reader.page.click("button[data-step=founding]")
    reader.wait("document.querySelector('[aria-current]')?.dataset.step === 'founding'")
