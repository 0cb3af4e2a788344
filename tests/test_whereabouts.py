import pytest

from storymap.geometry import LatLon
from storymap.model import Location, Precision
from storymap.whereabouts import coordinates, decimals, precision


def located(precision=Precision.SETTLEMENT, at=(42.8746, 74.5698), **more):
    return Location(precision, LatLon(*at), **more)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Approximate: within about 8 km"),
        ("sk", "Približne: asi do 8 km"),
        ("ru", "Приблизительно: в пределах 8 км"),
    ],
)
def test_a_radius_has_the_units_of_the_language(language, said):
    """Cyrillic has its own kilometres."""
    assert precision(located(Precision.APPROXIMATE, radius_m=8000.0), language) == said


@pytest.mark.parametrize(
    ("radius_m", "distance"),
    [(0.4, "0.4 m"), (350.0, "350 m"), (999.7, "1 km"), (1234.0, "1.23 km"), (20e6, "20,000 km")],
)
def test_a_radius_has_three_digits(radius_m, distance):
    """Metres below a kilometre."""
    said = precision(located(Precision.REGION, radius_m=radius_m), "en")
    assert said == f"A region, within about {distance} of this point"


def test_who_cannot_be_placed_has_a_reason():
    """It is the author's own."""
    nowhere = Location(Precision.UNLOCATED, reason="only its name is known")
    assert precision(nowhere, "en") == "Nobody can place it: only its name is known"
    assert coordinates(nowhere, "en") == ""


@pytest.mark.parametrize(
    ("location", "said"),
    [
        (located(), "42.87° N, 74.57° E"),
        (located(Precision.EXACT), "42.8746° N, 74.5698° E"),
        (located(at=(-33.9, -18.4)), "33.90° S, 18.40° W"),
        (located(Precision.REGION, radius_m=500_000.0), "43° N, 75° E"),
        (located(at=(0.0, -180.0)), "0.00° N, 180.00° W"),
    ],
)
def test_a_position_has_the_decimals_that_it_deserves(location, said):
    """Hundredths of a degree for a settlement, whole ones for a land."""
    assert coordinates(location, "en") == said


def test_a_region_without_a_radius_has_no_decimals():
    """A degree is as well as it can be known."""
    assert decimals(located(Precision.REGION)) == 0
