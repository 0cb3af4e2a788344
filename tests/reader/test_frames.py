"""The page in every kind of frame that learning platforms and notebooks put it into."""

import time
from base64 import b64encode
from functools import partial
from html import escape
from pathlib import Path

import pytest
from looking import MAP

from storymap import pipeline

TESTS = Path(__file__).parent.parent
HOST = "<!doctype html><html lang=en><title>Host</title><body>{}"
FRAME = "<iframe title=Story width=1000 height=640 {}></iframe>"
SANDBOX = 'sandbox="allow-scripts"'

SHOWN = """(() => {
    const text = document.getElementById('sm-text').getBoundingClientRect()
    const step = document.getElementById('raising').getBoundingClientRect()
    return text.height > 300 && Math.abs(step.top - text.top) < 2
})()"""

VIEW = f"[{MAP}.getCenter().lng, {MAP}.getZoom()].map((number) => number.toFixed(2))"

BY_SCRIPT = """<script>
    const frame = document.querySelector("iframe")
    frame.src = `data:text/html;charset=utf-8;base64,%s`
</script>"""
AS_BLOB = """<script>
    const bytes = Uint8Array.from(atob("%s"), (each) => each.charCodeAt(0))
    const html = new TextDecoder().decode(bytes)
    const blob = (text) => URL.createObjectURL(new Blob([text], { type: "text/html" }))
    %s
</script>"""
JUPYTER = """
    const page = new DOMParser().parseFromString(html, "text/html")
    const base = page.createElement("base")
    base.href = "https://notebooks.example/files/story.html"
    page.head.prepend(base)
    document.querySelector("iframe").src = blob(page.documentElement.innerHTML)
"""
"""what JupyterLab's viewer of HTML files makes of a page"""


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The path of a small story's page."""
    built = pipeline.build(TESTS / "stories" / "good" / "harbour", tmp_path_factory.mktemp("story"))
    return Path(built.page.path)


def _beside(attributes):
    return lambda _: FRAME.format(f'src="index.html" {attributes}')


def _srcdoc(attributes):
    return lambda html: FRAME.format(f'srcdoc="{escape(html)}" {attributes}')


def _encoded(html):
    return b64encode(html.encode()).decode()


FRAMES = {
    "file": _beside(""),
    "sandbox": _beside(SANDBOX),
    "srcdoc": _srcdoc(""),
    "srcdoc in a sandbox": _srcdoc(SANDBOX),
    "data": lambda html: FRAME.format("") + BY_SCRIPT % _encoded(html),
    "blob": lambda html: (
        FRAME.format("")
        + AS_BLOB % (_encoded(html), 'document.querySelector("iframe").src = blob(html)')
    ),
    "Jupyter": lambda html: FRAME.format(SANDBOX) + AS_BLOB % (_encoded(html), JUPYTER),
}


def until(true, seconds=15):
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, f"not true after {seconds} s"
        time.sleep(0.02)


@pytest.fixture
def readers():
    """Those that `open_frame` made."""
    return []


@pytest.fixture
def open_frame(open_page, story, tmp_path, readers):
    """A function that opens the story in a kind of frame; returns the frame."""

    def open_frame(kind):
        html = story.read_text("utf-8")
        (tmp_path / "index.html").write_text(html, encoding="utf-8")
        (tmp_path / "host.html").write_text(HOST.format(FRAMES[kind](html)), encoding="utf-8")
        reader = open_page(tmp_path / "host.html", outcome=None)
        readers.append(reader)
        until(lambda: len(reader.page.frames) == 2)
        frame = reader.page.frames[1]
        until(lambda: frame.evaluate("document.documentElement?.dataset.storymap === 'ready'"))
        return frame

    return open_frame


