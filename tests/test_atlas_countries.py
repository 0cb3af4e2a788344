import pytest
import shapely

from storymap.atlas.countries import countries_at, km_between, km_off_shore, km_outside
from storymap.geometry import LatLon

ZILINA = LatLon(49.22315, 18.73941)


def test_places_lie_in_todays_countries():
    """Each position gets its country, a position at sea none."""
    bishkek, moscow, black_sea = LatLon(42.87, 74.59), LatLon(55.75, 37.62), LatLon(43, 35)
    assert countries_at([ZILINA, bishkek, moscow, black_sea]) == ("SK", "KG", "RU", "")


def test_the_cosmodrome_on_lease_lies_in_kazakhstan():
    """A lease that Natural Earth draws like a state belongs to the state around it."""
    assert countries_at([LatLon(45.95, 63.3)]) == ("KZ",)


def test_no_positions_lie_nowhere():
    """Nothing asked, nothing answered."""
    assert countries_at([]) == ()


def test_the_distance_to_a_country_is_that_to_its_border():
    """Žilina lies 29 km from Czechia by the border near Makov, and 0 km from its own country."""
    assert km_outside(ZILINA, "CZ") == pytest.approx(29, abs=1)
    assert km_outside(ZILINA, "SK") == 0


def test_a_country_goes_on_beyond_the_antimeridian():
    """A position just west of 180 degrees is near the part of Fiji just east of it."""
    taveuni, beside = LatLon(-16.85, -179.97), LatLon(-16.85, 179.99)
    near_taveuni = km_outside(beside, "FJ")
    assert near_taveuni is not None
    assert near_taveuni < 10 > km_outside(taveuni, "FJ")


def test_what_lies_across_the_antimeridian_is_near():
    """The way is the shorter one, whichever side it is asked from."""
    for lon in (179.9, -179.9):
        across = shapely.Point(-lon, 0)
        assert km_between(LatLon(0, lon), [across]) == pytest.approx(22.2, abs=0.1)


def test_the_coast_is_looked_for_as_far_in_the_north():
    """West of Spitsbergen a degree of longitude is a fifth of one of latitude."""
    assert 40 < km_off_shore(LatLon(78.5, 8.0)) < 80


def test_a_country_that_is_not_known_has_no_border():
    """There is no distance to Czechoslovakia, whose code is gone."""
    assert km_outside(ZILINA, "CS") is None


@pytest.mark.parametrize(
    ("point", "least", "most"),
    [
        (LatLon(49.22, 18.74), 0, 0),
        (LatLon(43, 35), 90, 110),
        (LatLon(-40, -120), 200, 5000),
    ],
    ids=["inland", "black-sea", "pacific"],
)
def test_the_sea_is_measured_from_the_coast(point, least, most):
    """On land the distance is nothing, far out it is at least what was looked at."""
    assert least <= km_off_shore(point) <= most


def test_a_place_that_two_countries_claim_lies_in_either():
    """Whoever says that Crimea is in Ukraine, or in Russia, is not contradicted."""
    assert km_outside(LatLon(45.28, 34.2), "UA") == km_outside(LatLon(45.28, 34.2), "RU") == 0
