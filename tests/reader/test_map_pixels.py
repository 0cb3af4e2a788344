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
