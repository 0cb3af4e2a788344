"""What authors lay over the map for a step, and the detailed map that readers may load."""

import json
import shutil
from html import unescape
from pathlib import Path

import pytest
from axe import violations
from looking import MAP

from storymap import pipeline

GOOD = Path(__file__).parents[1] / "stories" / "good" / "overlays"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8ffbf1e000582027f9d1a6a1c0000000049454e44ae426082"
)
SHOWN = """selector => [...document.querySelectorAll(`#sm-map ${selector}`)]
    .filter(each => getComputedStyle(each).visibility === 'visible').length"""
SITE = "https://story.example/"
OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The path of the page of a story with a plan, a drawing and tiles."""
    return build(GOOD, tmp_path_factory.mktemp("overlays"))


def build(story, output):
    built = pipeline.build(story, output)
    assert built.page, "\n".join(map(str, built.problems))
    return Path(built.page.path)


def shown(reader, selector):
    """Return how many elements of the map like that can be seen."""
    return reader.evaluate(SHOWN, selector)


def test_overlays_come_and_go_with_their_step(open_page, page):
    """The drawing at its step, the plan at its own, both at the last, nothing beside them."""
    reader = open_page(page, "#drawing")
    assert (shown(reader, ".sm-drawn"), shown(reader, ".sm-plan")) == (11, 0)
    found = []
    for step in ("plan", "town", "both", "drawing"):
        reader.evaluate("step => void storymap.goTo(step)", step)
        found.append((shown(reader, ".sm-drawn"), shown(reader, ".sm-plan")))
    assert found == [(0, 1), (0, 0), (11, 1), (11, 0)]
    reader.evaluate("storymap.previous()")
    assert shown(reader, ":is(.sm-drawn, .sm-plan)") == 0


def test_overlays_lie_under_what_is_the_story_s(open_page, page):
    """Marks, names and routes lie over drawings, these over plans, these over the atlas."""
    reader = open_page(page, "#both")
    order = reader.evaluate(
        """() => ['atlas', 'plans', 'drawings', 'overlay', 'marker'].map(name =>
            Number(getComputedStyle(document.querySelector(`.leaflet-${name}-pane`)).zIndex))"""
    )
    assert order == sorted(order)
    assert len(set(order)) == len(order)


def test_the_atlas_recedes_at_the_scale_of_streets(open_page, page):
    """Its shores are true to a kilometre or so, and would mislead beside a plan."""
    reader = open_page(page, "#plan")
    strength = "getComputedStyle(document.querySelector('.leaflet-atlas-pane')).opacity"
    assert reader.evaluate(strength) == "0.3"
    reader.evaluate("storymap.goTo('town')")
    assert reader.evaluate(strength) == "1"


CORNERS = f"""() => {{
    const street = JSON.parse(document.getElementById('storymap-data').textContent).street
    const {{ corners }} = street.overlays.find(each => each.kind === 'plan')
    const stage = {MAP}.getContainer().getBoundingClientRect()
    const points = corners.map(at => {MAP}.latLngToContainerPoint(at))
    const box = document.querySelector('.sm-plan img').getBoundingClientRect()
    const [xs, ys] = ['x', 'y'].map(axis => points.map(point => point[axis]))
    return {{
        room: [stage.width, stage.height],
        wanted: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
        drawn: [box.left - stage.left, box.top - stage.top,
            box.right - stage.left, box.bottom - stage.top],
    }}
}}"""


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "wide"])
def test_a_plan_lies_where_its_corners_are(open_page, page, size):
    """The camera frames it, and it stays in place when the reader zooms and pans."""
    reader = open_page(page, "#plan", size=size)
    found = reader.evaluate(CORNERS)
    assert found["drawn"] == pytest.approx(found["wanted"], abs=1)
    left, top, right, bottom = found["drawn"]
    width, height = found["room"]
    assert 0 < left < right < width
    assert 0 < top < bottom < height
    assert max((right - left) / width, (bottom - top) / height) > 0.4
    reader.evaluate(f"() => void {MAP}.setZoom({MAP}.getZoom() - 1.5, {{ animate: false }})")
    reader.evaluate(f"() => void {MAP}.panBy([37, -21], {{ animate: false }})")
    found = reader.evaluate(CORNERS)
    assert found["drawn"] == pytest.approx(found["wanted"], abs=1)


def test_a_plan_can_be_read_by_those_who_cannot_see_it(open_page, page):
    """The picture on the map has the author's text, and no pointer is caught by it."""
    reader = open_page(page, "#plan")
    plan = reader.page.locator("#sm-map .sm-plan img")
    assert plan.get_attribute("alt") == (
        "Three rows of five houses north of a brook, and a mill in the east."
    )
    assert reader.evaluate(
        "getComputedStyle(document.querySelector('.sm-plan')).pointerEvents"
    ) == ("none")


