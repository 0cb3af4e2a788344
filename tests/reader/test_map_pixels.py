"""The base map of Interhelpo as it is painted: the sea is sea and the land is land."""

import pytest
from looking import MAP, bare, look

LAND = {  # GeoNames
    "Bishkek": (42.87, 74.59),
    "Žilina": (49.22315, 18.73941),
    "Kraków": (50.06143, 19.93658),
    "Moscow": (55.75222, 37.61556),
    "Orenburg": (51.7727, 55.0988),
}
WATER = {
    "Caspian Sea": (41.8, 50.7),
    "Black Sea": (43.3, 34.0),
    "Sea of Azov": (46.0, 36.5),
    "Baltic Sea": (56.0, 18.5),
    "Lake Balkhash": (46.1, 74.0),
}
PLACES = LAND | WATER
AT_A_GLANCE = "[[38, 14], [60, 80]]"
WATERLINES_SHOWN = (
    "getComputedStyle(document.querySelectorAll('.sm-atlas')[1]).visibility === 'visible'"
)
STEADY = 6
"""looks at a map, a tenth of a second apart, at all of which it is the same"""
PAINTED = "document.querySelector('.sm-atlas').toDataURL()"
AGAIN = f"void {MAP}.setView({MAP}.getCenter(), {MAP}.getZoom(), {{ animate: false }})"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sea_is_sea_and_the_land_is_land(open_page, scheme):
    """Ten places have the colour of what is there, in both schemes."""
    reader = open_page(size=(1440, 900), color_scheme=scheme)
    bare(reader)
    reader.evaluate(f"void {MAP}.fitBounds({AT_A_GLANCE}, {{ animate: false }})")
    wet = dict(zip(PLACES, look(reader, PLACES.values()).wet, strict=True))
    assert wet == {name: name in WATER for name in PLACES}


def test_the_detail_near_a_place_agrees_with_the_overview(open_page):
    """Close to Bishkek, Issyk-Kul is a lake and the town is not in it."""
    reader = open_page(after="#arrival", size=(1440, 900))
    bare(reader)
    reader.evaluate(f"void {MAP}.setView([42.6, 76], 8, {{ animate: false }})")
    assert look(reader, [(42.87, 74.59), (42.45, 77.2), (43.25, 76.95)]).wet == [False, True, False]


def resting(reader):
    """Return the picture once the waterlines are there, which come last, and nothing changes."""
    seen = []
    while len(seen) < STEADY or len(set(seen[-STEADY:])) > 1:
        reader.wait(WATERLINES_SHOWN)
        seen.append(reader.evaluate(PAINTED))
        reader.page.wait_for_timeout(100)
    return seen[-1]


def test_a_map_that_has_come_to_rest_is_painted_as_if_it_never_moved(open_page):
    """Whatever a movement makes useless of what was being painted, the last picture is whole."""
    reader = open_page(after="#founding", size=(1000, 700), reduced_motion="no-preference")
    resting(reader)
    x, y = reader.evaluate("""() => {
        const map = document.getElementById('sm-map').getBoundingClientRect()
        return [map.left + map.width / 2, map.top + map.height / 2]
    }""")

    def drag():
        reader.page.mouse.down()
        reader.page.mouse.move(x - 200, y + 40, steps=8)
        reader.page.mouse.up()
        reader.page.mouse.move(x, y)

    for movements in (
        [drag],
        [lambda: reader.page.mouse.wheel(0, -240), drag],
        [lambda: reader.page.mouse.wheel(0, 300), lambda: reader.page.mouse.wheel(0, 120)],
        [drag, lambda: reader.evaluate("void window.storymap.goTo('film')")],
        [lambda: reader.page.click("#sm-options-button"), lambda: reader.page.click("#sm-borders")],
    ):
        reader.page.mouse.move(x, y)
        for move in movements:
            move()
            reader.page.wait_for_timeout(120)  # in the midst of it
        painted = resting(reader)
        reader.evaluate(AGAIN)
        assert painted == reader.evaluate(PAINTED)
