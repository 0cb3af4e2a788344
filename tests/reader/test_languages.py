"""The page in several languages: the switch, the links, and that nothing is left behind."""

from base64 import b64decode
from pathlib import Path

import pytest

from storymap import pipeline

ROOT = Path(__file__).parents[2]
RIGHT_TO_LEFT = ROOT / "tests" / "stories" / "good" / "languages"
LANGUAGES = ("en", "sk", "cs", "ru", "ky", "eo")
STATE = "window.storymap.state()"
SET = "(tag) => window.storymap.setLanguage(tag).then((state) => state.language)"

DOM = """() => {
    dispatchEvent(new Event("beforeprint"))
    const lines = []
    const look = (node, depth) => {
        if (node.nodeType === Node.TEXT_NODE && node.data.trim()) lines.push(depth + node.data)
        if (node.nodeType !== Node.ELEMENT_NODE) return
        if (node.matches("script, style, meta, link, canvas, .sm-notice, #sm-live")) return
        if (node.matches("li:has([data-language])")) return
        const drawn = node.matches("#sm-map svg, #sm-map svg *, #sm-inset *")
        const attributes = [...node.attributes]
            .filter(({ name }) => !["style", "class", "data-languages"].includes(name))
            .filter(({ name }) => !drawn || name.startsWith("aria-"))
            .map(({ name, value }) => `${name}=${value}`)
        lines.push(depth + [node.localName, ...attributes.sort()].join(" "))
        for (const child of node.childNodes) look(child, depth + " ")
    }
    look(document.documentElement, "")
    return lines
}"""
"""the page as lines: its elements with their attributes, and its texts"""


def in_language(reader, tag):
    """Wait until the page is in a language."""
    reader.wait(f"document.documentElement.lang === '{tag}'")


def dom(reader):
    """Return the page as lines, once all names are on its map."""
    reader.wait("!document.querySelector('.sm-moving, [data-naming]')")
    return reader.evaluate(DOM)


@pytest.fixture(scope="module")
def page_of(tmp_path_factory, built_page):
    """A function that returns the page of a story that opens in a language and has another."""

    def page_of(story, first, other):
        if (story, first) == (ROOT / "places", "en"):
            return built_page
        output = tmp_path_factory.mktemp("output")
        return Path(pipeline.build(story, output, languages=(first, other)).page.path)

    return page_of


def test_a_page_that_was_switched_is_the_page_of_that_language(open_page, page_of):
    """Element by element, from one language to the next and back to the first."""
    story = ROOT / "places"
    switched = open_page(page_of(story, "en", "sk"), "#founding", locale="en")
    before = dom(switched)
    for tag in LANGUAGES[1:]:
        assert switched.evaluate(SET, tag) == tag
        native = open_page(page_of(story, tag, "en"), "#founding", locale=tag)
        assert native.evaluate(f"{STATE}.language") == tag
        assert dom(switched) == dom(native)
        native.page.close()
    switched.evaluate(SET, "en")
    assert dom(switched) == before


@pytest.mark.parametrize("first", ["en", "ar"])
def test_a_page_changes_its_direction(open_page, page_of, first):
    """Overlays, tables and pictures included; what was drawn before stays what it is."""
    story, other = RIGHT_TO_LEFT, {"en": "ar", "ar": "en"}[first]
    switched = open_page(page_of(story, first, other), "#well", locale=first)
    before = dom(switched)
    switched.evaluate(SET, other)
    native = open_page(page_of(story, other, first), "#well", locale=other)
    assert dom(switched) == dom(native)
    switched.evaluate(SET, first)
    assert dom(switched) == before


def test_arrow_keys_are_mirrored(open_page, page_of):
    """In a language that is read from right to left, Left leads on."""
    reader = open_page(page_of(RIGHT_TO_LEFT, "en", "ar"), "#?lang=ar")
    assert reader.evaluate("getComputedStyle(document.body).direction") == "rtl"
    reader.page.keyboard.press("ArrowLeft")
    assert reader.step() == "well"
    reader.page.keyboard.press("ArrowRight")
    assert reader.step() is None


