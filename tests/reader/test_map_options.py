"""What lies on the map beside the story, and how the page is begun."""

import pytest
from axe import violations
from looking import MAP

DATES = "29 March \N{EN DASH} 24 April 1925"


def label(reader, place):
    """Return what the map calls a place."""
    reader.wait("!document.querySelector('[data-naming]')")
    return reader.page.inner_text(f"#sm-map .sm-mark[data-place={place}] .sm-name")


def lettering(reader):
    """Return the names on the map that are not the story's."""
    reader.wait("!document.querySelector('[data-naming]')")
    return set(
        reader.evaluate(
            "[...document.querySelectorAll('.sm-letters.sm-shown')].map(name => name.textContent)"
        )
    )


def test_only_the_step_s_own_areas_are_filled(open_page):
    """Regions of other steps are outlines, and left out where they are larger than the map."""
    reader = open_page(after="#membership", size=(1440, 900))
    fills = reader.evaluate(
        "[...document.querySelectorAll('#sm-map .sm-area')]"
        ".filter(a => getComputedStyle(a).fill !== 'none').map(a => a.dataset.role)"
    )
    assert set(fills) == {"current"}
    reader.evaluate("storymap.goTo('street')")
    reader.wait("document.querySelector('#sm-map .sm-exceeds')")
    shown = reader.evaluate(
        "[...document.querySelectorAll('#sm-map .sm-area:not([data-role=current])')]"
        ".filter(a => getComputedStyle(a).visibility === 'visible')"
        ".map(a => a.getBoundingClientRect().width)"
    )
    assert all(width <= 1440 for width in shown)


def test_no_route_cuts_through_the_step_s_own_disc(open_page):
    """A place known roughly lies over the journey that ended beside it, and stays whole."""
    reader = open_page(after="#street", size=(1440, 900))
    order = reader.evaluate(
        """() => {
            const paths = [...document.querySelectorAll('#sm-map .leaflet-overlay-pane path')]
            const last = selector => paths.findLastIndex(path => path.matches(selector))
            return [last('.sm-leg'), last('.sm-area-approximate[data-role=current]')]
        }"""
    )
    assert 0 <= order[0] < order[1]


def test_names_of_today_are_a_switch(open_page):
    """The same places under the names that they have now; off again, those of the date."""
    reader = open_page(after="#arrival")
    assert label(reader, "bishkek") == "Pishpek"
    reader.page.click("#sm-options-button")
    reader.page.click("#sm-names-today")
    assert label(reader, "bishkek") == "Bishkek"
    assert reader.page.get_attribute("#sm-names-today", "aria-pressed") == "true"
    reader.evaluate("storymap.goTo('membership')")
    assert label(reader, "bishkek") == "Bishkek"
    assert "Kazakhstan" in lettering(reader)
    reader.page.click("#sm-names-today")
    assert label(reader, "bishkek") == "Frunze"
    assert "Kazakh ASSR" in lettering(reader)
    assert "Kazakhstan" not in lettering(reader)


def test_a_date_without_borders_is_said_to_have_none(open_page):
    """1943 is not drawn, and the map says why; who wants no borders needs no excuse."""
    reader = open_page(after="#end")
    note = reader.page.locator("#sm-undrawn")
    assert note.inner_text() == "No borders are drawn for 1943: we have no data for that date"
    reader.page.click("#sm-options-button")
    reader.page.click("#sm-borders")
    assert not note.is_visible()
    reader.page.click("#sm-borders")
    assert note.is_visible()
    reader.evaluate("storymap.goTo('film')")
    assert not note.is_visible()


SPOTS = {  # by which lines and strokes of a time are known: a box of the map at zoom 7
    "Czechoslovakia": (48.0, 17.8),
    "the Soviet Union": (49.75, 26.2),
    "Kirghizia": (43.13, 73.88),
    "Bukhara": (39.2, 65.4),
}


