from pathlib import Path

import pytest

from storymap import overlays
from storymap.geometry import Box, LatLon
from storymap.model import (
    Cover,
    Drawing,
    Event,
    Feature,
    Figure,
    Location,
    Plan,
    Precision,
    Shape,
    Story,
)


def drawing(*points, name="a"):
    """Return a drawing of one line."""
    line = tuple(LatLon(*point) for point in points)
    return Drawing(Path(name), name, (Feature((Figure(Shape.LINE, (line,)),)),))


def plan(*corners):
    return Plan(Path("plan.png"), "", "", tuple(LatLon(*corner) for corner in corners), 9, 9)


def at(lat, lon, radius_m=None):
    return Location(Precision.SETTLEMENT, LatLon(lat, lon), radius_m=radius_m)


QUARTER = drawing((42.87, 74.55), (42.88, 74.56))
STATE = drawing((39, 69), (43, 80))
ELSEWHERE = drawing((49.2, 18.7), (49.3, 18.8))


def test_an_overlay_of_several_steps_is_there_once():
    """They come in the order in which the story shows them; equal ones are one."""
    events = [
        Event("one", "One", "", None, overlays=(STATE, QUARTER)),
        Event("two", "Two", "", None, overlays=(QUARTER, ELSEWHERE)),
    ]
    story = Story("", "en", Cover(""), (), (), (), tuple(events))
    assert overlays.distinct(story) == (STATE, QUARTER, ELSEWHERE)


@pytest.mark.parametrize(
    ("location", "framed"),
    [
        (at(42.87, 74.59), [Box(74.55, 42.87, 74.56, 42.88), Box(69, 39, 80, 43)]),
        (at(42.6, 74.55), [Box(69, 39, 80, 43)]),
        (at(42.6, 74.55, 40_000), [Box(74.55, 42.87, 74.56, 42.88), Box(69, 39, 80, 43)]),
        (at(48, 16), []),
    ],
    ids=["beside", "around", "in-its-radius", "far"],
)
def test_a_camera_frames_what_belongs_to_the_step_s_places(location, framed):
    """That is what lies on one of them, round it, or nearer than its radius or 5 km."""
    assert overlays.framed([QUARTER, STATE, ELSEWHERE], [location])[: len(framed)] == tuple(framed)
    assert len(overlays.framed([QUARTER, STATE, ELSEWHERE], [location])) == len(framed)


def test_without_a_place_a_camera_frames_everything():
    """Nor does a place that nobody can locate count."""
    nowhere = Location(Precision.UNLOCATED)
    assert len(overlays.framed([QUARTER, ELSEWHERE], [nowhere])) == 2


def test_overlays_lie_beside_the_places_and_in_one_piece():
    """East of the antimeridian a story's longitudes go on beyond 180."""
    across = overlays.moved(drawing((0, 179), (0, -179), (0, -178)), 185)
    assert [point.lon for point in across.points()] == [179, 181, 182]
    west = overlays.moved(plan((1, 179), (1, -179), (0, -179), (0, 179)), -185)
    assert [point.lon for point in west.points()] == [-181, -179, -179, -181]


def test_places_on_the_other_side_of_the_antimeridian_are_near():
    """179.99 east is a walk away from 179.99 west."""
    edge = drawing((0, -179.99), (0.01, -179.98))
    assert overlays.framed([edge], [at(0, 179.99)])