@pytest.mark.parametrize(
    ("after", "locale", "language"),
    [
        ("", "en-GB", "en"),
        ("", "ru-RU", "ru"),
        ("", "de-DE", "en"),
        ("#founding", "sk", "sk"),
        ("#founding?lang=ky", "ru-RU", "ky"),
        ("?lang=eo", "ru-RU", "eo"),
        ("?lang=eo#founding?lang=cs", "ru-RU", "cs"),
        ("#?lang=xx", "cs", "cs"),
        ("#?secret=a1b2c3d4e5", "eo", "eo"),
    ],
)
def test_the_address_and_then_the_browser_choose_the_language(open_page, after, locale, language):
    """The page opens in it, and is the page's own where nothing else is asked for."""
    reader = open_page(after=after, locale=locale)
    assert reader.evaluate(f"{STATE}.language") == language
    assert reader.evaluate("document.documentElement.lang") == language
    assert reader.step() == ("founding" if "founding" in after else None)


def test_a_page_is_not_seen_before_it_is_in_its_language(open_page):
    """From the first paint to the last letter nothing of the page is in another one."""
    reader = open_page(after="#?lang=ru", outcome=None)
    seen = reader.evaluate(
        """async () => {
            const seen = []
            while (document.documentElement.dataset.storymap !== "ready") {
                await new Promise(requestAnimationFrame)
                const { visibility } = getComputedStyle(document.body)
                if (visibility === "visible") seen.push(document.documentElement.lang)
            }
            return [...new Set(seen), getComputedStyle(document.body).visibility]
        }"""
    )
    assert seen in (["visible"], ["ru", "visible"])


def test_the_keyboard_chooses_a_language(open_page):
    """The list opens at the language of the page; the choice gives the focus back and is said."""
    reader = open_page(after="#founding")
    reader.page.focus("#sm-language-button")
    reader.page.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.dataset.language") == "en"
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    in_language(reader, "sk")
    assert reader.evaluate("document.activeElement.id") == "sm-language-button"
    assert reader.evaluate("document.getElementById('sm-languages').hidden")
    reader.wait("document.getElementById('sm-live').textContent === 'Jazyk: slovenčina'")
    assert reader.page.title() == "Založené prvého mája · Interhelpo"
    assert reader.evaluate("location.hash") == "#founding?lang=sk"
    reader.page.keyboard.press("ArrowRight")
    reader.wait("location.hash === '#sister-cooperatives?lang=sk'")


def test_the_cover_offers_the_languages_by_their_own_names(open_page):
    """Each in its own; the focus stays on what was pressed."""
    reader = open_page()
    names = "[...document.querySelectorAll('.sm-editions button')].map(b => [b.lang, b.innerText])"
    assert reader.evaluate(names) == [
        ["", "English"],
        *(["sk", "slovenčina"], ["cs", "čeština"], ["ru", "русский"]),
        *(["ky", "кыргызча"], ["eo", "Esperanto"]),
    ]
    reader.page.click(".sm-editions [data-language=eo]")
    in_language(reader, "eo")
    assert reader.evaluate("document.activeElement.dataset.language") == "eo"
    assert reader.evaluate(names)[0] == ["en", "English"]
    note = "document.querySelector('#sm-cover > .sm-note')"
    assert reader.evaluate(f"{note}.innerText").startswith("Ĉi tiu traduko")
    reader.evaluate(SET, "en")
    assert reader.evaluate(f"{note}.hidden")