def test_features_open_their_card_from_the_keyboard(open_page, page):
    """Tab reaches what has words to it, once each; Enter opens them, Escape gives focus back."""
    reader = open_page(page, "#drawing")
    reader.page.focus("#sm-map .leaflet-container")
    names = []
    for _ in range(6):
        reader.page.keyboard.press("Tab")
        names.append(
            reader.evaluate(
                "document.activeElement.matches('.sm-drawn') &&"
                " document.activeElement.getAttribute('aria-label')"
            )
        )
    assert sorted(filter(None, names)) == [
        *("Spinners' row", "The brook", "The mill", "The quarter", "The quarter")
    ]
    reader.page.focus("#sm-map [aria-label='The brook']")
    reader.page.keyboard.press("Enter")
    card = reader.page.locator("#sm-card")
    assert card.inner_text().splitlines()[0] == "The brook"
    assert "Less than 2 m wide (< 2 m) & more than a metre deep." in card.inner_text()
    reader.page.keyboard.press("Escape")
    assert reader.evaluate("document.activeElement.getAttribute('aria-label')") == "The brook"


def test_features_of_other_steps_are_out_of_reach(open_page, page):
    """What is not to be seen takes no focus."""
    reader = open_page(page, "#drawing")
    reader.evaluate("storymap.goTo('town')")
    reader.evaluate("document.querySelector('#sm-map .sm-drawn[role=button]').focus()")
    assert not reader.evaluate("document.activeElement.matches('.sm-drawn')")


@pytest.mark.parametrize(
    ("size", "scheme"), [((390, 844), "dark"), ((1440, 900), "light")], ids=["phone", "wide"]
)
def test_axe_finds_nothing(open_page, page, size, scheme):
    """Neither in the overlays, nor in what is asked before tiles are loaded."""
    reader = open_page(page, "#both", size=size, color_scheme=scheme)
    reader.page.click("#sm-options-button")
    reader.page.click("#sm-tiles-load")
    assert violations(reader) == []


def test_colours_suit_a_dark_page(open_page, page):
    """A dark line of the author's is lighter there, an unstated one the page's own."""
    strokes = []
    for scheme in ("light", "dark"):
        reader = open_page(page, "#drawing", color_scheme=scheme)
        strokes.append(
            reader.evaluate(
                """() => [...document.querySelectorAll('.sm-drawn-line')]
                    .map(line => getComputedStyle(line).stroke)"""
            )
        )
    assert strokes == [
        ["rgb(0, 0, 51)", "rgb(31, 90, 99)"],
        ["rgb(114, 114, 142)", "rgb(124, 196, 204)"],
    ]


def test_overlays_fade_only_where_motion_is_wanted(open_page, page):
    """With reduced motion they are simply there."""
    fades = "getComputedStyle(document.querySelector('.sm-plan')).transitionDuration"
    assert open_page(page, "#plan").evaluate(fades) == "0s"
    assert "0.2s" in open_page(page, "#plan", reduced_motion="no-preference").evaluate(fades)


def test_without_scripts_the_text_tells_all(open_page, page):
    """Labels, credits, licences, titles and descriptions, and the picture with its text."""
    reader = open_page(page, java_script_enabled=False)
    text = reader.page.inner_text("#drawing")
    for words in (
        *("On the map: The quarter", "Storymap's tests, CC0 1.0", "Spinners' row", "A well."),
        "Less than 2 m wide (< 2 m) & more than a metre deep.",
    ):
        assert words in text
    for step in ("plan", "both"):
        picture = reader.page.locator(f"#{step} [role=img].sm-overlay-picture")
        assert picture.get_attribute("aria-label").startswith("Three rows of five houses")
        box = picture.bounding_box()
        assert box["width"] / box["height"] == pytest.approx(420 / 300, rel=0.01)


