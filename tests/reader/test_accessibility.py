"""The page for readers who see, hear or point otherwise."""

import pytest
from axe_playwright_python.sync_playwright import Axe

SIZES = [(320, 640), (768, 1024), (1440, 900)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("after", ["", "#membership", "#film"], ids=["cover", "table", "last"])
def test_axe_finds_nothing(open_page, after, scheme, size):
    """No rule of axe-core is broken, on the cover, at a table and near the end."""
    reader = open_page(after=after, size=size, color_scheme=scheme)
    violations = Axe().run(reader.page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []


def test_axe_finds_nothing_in_an_open_card(open_page):
    """The place card is as accessible as the rest."""
    reader = open_page(after="#founding")
    reader.page.click("#founding .sm-place")
    reader.wait("!document.getElementById('sm-card').hidden")
    violations = Axe().run(reader.page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []


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


def test_targets_are_large_enough(open_page):
    """Every visible button measures 24 px at least.

    The time axis is exempt: its events lie as close as history has them, and the contents list
    every step once more (WCAG 2.2, 2.5.8, "equivalent").
    """
    reader = open_page(after="#founding", size=(390, 844))
    small = reader.evaluate(
        """() => [...document.querySelectorAll('button:not(#sm-time *)')]
            .filter(b => b.checkVisibility())
            .map(b => [b.id || b.className || b.textContent, b.getBoundingClientRect()])
            .filter(([, r]) => r.width < 24 || r.height < 24).map(([name]) => name)"""
    )
    assert small == []


def test_the_skip_link_comes_first(open_page):
    """The first Tab reaches it, and Enter leads past the map into the text."""
    reader = open_page()
    reader.page.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.className") == "sm-skip"
    reader.page.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "sm-text"
