"""A large gazetteer and a long story, as a reader meets them."""

import csv
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from axe import violations
from looking import MAP

from bench.many import write_story
from storymap import pipeline

PLACES, STEPS = 2000, 80
TWO_LANGUAGES = Path(__file__).parent.parent / "stories" / "good" / "languages"
SIDON = """
- id: sidon
  names:
    - {text: صيدا, language: ar, kind: official}
    - {text: Sidon, language: en, kind: exonym}
  location: {point: [33.56, 35.39], precision: settlement, radius-km: 2, source: GeoNames 268064}
"""
WRITTEN = """() => {
    window.written = []
    const { fillText } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
        written.push(text)
        fillText.call(this, text, ...at)
    }
}"""
"""keeps in `written` what canvases are lettered with"""
OPEN = "!document.getElementById('sm-card').hidden"
FREE = "([x, y]) => !document.elementFromPoint(x, y).closest('.sm-mark')"
"""tells whether no name of a place that steps tell of lies over a spot"""
DRAWN = "document.querySelector('.leaflet-further-pane canvas')"


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """The folder of a story with more places and steps than any page could show at once."""
    return write_story(tmp_path_factory.mktemp("large") / "story", places=PLACES, steps=STEPS)


@pytest.fixture(scope="session")
def page(large, tmp_path_factory):
    """Its page."""
    built = pipeline.build(large, tmp_path_factory.mktemp("output"))
    assert built.problems == ()
    return built.page.path


@pytest.fixture(scope="session")
def rows(large):
    """What its gazetteer says of the places that no step names, by id."""
    with (large / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file) if row["id"].startswith("place-")}


def search(reader, text):
    """Type into the search, and wait for its answer."""
    reader.page.click("#sm-search-button")
    reader.page.fill("#sm-query", text)
    reader.wait("document.querySelector('#sm-results li')")


def look_at(reader, row, zoom):
    """Put a place into the middle of the free part of the map; return where that is."""
    reader.wait(DRAWN)
    return reader.evaluate(
        f"""([lat, lon, zoom]) => {{
            {MAP}.setView([lat, lon], zoom, {{ animate: false }})
            const {{ left, top }} = {MAP}.getContainer().getBoundingClientRect()
            const {{ x, y }} = {MAP}.latLngToContainerPoint([lat, lon])
            return [left + x, top + y]
        }}""",
        [float(row["lat"]), float(row["lon"]), zoom],
    )


def test_a_search_counts_all_and_lists_the_best(open_page, page, rows):
    """Names that begin with the words come first, and the rest is said to be there."""
    reader = open_page(page)
    search(reader, "kara")
    listed = reader.evaluate(
        "[...document.querySelectorAll('#sm-results button')].map(b => b.firstChild.data)"
    )
    beginning = [row for row in rows.values() if row["title"].startswith("Kara")]
    assert len(beginning) > len(listed) == 20
    assert all(name.startswith("Kara") for name in listed)
    last = reader.page.inner_text("#sm-results li:last-child")
    said = re.fullmatch(r"Places found: (\d+); the first (\d+) are shown", last)
    count, shown = map(int, said.groups())
    assert (count >= len(beginning), shown) == (True, 20)
    reader.wait(f"document.getElementById('sm-live').textContent.includes('{count}')")


def test_a_place_is_found_by_its_name_in_another_script(open_page, page, rows):
    """As the gazetteer has it."""
    row = next(row for row in rows.values() if row["variants"])
    reader = open_page(page)
    search(reader, row["variants"].removesuffix("@ru").upper())
    assert row["variants"].removesuffix("@ru") in reader.page.inner_text("#sm-results button")


def test_keys_alone_open_a_place_that_no_step_names(open_page, page, rows):
    """The card tells what the gazetteer says; closed, it gives the focus back to the search."""
    named = [row["title"] for row in rows.values()]
    row = next(r for r in rows.values() if r["description"] and named.count(r["title"]) == 1)
    reader = open_page(page)
    reader.page.focus("#sm-search-button")
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.type(row["title"])
    reader.wait("document.querySelector('#sm-results button')")
    reader.page.keyboard.press("Enter")
    reader.wait(OPEN)
    card = reader.page.inner_text("#sm-card")
    assert card.startswith(row["title"])
    assert row["description"] in card
    assert f"GeoNames {row['geonames']}" in card
    assert "A settlement, shown by a point in it" in card
    assert reader.evaluate("document.activeElement.id") == "sm-card-close"
    reader.page.keyboard.press("Enter")
    reader.wait("document.getElementById('sm-card').hidden")
    assert reader.evaluate("document.activeElement.id") == "sm-search-button"