def ink(reader, lat, lon):
    """Return how much darker than most the darkest pixels at a spot are, of the base map alone."""
    return reader.evaluate(
        f"""([lat, lon]) => {{
            {MAP}.setView([lat, lon], 7, {{ animate: false }})
            const canvas = document.querySelector('.sm-atlas')
            const box = canvas.getBoundingClientRect()
            const map = {MAP}.getContainer().getBoundingClientRect()
            const scale = canvas.width / box.width
            const x = (map.left + map.width / 2 - box.left) * scale
            const y = (map.top + map.height / 2 - box.top) * scale
            const {{ data }} = canvas.getContext('2d').getImageData(x - 30, y - 30, 60, 60)
            const light = []
            for (let at = 0; at < data.length; at += 4)
                light.push(data[at] + data[at + 1] + data[at + 2])
            light.sort((a, b) => a - b)
            return light[light.length >> 1] - light[light.length >> 6]
        }}""",
        [lat, lon],
    )


@pytest.mark.parametrize(
    ("step", "drawn"),
    [
        ("resolution", {"Czechoslovakia", "the Soviet Union", "Bukhara"}),
        ("founding", {"Czechoslovakia", "the Soviet Union", "Bukhara"}),
        ("journey", {"Czechoslovakia", "the Soviet Union", "Kirghizia"}),
        ("end", set()),
        ("film", {"Kirghizia"}),  # a border of today, too
    ],
)
def test_borders_change_with_the_date(open_page, step, drawn):
    """1922, 1923, 1925, 1943 and 2008 have the borders and areas of their time, and no others."""
    reader = open_page(after=f"#{step}", size=(1440, 900))
    there = {name: ink(reader, *spot) for name, spot in SPOTS.items()}
    reader.page.click("#sm-options-button")
    reader.page.click("#sm-borders")
    bare = {name: ink(reader, *spot) for name, spot in SPOTS.items()}
    assert {name for name in SPOTS if there[name] > bare[name] + 15} == drawn
    assert reader.page.is_visible("#sm-undrawn") is False


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "wide"])
def test_the_options_are_open_to_everybody(open_page, size):
    """They work by keyboard, Escape gives the focus back, fingers hit them, and axe is content."""
    reader = open_page(after="#end", size=size)
    reader.page.focus("#sm-options-button")
    reader.page.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "sm-borders"
    heights = reader.evaluate(
        "[...document.querySelectorAll('#sm-options button')].map(b => b.offsetHeight)"
    )
    assert min(heights) >= 44
    assert violations(reader) == []
    reader.page.keyboard.press("Escape")
    assert reader.evaluate("document.activeElement.id") == "sm-options-button"
    assert not reader.page.is_visible("#sm-options")


def journey(reader):
    """Return the lines that tell how far the journey has come."""
    return reader.page.inner_text("#sm-journey").splitlines()


def test_a_journey_counts_its_stations(open_page):
    """With motion it grows station by station; the date is the whole route's, nothing between."""
    reader = open_page(reduced_motion="no-preference")
    assert not reader.page.is_visible("#sm-journey")
    reader.evaluate("storymap.goTo('journey')")
    assert journey(reader) == [DATES, "1 of 30 stations: Žilina"]
    seen = "document.getElementById('sm-journey').textContent"
    reader.wait(f"/ ([2-9]|1\\d) of 30/.test({seen}.replace('1925', '1925 '))")
    reader.wait(f"{seen}.endsWith('30 of 30 stations: Pishpek')")
    reader.page.click("#journey .sm-replay")
    reader.wait(f"{seen}.endsWith('1 of 30 stations: Žilina')")
    reader.evaluate("storymap.goTo('membership')")
    assert not reader.page.is_visible("#sm-journey")


def test_without_motion_a_journey_is_there_at_once(open_page):
    """Reduced motion shows its end, also to those who ask for it again."""
    reader = open_page(after="#journey")
    arrived = [DATES, "30 of 30 stations: Pishpek"]
    assert journey(reader) == arrived
    reader.page.click("#journey .sm-replay")
    assert journey(reader) == arrived