def test_paper_has_the_picture_too(open_page, page):
    """On the screen it is on the map; in print it stands in the text."""
    reader = open_page(page, "#plan")
    picture = reader.page.locator("#plan .sm-overlay-picture")
    assert not picture.is_visible()
    reader.page.emulate_media(media="print")
    assert picture.is_visible()


def test_a_picture_is_in_the_page_once(page):
    """Though two steps show it, in the text and on the map."""
    assert page.read_text("utf-8").count("data:image/png") == 1


def test_no_word_of_an_author_becomes_markup(open_page, tmp_path):
    """Neither in the text nor in the tooltip nor in the card."""
    story = shutil.copytree(GOOD, tmp_path / "story")
    hostile = "</script><img src=x onerror=alert(1)><b>The brook</b>"
    drawing = story / "media" / "quarter.geojson"
    drawing.write_text(drawing.read_text("utf-8").replace("The brook", hostile), "utf-8")
    reader = open_page(build(story, tmp_path / "output"), "#drawing")
    brook = reader.page.locator("#sm-map .sm-drawn-line[role=button]")
    brook.dispatch_event("mouseover")
    assert reader.page.inner_text(".leaflet-tooltip") == hostile
    brook.dispatch_event("click")
    assert reader.page.inner_text("#sm-card h3") == hostile
    assert reader.page.locator("img[src=x]").count() == 0


# --- the detailed map ------------------------------------------------------------------------


@pytest.fixture
def open_site(browser):
    """A function that opens a page as one of a site, and answers for the tiles' server.

    It returns the page and the list of tiles asked for, each with the referrer that it was told.
    """
    contexts = []

    def open_site(html, *, body=PIXEL, wrapper=None):
        context = browser.new_context(
            reduced_motion="reduce", viewport={"width": 1280, "height": 800}
        )
        contexts.append(context)
        asked = []

        def answer(route):
            request = route.request
            if request.url.startswith(SITE):
                inner = request.url.endswith("inner.html") or not wrapper
                route.fulfill(body=html if inner else wrapper, content_type="text/html")
            else:
                asked.append((request.url, request.headers.get("referer")))
                route.fulfill(body=body, content_type="image/png") if body else route.abort()

        context.route("**/*", answer)
        page = context.new_page()
        page.goto(SITE + "#both")
        return page, asked

    yield open_site
    for context in contexts:
        context.close()


def wait(page, expression, seconds=10):
    """Wait until an expression is true in a page or frame."""
    for _ in range(seconds * 50):
        if page.evaluate(expression):
            return
        getattr(page, "page", page).wait_for_timeout(20)
    pytest.fail(f"not true after {seconds} s: {expression}")


READY = "document.documentElement.dataset.storymap === 'ready'"


def test_tiles_are_loaded_when_the_reader_says_so(open_site, page):
    """Nothing before; then those in view, which are told the site; the attribution stays."""
    reader, asked = open_site(page.read_text("utf-8"))
    wait(reader, READY)
    reader.click("#sm-options-button")
    reader.click("#sm-tiles-load")
    assert reader.inner_text("#sm-tiles-ask p >> nth=0") == (
        "Until you switch it off or leave this page, Example Maps will see your IP address, "
        "the kind of browser that you use and which part of the map you look at."
    )
    assert reader.evaluate("document.activeElement.id") == "sm-tiles-yes"
    assert asked == []
    reader.click("#sm-tiles-yes")
    wait(reader, "document.querySelectorAll('.leaflet-tile-loaded').length > 3")
    assert {referrer for _, referrer in asked} == {SITE}
    assert all(url.startswith("https://tile.example/1") for url, _ in asked)
    assert reader.inner_text("#sm-tiles-attribution") == "© Example Maps and its contributors"
    reader.keyboard.press("Escape")
    assert reader.is_visible("#sm-tiles-attribution")
    reader.click("#sm-options-button")
    reader.click("#sm-tiles")
    assert reader.locator(".leaflet-tile").count() == 0
    assert not reader.is_visible("#sm-tiles-attribution")
    assert reader.evaluate("document.activeElement.id") == "sm-tiles-load"
    count = len(asked)
    reader.evaluate("storymap.goTo('town')")
    wait(reader, "storymap.state().step === 'town'")
    assert len(asked) == count