@pytest.mark.parametrize("kind", FRAMES)
def test_the_story_works_in_a_frame(open_frame, kind):
    """Links lead to steps and open cards, and never out of the page; it looks as it should."""
    frame = open_frame(kind)
    assert frame.evaluate("document.documentElement.lang") == "en"
    home = frame.evaluate("location.href.split('#')[0]")
    has_address = kind in ("file", "sandbox")  # which a link can be copied to
    assert frame.is_visible("#sm-link-button") == has_address

    frame.click("#sm-contents-button")
    frame.click("#sm-contents a[data-step=departure]")
    until(lambda: frame.evaluate("window.storymap.state().step") == "departure")
    frame.click("#sm-next")
    until(lambda: frame.evaluate("window.storymap.state().step") == "raising")
    frame.click(".step[aria-current] a.sm-place >> nth=0")
    until(lambda: frame.is_visible("#sm-card"))
    frame.click("#sm-card-close")
    assert frame.evaluate("location.href.split('#')[0]") == home

    text = frame.evaluate("document.getElementById('sm-text').getBoundingClientRect().toJSON()")
    stage = frame.evaluate("document.getElementById('sm-stage').getBoundingClientRect().toJSON()")
    assert text["right"] <= stage["left"] + 1  # side by side, with a doctype or without
    assert min(text["height"], stage["height"]) > 300


def test_the_step_is_kept_in_the_address_where_there_is_one(open_frame):
    """A `srcdoc` has none; a frame from a file keeps it."""
    frame = open_frame("sandbox")
    frame.evaluate("window.storymap.goTo('departure')")
    assert frame.evaluate("location.hash") == "#departure"


def test_a_sandbox_shows_the_link_that_it_does_not_let_copy(open_frame, readers):
    """The reader can copy it by hand; the browser's own complaint is all that there is."""
    frame = open_frame("sandbox")
    frame.click("#sm-link-button")
    said = "document.getElementById('sm-live').textContent"
    until(lambda: frame.evaluate(said).startswith("Copy this address: file:///"))
    (complaint,) = readers[0].complaints
    assert "Clipboard API has been blocked" in complaint
    readers[0].complaints.clear()


IN_SIGHT = """(selector) => {
    const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect()
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
        && seen !== null && document.querySelector(selector).contains(seen)
}"""


@pytest.mark.parametrize("size", [(640, 480), (320, 480)], ids=str)
def test_a_small_frame_shows_map_text_and_buttons(open_page, story, size):
    """On a step all of them are in sight at once, and nothing is wider than the frame."""
    reader = open_page(story, size=size)
    reader.page.click("#sm-next")
    reader.wait("window.storymap.state().index === 0")
    for part in (".step[aria-current] h2", "#sm-next", "#sm-previous", "#sm-contents-button"):
        until(partial(reader.evaluate, IN_SIGHT, part))
    stage = reader.evaluate("document.getElementById('sm-stage').getBoundingClientRect().toJSON()")
    assert stage["height"] >= 150
    assert stage["top"] >= 0
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_narrow_map_shows_the_whole_story(open_page):
    """The cover of a map taller than the atlas: paper above and below, and no place cut off."""
    reader = open_page(size=(640, 480))
    outside = reader.evaluate(
        """() => {
            const stage = document.getElementById("sm-stage").getBoundingClientRect()
            return [...document.querySelectorAll(".sm-mark")].filter(mark => {
                const { left, right } = mark.getBoundingClientRect()
                return left < stage.left || right > stage.right
            }).map(mark => mark.dataset.place)
        }"""
    )
    assert outside == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_frame_that_is_unfolded_later_shows_its_step(open_page, story, tmp_path, motion):
    """Text and map, as in a tab of a course that is opened when the step has changed."""
    (tmp_path / "index.html").write_bytes(story.read_bytes())

    def view_after_unfolding(display):
        frame = FRAME.format(f'src="index.html#departure" style="display: {display}"')
        host = tmp_path / f"{display}.html"
        host.write_text(HOST.format(frame), encoding="utf-8")
        reader = open_page(host, outcome=None, reduced_motion=motion)
        until(lambda: len(reader.page.frames) == 2)
        page = reader.page.frames[1]
        until(lambda: page.evaluate("document.documentElement?.dataset.storymap === 'ready'"))
        page.evaluate("() => { window.storymap.goTo('raising') }")
        page.evaluate("new Promise((go) => setTimeout(go, 1100))")  # what waits has given up
        reader.evaluate("document.querySelector('iframe').style.display = 'block'")
        until(lambda: page.evaluate(SHOWN))
        return lambda: page.evaluate(VIEW)

    view = view_after_unfolding("none")
    wanted = view_after_unfolding("block")
    until(lambda: view() == wanted())
