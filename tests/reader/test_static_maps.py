"""The static maps of Interhelpo: what readers have without scripts and on paper."""

import base64
import math
import re

import pytest
from axe import violations

PLACES = {  # position, whether there is water; GeoNames
    "Bishkek": (42.87, 74.59, False),
    "Žilina": (49.22, 18.74, False),
    "Moscow": (55.75, 37.62, False),
    "Orenburg": (51.77, 55.1, False),
    "Ankara": (39.92, 32.85, False),
    "Caspian Sea": (41.8, 50.7, True),
    "Black Sea": (43.3, 34.0, True),
    "Baltic Sea": (56.0, 18.5, True),
    "Aegean Sea": (38.6, 25.2, True),
    "Lake Balkhash": (46.1, 74.0, True),
}

GROUND = """() => {
    const things = '.sm-static > :not(svg), .sm-static [href^="#sm-s-route"]'
    for (const thing of document.querySelectorAll(things)) thing.remove()
}"""
"""takes marks, names and routes off the maps"""

WET = """async ([png, points]) => {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const brush = new OffscreenCanvas(image.width, image.height).getContext('2d')
    brush.drawImage(image, 0, 0)
    const tokens = getComputedStyle(document.documentElement)
    const blueness = (token) => {
        const rgb = parseInt(tokens.getPropertyValue(token).trim().slice(1), 16)
        return (rgb & 255) - (rgb >> 16)
    }
    const threshold = (blueness('--land') + blueness('--sea')) / 2
    return points.map(([x, y]) => {
        const { data } = brush.getImageData(Math.round(x) - 1, Math.round(y) - 1, 3, 3)
        let wet = 0
        for (let at = 0; at < data.length; at += 4) wet += data[at + 2] - data[at] > threshold
        return wet > 4
    })
}"""
"""tells at which points of a picture most pixels have the colour of water"""

OVERLAPS = """() => [...document.querySelectorAll('.sm-static')].flatMap((map) => {
    const frame = map.getBoundingClientRect()
    const texts = map.querySelectorAll('[class^="sm-s-names"] text, [class^="sm-l-"] text')
    const names = [...texts].map((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect()
        const spare = 0.15 * (bottom - top)  // above and below the letters
        return { text: text.textContent, left, right, top: top + spare, bottom: bottom - spare }
    })
    const apart = (a, b) =>
        a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top
    const inside = (a) => a.left >= frame.left && a.right <= frame.right &&
        a.top >= frame.top && a.bottom <= frame.bottom
    return names.flatMap((a, i) => [
        ...(inside(a) ? [] : [[a.text, 'clipped']]),
        ...names.slice(0, i).filter((b) => !apart(a, b)).map((b) => [a.text, b.text]),
    ])
})"""


def positions(map):
    """Return where the places are on a map, in pixels from its corner."""
    left, top, width, _ = map.locator("> svg").get_attribute("viewBox").split()
    scale = map.bounding_box()["width"] / int(width)
    for lat, lon, _ in PLACES.values():
        y = 0.5 - math.atanh(math.sin(math.radians(lat))) / (2 * math.pi)
        yield (
            ((lon / 360 + 0.5) * 2**18 - int(left)) * scale,
            (y * 2**18 - int(top)) * scale,
        )


def test_each_step_has_its_map_without_scripts(open_page, interhelpo):
    """The cover shows the overview with its key, each step its own map."""
    reader = open_page(java_script_enabled=False)
    shown = reader.page.locator(".sm-static:visible")
    assert shown.count() == 1 + len(interhelpo.events)
    assert reader.page.locator(".sm-key li:visible").count() == 16


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sea_is_sea_and_the_land_is_land(open_page, scheme):
    """Ten places have the colour of what is there, in both schemes, painted without scripts."""
    reader = open_page(java_script_enabled=False, size=(1000, 800), color_scheme=scheme)
    reader.evaluate(GROUND)
    overview = reader.page.locator(".sm-static").first
    points = list(positions(overview))
    png = base64.b64encode(overview.screenshot()).decode()
    wet = open_page(color_scheme=scheme).evaluate(WET, [png, points])
    assert dict(zip(PLACES, wet, strict=True)) == {name: at[2] for name, at in PLACES.items()}


@pytest.mark.parametrize("width", [390, 1000])
def test_no_names_overlap_and_none_is_clipped(open_page, width):
    """However wide its letters are here, each name has its room on its map."""
    reader = open_page(java_script_enabled=False, size=(width, 800))
    assert reader.evaluate(OVERLAPS) == []


def test_the_live_layout_shows_them_on_paper_only(open_page):
    """Where the live map runs the static ones are hidden, but they are printed."""
    reader = open_page(after="#founding")
    maps = reader.page.locator(".sm-static:visible")
    assert maps.count() == 0
    reader.evaluate("void dispatchEvent(new Event('beforeprint'))")
    reader.page.emulate_media(media="print")
    assert maps.count() > 1


def test_they_take_the_place_of_a_map_that_fails(open_page, built_page, tmp_path):
    """Where the live map could not start, the static ones are there."""
    html = built_page.read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(html.replace('"version":1', '"version":99', 1), encoding="utf-8")
    reader = open_page(broken, outcome="failed")
    assert reader.page.locator("#founding .sm-static").is_visible()
    reader.complaints.clear()


def test_axe_finds_nothing_without_scripts(open_page, built_page, tmp_path):
    """The page is as accessible as with scripts, maps included (axe itself needs scripts on)."""
    html = re.sub(r"(?s)<script.*?</script>|</?noscript[^>]*>", "", built_page.read_text("utf-8"))
    scriptless = tmp_path / "scriptless.html"
    scriptless.write_text(html, encoding="utf-8")
    reader = open_page(scriptless, outcome=None)
    assert reader.page.locator(".sm-static:visible").count() > 1
    assert violations(reader) == []