@pytest.mark.parametrize("step", ["journey", "street"])
def test_the_scale_tells_the_truth(open_page, step):
    """The bar is as long as its kilometres are at the middle of the map."""
    reader = open_page(after=f"#{step}", size=(1440, 900))
    said, pixels = reader.evaluate(
        """() => {
            const bar = document.getElementById('sm-scale')
            return [bar.textContent, parseFloat(getComputedStyle(bar, '::after').width)]
        }"""
    )
    metres = reader.evaluate(
        """pixels => {
            const map = Object.values(window).find(each => each instanceof L.Map)
            const middle = map.getSize().divideBy(2)
            const at = x => map.containerPointToLatLng(middle.add([x, 0]))
            return map.distance(at(-pixels / 2), at(pixels / 2))
        }""",
        pixels,
    )
    assert said == f"{round(metres / 1000)} km"


def test_the_inset_shows_where_the_view_is(open_page):
    """Close by and where there is room: the atlas' own land, and a frame round the view."""
    reader = open_page(after="#street", size=(1440, 900))
    reader.wait("document.querySelector('#sm-inset path')?.getBBox().width > 0")
    box = reader.evaluate(
        """() => {
            const [all, view] = ['#sm-inset', '#sm-inset rect'].map(
                each => document.querySelector(each).getBoundingClientRect())
            return [(view.x + view.width / 2 - all.x) / all.width,
                (view.y + view.height / 2 - all.y) / all.height]
        }"""
    )
    west, _, east, _ = reader.evaluate(
        "JSON.parse(document.getElementById('storymap-data').textContent).bounds"
    )
    assert box[0] == pytest.approx((74.6 - west) / (east - west), abs=0.03)
    assert 0 < box[1] < 1
    reader.evaluate("storymap.goTo('journey')")
    assert not reader.page.is_visible("#sm-inset")


def test_there_is_no_inset_without_room(open_page):
    """A small map is small enough."""
    assert not open_page(after="#street", size=(900, 700)).page.is_visible("#sm-inset")


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1440, 900)], ids=lambda s: str(s[0]))
def test_the_cover_s_button_covers_no_text(open_page, size):
    """Start is in sight at once, and over nothing that is to be read."""
    reader = open_page(size=size)
    begin, promise, stepper = reader.evaluate(
        "['.sm-begin', '.sm-promise', '#sm-stepper'].map("
        "each => document.querySelector(each).getBoundingClientRect().toJSON())"
    )
    assert begin["bottom"] <= stepper["top"] or size[0] >= 1000
    assert begin["top"] >= promise["bottom"] or begin["bottom"] <= promise["top"]


@pytest.mark.parametrize("key", ["Space", "PageDown", "ArrowDown"])
def test_keys_scroll_the_text_before_anything_has_focus(open_page, key):
    """The reader need not click into the text first, and sees no outline."""
    reader = open_page(size=(1440, 900))
    assert reader.evaluate("getComputedStyle(document.getElementById('sm-text')).outlineStyle") in (
        "none",
        "",
    )
    reader.page.keyboard.press(key)
    reader.wait("document.getElementById('sm-text').scrollTop > 0")


@pytest.mark.parametrize("size", [(390, 844), (640, 480), (1024, 768)], ids=lambda s: str(s[0]))
def test_nothing_on_the_map_s_edges_meets(open_page, size):
    """Counter, controls, inset, scale, note and attribution keep clear of each other."""
    reader = open_page(after="#end", size=size)
    for step in ("end", "journey"):
        reader.evaluate("step => void storymap.goTo(step)", step)
        meetings = reader.evaluate(
            """() => {
                const parts = [...document.querySelectorAll(
                    '#sm-journey, .sm-controls, #sm-inset, #sm-scale, .sm-corner > *')]
                    .filter(part => part.checkVisibility())
                    .map(part => [part.id || part.className, part.getBoundingClientRect()])
                return parts.flatMap(([a, one], index) => parts.slice(index + 1)
                    .filter(([, other]) =>
                        one.left < other.right && other.left < one.right &&
                        one.top < other.bottom - 1 && other.top < one.bottom - 1)
                    .map(([b]) => `${a} meets ${b}`))
            }"""
        )
        assert meetings == [], step
