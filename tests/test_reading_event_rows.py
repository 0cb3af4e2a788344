from pathlib import Path

import pytest

from storymap.model import Citation, Passage
from storymap.reading import read_story
from storymap.reading.delimited import read_delimited
from storymap.reading.event_rows import read_event_rows

STORY = Path(__file__).parent / "stories" / "good" / "spreadsheets"


@pytest.fixture(scope="module")
def told():
    story, _ = read_story(STORY)
    return story


def test_rows_are_steps_in_their_order(told):
    """The id comes from the title; cells keep their lines."""
    assert [event.id for event in told.events] == ["the-order-at-last", "the-voyage", "the-plan"]
    order = told.events[0]
    assert order.title == "The order, at last"
    assert order.text == "The clock is ordered.\n\nIt goes to [Smyrna](place:smyrna)."
    assert order.citations == (Citation("gazette"),)


def test_cells_say_what_front_matter_does(told):
    """Several places, a part of a route, a picture, a step back in time."""
    order, voyage, plan = told.events
    assert order.media[0].asset.name == "crate"
    assert voyage.places == ("smyrna", "trieste")
    assert voyage.passage == Passage("voyage", 0, 1)
    assert (plan.flashback, plan.when.edtf) == (True, "1890")


@pytest.mark.parametrize("cell", ["48.5, 45, 5", "48,5; 45; 5", "48,5 45 5"])
def test_a_camera_is_three_numbers(cell):
    """With points or with commas, in one cell."""
    sheet, _ = read_delimited(f'title\tcamera\nA\t"{cell}"\n'.encode(), "a.csv")
    ((_, row, _),), problems = read_event_rows(sheet)
    assert problems == ()
    assert row.data["camera"] == {"center": ["48.5", "45"], "zoom": "5"}
