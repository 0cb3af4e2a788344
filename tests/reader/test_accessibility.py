"""The page for readers who see, hear or point otherwise."""

import pytest
from axe import violations

SIZES = [(320, 640), (768, 1024), (1440, 900)]
STATES = {
    "cover": "window.storymap.goTo(-1)",
    "middle": "window.storymap.goTo('membership')",
    "last": "window.storymap.goTo('nazdar')",
    "card": "document.querySelector('#nazdar .sm-place').click()",
    "languages": "document.getElementById('sm-language-button').click()",
    "search": "document.getElementById('sm-search-button').click()",
}
"""what axe looks at, and how the page gets there from the one before; the middle has a table"""
CHANGING = {"exclude": ["main > section:not([aria-current])"]}
"""all that a state changes: the page without the steps, places and sources that are not read"""
COLOURLESS = {"color-contrast": {"enabled": False}}
"""no colour of the page depends on its language, and this rule takes as long as all others"""
LANGUAGES = ["sk", "cs", "ru", "ky", "eo"]


def show(reader, state):
    """Bring the page from one state into the next."""
    reader.evaluate(f"() => {{ {STATES[state]} }}")
    if state == "card":
        reader.wait("!document.getElementById('sm-card').hidden")


@pytest.mark.parametrize(
    ("size", "scheme"),
    list(zip(SIZES, ["light", "dark", "light"], strict=True)),
    ids=["320", "768-dark", "1440"],
)
def test_axe_finds_nothing(open_page, size, scheme):
    """No rule of axe-core is broken: anywhere in the page, whatever is open."""
    reader = open_page(size=size, color_scheme=scheme)
    found = {}
    for state in STATES:
        show(reader, state)
        found[state] = violations(reader, CHANGING if state in {"last", "languages"} else None)
    assert found == {state: [] for state in STATES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_language(open_page, language):
    """Nor in the others: all of the page at the narrowest width, what changes at each."""
    reader = open_page(after=f"#?lang={language}", size=SIZES[0])
    show(reader, "languages")
    found = {"all": violations(reader)}
    for width, height in SIZES:
        reader.page.keyboard.press("Escape")
        reader.page.set_viewport_size({"width": width, "height": height})
        for state in ("cover", "middle", "last", "card"):
            show(reader, state)
            found[width, state] = violations(reader, CHANGING, rules=COLOURLESS)
    assert reader.evaluate("document.documentElement.lang") == language
    assert {where: faults for where, faults in found.items() if faults} == {}


@pytest.mark.parametrize("key", ["Enter", "click"])
def test_a_place_card_opens_and_gives_focus_back(open_page, key):
    """A name in the text opens the card; Esc closes it and returns to the name."""
    reader = open_page(after="#founding")
    name = "#founding .sm-place[data-place=zilina]"
    if key == "click":
        reader.page.click(name)
    else:
        reader.page.focus(name)
        reader.page.keyboard.press(key)
    reader.wait("!document.getElementById('sm-card').hidden")
    assert "Sillein" in reader.page.inner_text("#sm-card")
    reader.page.keyboard.press("Escape")
    assert reader.evaluate("document.getElementById('sm-card').hidden")
    assert reader.evaluate("document.activeElement.dataset.place") == "zilina"


def test_a_mark_on_the_map_opens_its_card(open_page):
    """A click on the step's place shows what is known of it."""
    reader = open_page(after="#founding")
    reader.page.click("#sm-map [data-place=zilina]")
    reader.wait("!document.getElementById('sm-card').hidden")
    assert "Sillein" in reader.page.inner_text("#sm-card")


def test_each_step_is_announced_once(open_page):
    """One polite sentence names number, title and date."""
    reader = open_page()
    reader.evaluate("window.storymap.goTo('founding')")
    reader.wait("document.getElementById('sm-live').textContent.includes('1 May 1923')")
    text = reader.page.inner_text("#sm-live")
    assert text.startswith("Step ")


def test_a_place_is_found_under_any_of_its_names(open_page):
    """Search knows other languages and the spelling of the source, with or without accents."""
    reader = open_page()
    reader.page.click("#sm-search-button")
    for query in ["Ershovsk", "Ершов", "Zilina", "sillein", "Фрунзе"]:
        reader.page.fill("#sm-query", query)
        reader.wait("document.querySelectorAll('#sm-results button').length > 0")


def test_the_contents_list_every_step(open_page, interhelpo):
    """A click on an entry goes there."""
    reader = open_page()
    reader.page.click("#sm-contents-button")
    assert reader.page.locator("#sm-contents [data-step]").count() == len(interhelpo.events)
    reader.page.click("#sm-contents [data-step=arrival]")
    reader.wait("window.storymap.state().step === 'arrival'")


def test_nothing_moves_when_motion_is_reduced(open_page):
    """The map cuts to the step instead of flying."""
    reader = open_page()
    moved = reader.evaluate(
        """() => {
            const map = window[JSON.parse(
                document.getElementById('storymap-data').textContent).map]
            window.storymap.goTo('arrival')
            const at = map.getCenter()
            return new Promise(done => setTimeout(() => done(
                Math.abs(map.getCenter().lng - at.lng)), 400))
        }"""
    )
    assert moved < 0.01


def test_the_page_reads_in_full_without_scripts(open_page, interhelpo):
    """Every title, every place and every source is there, and no dead button."""
    reader = open_page(java_script_enabled=False)
    text = reader.page.inner_text("body")
    for event in interhelpo.events:
        assert event.title in text
    for source in interhelpo.sources:
        assert source.title in text
    assert reader.page.locator("button:visible").count() == 0


@pytest.mark.parametrize("size", [(320, 640), (1440, 900)], ids=["narrow", "wide"])
def test_the_page_never_scrolls_sideways(open_page, size):
    """At 320 px, which is 400 % zoom of 1280, text reflows."""
    reader = open_page(after="#membership", size=size)
    assert reader.evaluate("document.documentElement.scrollWidth") <= size[0]


SMALL = """(least) => {
    const targets = [...document.querySelectorAll(
        'a[href], button, summary, input, [role=button], [tabindex="0"]')]
        .filter(each => each.checkVisibility({ visibilityProperty: true }))
        .map(each => ({ each, box: each.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1)
    const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2]
    const near = (one, other) => {
        const [x, y] = middle(one), [x1, y1] = middle(other)
        const dx = Math.max(other.left - x, 0, x - other.right)
        const dy = Math.max(other.top - y, 0, y - other.bottom)
        const small = Math.min(other.width, other.height) < least
        return Math.hypot(dx, dy) < least / 2 || small && Math.hypot(x - x1, y - y1) < least
    }
    const inSentence = (each) => getComputedStyle(each).display === 'inline'
        && [...each.parentElement.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    return targets.filter(({ each, box }) => Math.min(box.width, box.height) < least
            && !inSentence(each) && !each.matches('.sm-event')
            && targets.some(other => other.each !== each && !other.each.contains(each)
                && near(box, other.box)))
        .map(({ each }) => each.id || each.className || each.textContent)
}"""
"""targets that are smaller than so many pixels and have another one near (WCAG 2.2, 2.5.8)

Links within sentences may be as small as their line. Events of the time axis lie as close as
history has them, and the contents list every step once more ("equivalent").
"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_targets_are_large_enough(open_page, size):
    """Everything to click or tap measures 24 px, or has as much room around it."""
    reader = open_page(after="#sister-cooperatives", size=size)
    reader.page.click("#sm-options-button")
    assert reader.evaluate(SMALL, 24) == []
    reader.page.click("#sm-move-button")
    assert reader.evaluate(SMALL, 24) == []


def test_a_finger_finds_the_main_buttons(open_page):
    """On the smallest phone they measure 44 px."""
    reader = open_page(after="#founding", size=(320, 640), has_touch=True)
    reader.page.tap("#sm-options-button")
    reader.page.tap("#sm-move-button")
    boxes = {
        button.get_attribute("id"): button.bounding_box()
        for button in reader.page.locator(
            ".sm-bar button, .sm-controls button, #sm-stepper button"
        ).all()
    }
    assert len(boxes) == 16
    assert [id for id, box in boxes.items() if min(box["width"], box["height"]) < 44] == []


def test_the_story_is_read_by_touch_alone(open_page):
    """Taps and strokes lead from the cover to a card and back, with no mouse and no keys."""
    reader = open_page(size=(390, 844), has_touch=True, is_mobile=True)
    page = reader.page
    page.tap("#sm-start")
    reader.wait("window.storymap.state().step === 'resolution'")
    finger = page.context.new_cdp_session(page)
    for kind, x in (("Start", 330), ("Move", 200), ("Move", 60), ("End", None)):
        points = [] if x is None else [{"x": x, "y": 600}]
        finger.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    reader.wait("window.storymap.state().step === 'marecek'")
    reader.evaluate("window.storymap.goTo('founding')")
    page.tap("#sm-map [data-place=martin]")
    reader.wait("!document.getElementById('sm-card').hidden")
    page.tap("#sm-card-close")
    assert page.is_hidden("#sm-card")
    assert page.is_hidden("#sm-move-button"), "a small map is not covered with buttons"
    page.tap("#sm-options-button")
    page.tap("#sm-move-button")
    page.tap("#sm-right")
    assert page.is_visible("#sm-move")
    page.tap("#sm-contents-button")
    page.tap("#sm-contents [data-step=arrival]")
    reader.wait("window.storymap.state().step === 'arrival'")
    assert "24 April 1925" in page.inner_text("#sm-counter")


def test_the_skip_link_comes_first(open_page):
    """The first Tab reaches it, and Enter leads past the map into the text."""
    reader = open_page()
    reader.page.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.className") == "sm-skip"
    reader.page.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "sm-text"