def test_a_click_on_a_dot_opens_its_place(open_page, page, rows):
    """From near, where it stands alone."""
    reader = open_page(page)
    row = rows["place-5"]
    reader.page.mouse.click(*look_at(reader, row, 12))
    reader.wait(OPEN)
    assert reader.page.inner_text("#sm-card h3") in row["title"] + row["variants"]


def test_a_dot_for_several_places_lists_them(open_page, page, rows):
    """From afar; each of them opens from there, and the focus stays in the card."""
    cells = defaultdict(list)
    for row in rows.values():
        cells[round(float(row["lat"])), round(float(row["lon"]))].append(row)
    reader = open_page(page)
    for cell in sorted(cells.values(), key=len, reverse=True):
        spot = look_at(reader, cell[0], 4)
        reader.wait("!document.querySelector('[data-naming]')")
        if reader.evaluate(FREE, spot):
            break
    reader.page.mouse.click(*spot)
    reader.wait(OPEN)
    assert re.fullmatch(r"Places here: \d+", reader.page.inner_text("#sm-card h3"))
    name = reader.page.inner_text("#sm-card li:first-child a")
    reader.page.click("#sm-card li:first-child a")
    reader.wait(f"document.querySelector('#sm-card h3').textContent === {name!r}")
    assert reader.evaluate("document.getElementById('sm-card').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_results_and_cards(open_page, page, scheme):
    """Neither in the list of what was found, nor in a card made for it."""
    reader = open_page(page, color_scheme=scheme)
    search(reader, "kara")
    for _ in range(2):
        assert violations(reader) == []
        if reader.page.is_visible("#sm-query"):
            reader.page.keyboard.press("Enter")
            reader.wait(OPEN)


def test_without_scripts_their_names_are_listed(open_page, page, rows):
    """And it is said how many there are, and what scripts would do."""
    reader = open_page(page, outcome=None, java_script_enabled=False)
    text = reader.page.inner_text("#sm-further")
    assert "The gazetteer has 2,000 more places, of which the steps do not speak." in text
    assert "Without scripts there are only their names:" in text
    assert len(reader.page.inner_text(".sm-index").split(" · ")) == len(rows)


def test_a_far_step_is_shown_at_its_top(open_page, page):
    """Though what lies between was never laid out."""
    reader = open_page(page, size=(390, 844))
    reader.evaluate("storymap.goTo(70)")
    reader.wait(
        "Math.abs(document.getElementById('step-70').getBoundingClientRect().top"
        " - parseFloat(getComputedStyle(document.getElementById('step-70')).scrollMarginTop)) < 2"
    )
    assert reader.step() == "step-70"


def test_a_link_to_a_step_behind_the_script_opens_there(open_page, page):
    """The script does not wait for it on other pages."""
    html = page.read_text("utf-8")
    assert (
        html.index('id="step-0"')
        < html.index("<script>", html.index("<main"))
        < html.index('id="step-1"')
    )
    reader = open_page(page, after="#step-75")
    assert reader.step() == "step-75"
    reader.wait("document.getElementById('step-75').getBoundingClientRect().top < innerHeight / 2")


def test_scrolling_reaches_steps_behind_the_script(open_page, page):
    """They are watched as soon as they are there."""
    reader = open_page(page, after="#step-40")
    reader.wait("document.readyState === 'complete'")
    reader.page.mouse.move(200, 400)
    for _ in range(8):
        reader.page.mouse.wheel(0, 500)
        reader.page.wait_for_timeout(50)
    reader.wait("storymap.state().index > 40")


def test_the_same_story_makes_the_same_bytes(large, page, tmp_path):
    """Packed places too."""
    again = pipeline.build(large, tmp_path).page.path
    assert again.read_bytes() == page.read_bytes()


def test_dots_are_named_anew_in_another_language(open_page, tmp_path):
    """At once, not only when the map moves."""
    story = tmp_path / "story"
    shutil.copytree(TWO_LANGUAGES, story)
    with (story / "gazetteer.yaml").open("a", encoding="utf-8") as file:
        file.write(SIDON)
    page = pipeline.build(story, tmp_path / "output").page.path
    reader = open_page(page)
    reader.wait(DRAWN)
    reader.evaluate(WRITTEN)
    reader.evaluate(f"() => {{ {MAP}.setView([33.56, 35.39], 9, {{ animate: false }}) }}")
    reader.wait("written.includes('Sidon')")
    reader.evaluate("window.storymap.setLanguage('ar')")
    reader.wait("written.includes('صيدا')")