def test_an_open_card_is_told_anew(open_page):
    """Its place has the names of the new language, and stays open."""
    reader = open_page(after="#founding")
    reader.page.click("#founding .sm-place[data-place=zilina]")
    reader.wait("!document.getElementById('sm-card').hidden")
    reader.evaluate(SET, "ru")
    assert "словацкий" in reader.page.inner_text("#sm-card")
    assert reader.page.inner_text("#sm-card-title") == "Жилина"
    assert reader.evaluate("document.activeElement.id") == "sm-card-close"


def test_the_search_knows_the_place_by_any_name_in_any_language(open_page):
    """What it lists it calls as the page does."""
    reader = open_page(after="#?lang=ru")
    reader.page.click("#sm-search-button")
    reader.page.fill("#sm-query", "frunze")
    reader.wait("document.querySelector('#sm-results button')")
    assert "Пишпек" in reader.page.inner_text("#sm-results")


def test_an_unknown_language_is_refused(open_page):
    """In words, and the page stays as it is."""
    reader = open_page()
    refusal = "(tag) => window.storymap.setLanguage(tag).catch((error) => String(error))"
    assert reader.evaluate(refusal, "de") == 'RangeError: there is no language "de"'
    assert reader.evaluate(f"{STATE}.language") == "en"


def test_of_two_wishes_the_last_one_holds(open_page):
    """However long the first takes."""
    reader = open_page()
    reader.evaluate(
        "Promise.all([window.storymap.setLanguage('ru'), window.storymap.setLanguage('eo')])"
    )
    assert reader.evaluate("document.documentElement.lang") == "eo"
    assert reader.page.inner_text("#sm-start") == "Komenci"


def test_a_change_is_told_once(open_page):
    """By the wish that made it, whichever of them the page hears last."""
    reader = open_page(locale="sk")
    written = reader.evaluate(
        """async () => {
            const written = [], { replaceState } = history
            history.replaceState = (state, title, address) => {
                written.push(address.split('#')[1])
                replaceState.call(history, state, title, address)
            }
            await Promise.all(['ky', 'en', 'en'].map((tag) => window.storymap.setLanguage(tag)))
            return written
        }"""
    )
    assert written == ["?lang=en"]


def test_a_browser_that_cannot_unpack_reads_the_first_language(open_page, tmp_path, built_page):
    """It offers no others, rather than one that fails."""
    old = "<script>delete window.DecompressionStream</script>"
    page = tmp_path / "old.html"
    text = built_page.read_text(encoding="utf-8").replace(
        "script-src", "script-src 'unsafe-inline'"
    )
    page.write_text(text.replace("<head>", f"<head>{old}", 1), encoding="utf-8")
    reader = open_page(page, "#?lang=sk")
    assert reader.evaluate("document.documentElement.lang") == "en"
    assert not reader.page.is_visible("#sm-language-button")


@pytest.mark.parametrize("width", [1440, 1024, 640, 390, 320])
def test_the_switch_is_at_hand_at_any_width(open_page, width):
    """Beside the title on the cover and at every step, large enough for a finger."""
    for after in ("", "#founding"):
        reader = open_page(after=after, size=(width, 640))
        box = reader.page.locator("#sm-language-button").bounding_box()
        assert 0 <= box["x"] <= width - box["width"]
        assert min(box["width"], box["height"]) >= 24
        reader.page.click("#sm-language-button")
        for button in reader.page.locator("#sm-languages button").all():
            inner = button.bounding_box()
            assert 0 <= inner["x"] <= width - inner["width"]
            assert min(inner["width"], inner["height"]) >= 24


def test_a_further_language_is_light(built_page):
    """It adds at most 45,000 bytes to the page."""
    text = built_page.read_text(encoding="utf-8")
    blocks = text.split('<script type="text/plain" class="sm-retelling"')[1:]
    sizes = [len(block.partition("</script>")[0].encode()) for block in blocks]
    assert len(sizes) == len(LANGUAGES) - 1
    assert max(sizes) <= 45_000
    assert all(b64decode(block.partition(">")[2].partition("<")[0]) for block in blocks)
