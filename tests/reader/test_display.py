"""The page as readers set their screens: zoom, larger letters, wider spacing, forced colours."""

import pytest

SPACING = """* {
    line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
} p { margin-bottom: 2em !important }"""
"""what WCAG 2.2, 1.4.12, lets a reader set"""
TWICE = "html { font-size: 34px !important }"
OUTSIDE = """() => {
    const faults = document.documentElement.scrollWidth > innerWidth ? ['the page'] : []
    for (const element of document.querySelectorAll('body *')) {
        if (!element.checkVisibility({ visibilityProperty: true })) continue
        if (element.closest('.leaflet-container, .sm-hidden, .sm-skip, svg, #sm-time')) continue
        const { clipPath, overflowX, overflowY } = getComputedStyle(element)
        if (clipPath !== 'none') continue
        const name = element.id || element.className || element.tagName
        const { left, right } = element.getBoundingClientRect()
        if (left < -1 || right > innerWidth + 1) faults.push(`${name} leaves the window`)
        const hides = /hidden|clip/.test(overflowX + overflowY) && element.matches('p, li, button')
        const { clientWidth, clientHeight, scrollWidth, scrollHeight } = element
        const cut = scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1
        if (hides && cut && name !== 'sm-bar-title') faults.push(`${name} is cut`)
    }
    return faults
}"""
"""the title in the bar may be cut: it is the page's title, and stands on the cover in full"""


@pytest.mark.parametrize("after", ["", "#membership"], ids=["cover", "table"])
@pytest.mark.parametrize(
    ("size", "style"),
    [
        ((640, 400), ""),
        ((320, 200), ""),
        ((320, 640), ""),
        ((1280, 800), TWICE),
        ((768, 1024), TWICE),
        ((390, 844), TWICE),
        ((1280, 800), SPACING),
        ((390, 844), SPACING),
    ],
    ids=[
        *("zoom-200", "zoom-400", "reflow", "letters-wide", "letters-tablet", "letters-phone"),
        *("spacing-wide", "spacing-phone"),
    ],
)
def test_text_grows_without_being_cut(open_page, after, size, style):
    """At 200 and 400 % of zoom, letters twice as large, and with wider spacing."""
    reader = open_page(after=after, size=size, bypass_csp=True)
    if style:
        reader.page.add_style_tag(content=style)
    assert reader.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_what_is_told_by_colour(open_page, scheme):
    """Pins, route, current step, focus, pressed buttons and chart are there, and differ."""
    reader = open_page(after="#journey", forced_colors="active", color_scheme=scheme)
    paint = """(selector, property = 'color', part = null) =>
        getComputedStyle(document.querySelector(selector), part)[property]"""
    look = lambda *of: reader.evaluate(f"(of) => ({paint})(...of)", of)  # noqa: E731
    paper = look("body", "backgroundColor")
    current = look("[data-role=current] .sm-core", "backgroundColor")
    assert current not in {paper, look("[data-role=visited] .sm-core", "backgroundColor")}
    assert look(".sm-leg.sm-behind", "stroke") not in {paper, look(".sm-leg.sm-ahead", "stroke")}
    events = {look(".sm-event[aria-current]"), look(".sm-event:not([aria-current])")}
    assert len(events) == 2
    assert paper not in events
    assert look("#journey", "backgroundColor", "::before") != paper
    assert look("#membership .sm-bar-fill", "fill") != paper
    pressed = look("#sm-borders", "backgroundColor", "::before")
    assert pressed != look("#sm-names-today", "backgroundColor", "::before")
    reader.page.focus("#sm-next")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Shift+Tab")
    assert look("#sm-next", "outlineStyle") == "solid"
    assert look("#sm-next", "outlineColor") != paper


def test_what_hovering_shows_can_be_dismissed(open_page):
    """No content of ours comes by hovering; what is a title is the browser's own to hide."""
    reader = open_page(after="#founding")
    reader.wait("!document.querySelector('[data-naming]')")
    before = reader.evaluate("document.body.innerText")
    for spot in ("#sm-map [data-place=zilina]", ".sm-event", "#founding .sm-place", "#sm-home"):
        reader.page.hover(spot, force=True)
        assert reader.evaluate("document.body.innerText") == before


def test_names_fit_the_narrowest_screen_in_every_language(open_page):
    """The tables of names are no wider than the entries that they stand in."""
    reader = open_page(size=(320, 640))
    wider = {}
    for language in ("en", "sk", "cs", "ru", "ky", "eo"):
        reader.evaluate(f"window.storymap.setLanguage('{language}')")
        wider[language] = reader.evaluate("""() => {
            const entries = [...document.querySelectorAll('.sm-place-entry:has(table)')]
            for (const entry of entries) entry.style.contentVisibility = 'visible'
            return entries.filter((entry) => entry.scrollWidth > entry.clientWidth + 1)
                .map(({ id }) => id)
        }""")
    assert {tag: ids for tag, ids in wider.items() if ids} == {}
