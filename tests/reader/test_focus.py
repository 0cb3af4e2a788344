"""The page without a mouse: Tab goes everywhere, the eye can follow it, and nothing holds it."""

import pytest

SIZES = [(1440, 900), (768, 1024), (320, 640)]
WATCH = """() => {
    const looksFocused = (element) => [element, ...element.querySelectorAll('*')].some((each) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(each)
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
    })
    const stops = [], faults = []
    const check = (element) => {
        const name = element.id || element.getAttribute('href') || element.className
            || `${element.tagName} in ${element.closest('[id]')?.id}`
        const [box] = element.getClientRects()
        const hit = document.elementFromPoint(
            box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2)
        stops.push(name)
        if (!element.contains(hit)) faults.push(`${name} is hidden by ${hit?.id || hit?.className}`)
        else if (!looksFocused(element)) faults.push(`${name} does not look focused`)
    }
    document.addEventListener('keydown', ({ key }) => {
        const focused = document.activeElement
        if (key === 'Tab' && focused !== document.body) check(focused)
    }, true)
    window.walk = { stops, faults }
}"""
"""what Tab leaves is looked at, for by then the browser has scrolled to it"""

TARGETS = "a[href], button, summary, input, [tabindex='0']"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_focus_is_always_in_sight(open_page, size):
    """Whatever Tab reaches is in the window, not under a bar that sticks, and looks focused."""
    reader = open_page(size=size)
    reader.wait("document.documentElement.classList.contains('sm-whole')")  # nothing moves any more
    reader.evaluate(WATCH)
    reachable = reader.evaluate(
        f"""[...document.querySelectorAll("{TARGETS}")]
            .filter(each => each.checkVisibility({{ visibilityProperty: true }})).length"""
    )
    for _ in range(reachable + 5):
        reader.page.keyboard.press("Tab")
    walk = reader.evaluate("window.walk")
    assert walk["faults"] == []
    assert walk["stops"][0] == "#sm-text"
    assert len(set(walk["stops"])) > 100
    assert "#sm-text" in walk["stops"][1:], "the walk comes round: nothing holds the focus"


def test_a_place_out_of_the_maps_sight_is_brought_into_it(open_page):
    """Where the map is too small for all places of a step, it moves to the one with the focus."""
    reader = open_page(after="#nazdar", size=(640, 480))
    reader.page.focus("#sm-map .leaflet-container")
    reader.page.keyboard.press("Tab")
    reader.wait("document.activeElement.dataset.place === 'zilina'")
    reader.wait(
        """(() => {
            const { left, right } = document.activeElement.getBoundingClientRect()
            const map = document.getElementById('sm-map').getBoundingClientRect()
            return left >= map.left && right <= map.right
        })()"""
    )


def test_letters_are_nobodys_shortcuts(open_page):
    """No key that writes a letter or a sign does anything, wherever the focus is."""
    reader = open_page(after="#founding")
    reader.wait("!document.querySelector('[data-naming]')")
    before = reader.evaluate("document.body.innerText")
    for spot in ("#sm-next", "#sm-zoom-in", "#founding .sm-place"):
        reader.page.focus(spot)
        reader.page.keyboard.type("abcdefghijklmnopqrstuvwxyz0123456789.,/?")
    assert reader.step() == "founding"
    assert reader.evaluate("document.body.innerText") == before


@pytest.mark.parametrize(
    ("button", "panel"),
    [
        ("#sm-contents-button", "#sm-contents"),
        ("#sm-search-button", "#sm-search"),
        ("#sm-options-button", "#sm-options"),
        ("#sm-move-button", "#sm-move"),
    ],
)
def test_escape_closes_what_a_button_opened(open_page, button, panel):
    """Enter opens it and moves the focus in, Escape closes it and gives the focus back."""
    reader = open_page(after="#founding")
    reader.page.focus(button)
    reader.page.keyboard.press("Enter")
    assert reader.page.get_attribute(button, "aria-expanded") == "true"
    assert reader.evaluate(f"document.querySelector('{panel}').contains(document.activeElement)")
    reader.page.keyboard.press("Escape")
    assert reader.page.is_hidden(panel)
    assert reader.page.get_attribute(button, "aria-expanded") == "false"
    assert reader.evaluate(f"document.activeElement.matches('{button}')")


def test_a_jump_moves_the_focus_and_a_step_does_not(open_page):
    """From a list to the heading of the step; with Next the focus stays on Next."""
    reader = open_page()
    reader.page.focus("#sm-next")
    reader.page.keyboard.press("Enter")
    assert reader.step() == "resolution"
    assert reader.evaluate("document.activeElement.id") == "sm-next"
    reader.page.click("#sm-contents-button")
    reader.page.focus("#sm-contents [data-step=arrival]")
    reader.page.keyboard.press("Enter")
    reader.wait("document.activeElement.id === 'sm-h-arrival'")


def test_the_title_names_the_step(open_page):
    """A window or a bookmark can be told from others."""
    reader = open_page()
    assert reader.page.title() == "Interhelpo"
    reader.evaluate("window.storymap.goTo('founding')")
    assert reader.page.title() == "Founded on the first of May · Interhelpo"


def test_the_list_of_steps_opens_at_the_step_that_is_read(open_page):
    """Who chooses just that one goes to its heading all the same."""
    reader = open_page(after="#founding")
    reader.page.focus("#sm-contents-button")
    reader.page.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.dataset.step") == "founding"
    reader.page.keyboard.press("Enter")
    reader.wait("document.activeElement.id === 'sm-h-founding'")


def test_escape_closes_first_what_has_the_focus(open_page):
    """The search over an open card, then the card."""
    reader = open_page(after="#founding")
    reader.page.click("#sm-text #founding a[data-place] >> nth=0")
    reader.wait("document.activeElement.id === 'sm-card-close'")
    reader.page.click("#sm-search-button")
    reader.page.keyboard.press("Escape")
    assert reader.page.is_hidden("#sm-search")
    assert reader.page.is_visible("#sm-card")
    reader.page.keyboard.press("Escape")
    assert reader.page.is_hidden("#sm-card")


def test_the_focus_stays_on_the_map_when_its_place_leaves(open_page):
    """A station is there for its journey only."""
    reader = open_page(after="#journey")
    reader.page.focus(".sm-mark[data-place=kharkiv]")
    reader.evaluate("() => { window.storymap.previous() }")
    assert reader.evaluate("document.activeElement.matches('#sm-map .leaflet-container')")


def test_enter_that_ends_the_writing_of_a_word_chooses_no_place(open_page):
    """As in Chinese, Japanese and Korean; the next one does."""
    reader = open_page()
    reader.page.click("#sm-search-button")
    reader.page.keyboard.type("Kharkiv")
    reader.wait("document.querySelector('#sm-results button')")
    reader.evaluate(
        """() => document.activeElement.dispatchEvent(new KeyboardEvent(
            'keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))"""
    )
    assert reader.evaluate("new Promise(requestAnimationFrame).then(() => true)")
    assert reader.page.is_hidden("#sm-card")
    reader.page.keyboard.press("Enter")
    reader.wait("!document.getElementById('sm-card').hidden")