def test_the_map_may_be_closer_than_its_tiles(open_site, page):
    """The most detailed ones, of zoom 17, are enlarged then."""
    reader, asked = open_site(page.read_text("utf-8"))
    wait(reader, READY)
    reader.evaluate(f"() => void {MAP}.setZoom(18, {{ animate: false }})")
    reader.click("#sm-options-button")
    reader.click("#sm-tiles-load")
    reader.click("#sm-tiles-yes")
    wait(reader, "document.querySelectorAll('.leaflet-tile-loaded').length > 3")
    assert {url.split("/")[3] for url, _ in asked} == {"17"}


def test_who_cancels_tells_nobody(open_site, page):
    """The question goes away, and focus is where it was."""
    reader, asked = open_site(page.read_text("utf-8"))
    wait(reader, READY)
    reader.click("#sm-options-button")
    reader.click("#sm-tiles-load")
    reader.click("#sm-tiles-no")
    assert not reader.is_visible("#sm-tiles-ask")
    assert reader.evaluate("document.activeElement.id") == "sm-tiles-load"
    assert asked == []


def test_tiles_that_fail_cost_one_sentence(open_site, page):
    """The atlas stays, and switching off takes the sentence away."""
    reader, _ = open_site(page.read_text("utf-8"), body=None)
    wait(reader, READY)
    reader.click("#sm-options-button")
    reader.click("#sm-tiles-load")
    reader.click("#sm-tiles-yes")
    wait(reader, "!document.getElementById('sm-tiles-failed').hidden")
    said = "The detailed map cannot be loaded now. The built-in map stays."
    assert reader.inner_text("#sm-tiles-failed") == said
    wait(reader, f"document.getElementById('sm-live').textContent === {json.dumps(said)}")
    assert reader.is_visible(".leaflet-atlas-pane canvas")
    reader.click("#sm-tiles")
    assert not reader.is_visible("#sm-tiles-failed")


def test_the_policy_names_the_tiles_server_and_no_other(page, built_page):
    """A page without tiles may load no picture from anywhere."""
    policy = "img-src data: https://tile.example; base-uri 'none'; form-action 'none'"
    assert policy in unescape(page.read_text("utf-8"))
    plain = "img-src data:; base-uri 'none'; form-action 'none'"
    assert plain in unescape(built_page.read_text("utf-8"))


@pytest.fixture(scope="module")
def osm_page(tmp_path_factory):
    """The path of the same page with the tiles of OpenStreetMap."""
    folder = tmp_path_factory.mktemp("osm")
    story = shutil.copytree(GOOD, folder / "story")
    head = (story / "story.yaml").read_text("utf-8")
    tiles = head.replace("https://tile.example/{z}/{x}/{y}.png", OSM)
    (story / "story.yaml").write_text(tiles, "utf-8")
    return build(story, folder / "output")


def barred(frame):
    """Return what is said where the tiles cannot be loaded, after a try to load them."""
    frame.click("#sm-options-button")
    frame.click("#sm-tiles-load", force=True)
    assert frame.get_attribute("#sm-tiles-load", "aria-disabled") == "true"
    assert not frame.is_visible("#sm-tiles-ask")
    return frame.inner_text("#sm-tiles-barred")


WORDS = (
    "Not available here: the servers of OpenStreetMap want to know which site asks, and a page "
    "that is a file, or in a closed frame, cannot say so."
)


def test_a_file_cannot_ask_openstreetmap(open_page, osm_page):
    """It sends no referrer, and they refuse; the reader is told why."""
    assert barred(open_page(osm_page, "#both").page) == WORDS


def test_a_closed_frame_cannot_ask_openstreetmap(open_site, osm_page):
    """Its origin is nobody's, though its address is a site's."""
    wrapper = f'<iframe sandbox="allow-scripts" src="{SITE}inner.html" width=1200 height=700>'
    reader, asked = open_site(osm_page.read_text("utf-8"), wrapper=wrapper)
    frame = reader.frames[1]
    wait(frame, READY)
    assert barred(frame) == WORDS
    assert asked == []


def test_a_site_may_ask_openstreetmap(open_site, osm_page):
    """It says who it is, as they want it."""
    reader, asked = open_site(osm_page.read_text("utf-8"))
    wait(reader, READY)
    reader.click("#sm-options-button")
    reader.click("#sm-tiles-load")
    assert not reader.is_visible("#sm-tiles-barred")
    reader.click("#sm-tiles-yes")
    wait(reader, "document.querySelectorAll('.leaflet-tile-loaded').length > 3")
    assert asked[0][0].startswith("https://tile.openstreetmap.org/")
    assert asked[0][1] == SITE
