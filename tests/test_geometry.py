import math

import pytest

from storymap.geometry import (
    EARTH_RADIUS_M,
    Box,
    LatLon,
    bearing,
    beside,
    box_around,
    circle_box,
    length_m,
    ring_of,
    union,
    winding,
)

ZILINA = LatLon(49.22315, 18.73941)
BISHKEK = LatLon(42.87, 74.59)
FIJI = LatLon(-18.14, 178.44)
SAMOA = LatLon(-13.83, -171.76)


def test_a_geodesic_is_longer_than_the_chord_and_near_the_great_circle():
    """Žilina to Bishkek is the great-circle distance to within the ellipsoid's half per cent."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*ZILINA, *BISHKEK))
    sphere = EARTH_RADIUS_M * math.acos(
        math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon2 - lon1)
    )
    assert length_m([ZILINA, BISHKEK]) == pytest.approx(sphere, rel=0.005)


def test_a_single_point_has_no_length():
    """Fewer than two points make no line."""
    assert length_m([ZILINA]) == 0


def test_a_box_holds_its_points():
    """West and south are the least, east and north the greatest."""
    assert box_around([BISHKEK, ZILINA]) == Box(18.73941, 42.87, 74.59, 49.22315)


def test_a_box_takes_the_shorter_way_round():
    """Fiji and Samoa are framed across the antimeridian, not round the Earth."""
    box = box_around([FIJI, SAMOA])
    assert (box.west, box.east) == (178.44, -171.76)
    assert box.unwrapped().east == pytest.approx(188.24, abs=1e-9)


def test_a_box_around_nothing_is_refused():
    """There is no default place in the world."""
    with pytest.raises(ValueError, match=r"^no box lies around nothing$"):
        box_around([])


def test_boxes_across_the_antimeridian_join():
    """The union of two boxes on either side of 180 degrees stays narrow."""
    joined = union([Box(176, -20, 179, -15), Box(-175, -15, -170, -10)])
    assert joined == Box(176, -20, -170, -10)


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ([Box(19, 41, -169, 82), Box(-9, 36, -6, 42)], Box(-9, 36, -169, 82)),
        ([Box(-100, 0, 100, 10), Box(-20, -5, 120, 5)], Box(-100, -5, 120, 10)),
        ([Box(-180, -90, 180, 90), Box(5, 5, 6, 6)], Box(-180, -90, 180, 90)),
        ([Box(-180, 0, 10, 10), Box(5, 0, -180, 10)], Box(-180, 0, 180, 10)),
        ([Box(170, 0, -100, 10), Box(-170, 0, -160, 10)], Box(170, 0, -100, 10)),
    ],
    ids=["Russia and Portugal", "wide", "the world", "round the Earth", "one within the other"],
)
def test_wide_boxes_join(boxes, expected):
    """The union holds all that its boxes do, however wide they are."""
    assert union(boxes) == union(boxes[::-1]) == expected


def test_a_union_of_no_boxes_is_refused():
    """There is no default box in the world."""
    with pytest.raises(ValueError, match=r"^no box lies around nothing$"):
        union([])


@pytest.mark.parametrize(
    ("center", "radius_m", "expected"),
    [
        (LatLon(90, 10), 111_195, (-180, 89, 180, 90)),
        (LatLon(-89.5, 10), 111_195, (-180, -90, 180, -88.5)),
        (LatLon(0, 10), 20_000_000, (-180, -90, 180, 90)),
        (LatLon(87, 10), 111_195, (10 - 19.1, 86, 10 + 19.1, 88)),
    ],
    ids=["a pole", "near a pole", "everywhere", "beyond the map"],
)
def test_a_circle_near_a_pole_fits_its_box(center, radius_m, expected):
    """It reaches round the Earth where it holds a pole, and its north is never below its south."""
    assert circle_box(center, radius_m) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (LatLon(87, 10), LatLon(89, 10), 0),
        (LatLon(89, 10), LatLon(87, 10), 180),
        (LatLon(90, 10), LatLon(80, 10), 180),
        (LatLon(-86, 0), LatLon(-86, 1), 90),
    ],
)
def test_bearings_hold_near_the_poles(start, end, expected):
    """North and south are told apart where maps end."""
    assert bearing(start, end) == pytest.approx(expected, abs=1e-6)


def test_a_circle_fits_its_box():
    """The box of a circle of 200 km is 400 km high and as wide on the ground."""
    box = circle_box(BISHKEK, 200_000)
    south, north = LatLon(box.south, 74.59), LatLon(box.north, 74.59)
    west, east = LatLon(42.87, box.west), LatLon(42.87, box.east)
    assert length_m([south, north]) == pytest.approx(400_000, rel=0.01)
    assert length_m([west, east]) == pytest.approx(400_000, rel=0.01)


def test_a_ring_is_closed():
    """A box's outline ends where it began."""
    ring = ring_of(Box(1, 2, 3, 4))
    assert ring[0] == ring[-1] == LatLon(2, 1)
    assert len(ring) == 5


@pytest.mark.parametrize(
    ("lon", "other", "expected"), [(-171, 178, 189), (171, -178, -189), (10, 400, 370), (1, 2, 1)]
)
def test_longitudes_continue_those_nearby(lon, other, expected):
    """A longitude goes to that copy of the world on which it is nearest to another."""
    assert beside(lon, other) == expected


def test_a_box_goes_to_its_neighbours():
    """It moves whole, and its east edge never lies west of its west edge."""
    assert Box(-175, -20, -170, -10).beside(178) == Box(185, -20, 190, -10)
    assert Box(177, -20, -177, -10).beside(-170) == Box(-183, -20, -177, -10)
    assert Box(18, 69, 55, 80).beside(19) == Box(18, 69, 55, 80)


def test_an_outline_bends_to_one_side_where_it_is_convex():
    """Clockwise is negative, be it across the antimeridian or at a pole."""
    clockwise = [LatLon(1, 179), LatLon(1, -179), LatLon(0, -179), LatLon(0, 179)]
    assert all(turn < 0 for turn in winding(clockwise))
    assert all(turn > 0 for turn in winding(clockwise[::-1]))
    crossing = [clockwise[i] for i in (0, 2, 1, 3)]
    assert len({turn > 0 for turn in winding(crossing)}) == 2
    assert all(turn <= 0 for turn in winding([LatLon(90, 0), LatLon(90, 9), LatLon(0, 9)]))
