"""Good stories: each folder of `stories/good` is one, without a problem."""

from pathlib import Path

import pytest

from storymap.model import Certainty, Citation, NameKind, Passage, Precision
from storymap.reading import read_story

GOOD = Path(__file__).parent / "stories" / "good"
CASES = sorted(GOOD.iterdir())


@pytest.fixture(scope="module")
def harbour():
    story, _ = read_story(GOOD / "harbour")
    return story


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_good_story_has_no_problem(case):
    """Not even a warning."""
    story, problems = read_story(case)
    assert problems == ()
    assert story is not None


def test_the_project_s_own_story_has_no_problem():
    """What the page is made of passes the checks that others have to pass."""
    _, problems = read_story(GOOD.parent.parent.parent / "places")
    assert problems == ()


def test_the_head_of_a_story(harbour):
    """Title, cover, authors, terms and colours arrive as written."""
    assert (harbour.title, harbour.language, harbour.languages) == (
        "The harbour clock",
        "en",
        ("en",),
    )
    assert harbour.cover.route == "voyage"
    assert [(author.name, author.role) for author in harbour.authors] == [
        ("Storymap's tests", "text and numbers")
    ]
    assert harbour.licence.name == "CC0 1.0"
    assert harbour.theme == {"accent": "#A02814", "dark-accent": "#FF8466"}


def test_names_keep_their_span_kind_and_source(harbour):
    """Dates stay the author's text beside what they mean."""
    english, turkish, spelling = harbour.place("smyrna").names
    assert (english.text, english.when.edtf) == ("Smyrna", "/1930")
    assert english.citations == (Citation("gazette", "p. 3"),)
    assert (turkish.kind, turkish.note) == (
        NameKind.OFFICIAL,
        "the older form is in use beside it",
    )
    assert (spelling.kind, spelling.when) == (NameKind.SOURCE, None)


@pytest.mark.parametrize(
    ("id", "precision", "point", "radius_m"),
    [
        ("trieste", Precision.SETTLEMENT, (45.64953, 13.77678), 4000),
        ("clock-tower", Precision.EXACT, (38.4189, 27.1287), None),
        ("wreck", Precision.APPROXIMATE, (36.4, 24.4), 40_000),
        ("levant", Precision.REGION, (33.8, 35.8), 400_000),
        ("adriatic", Precision.REGION, (42.75, 16.1), None),
        ("delta", Precision.REGION, (30.85, 31.1), None),
    ],
)
def test_every_place_has_a_point_at_its_own_precision(harbour, id, precision, point, radius_m):
    """An area's is its middle; the numbers agree to a millionth of a degree."""
    location = harbour.place(id).location
    assert location.precision is precision
    assert location.point == pytest.approx(point, abs=1e-6)
    assert location.radius_m == radius_m


def test_areas_keep_their_outline(harbour):
    """A box has four sides in the order of GeoJSON, a polygon a closed ring."""
    assert harbour.place("adriatic").location.box == (12.1, 39.7, 20.1, 45.8)
    (ring,) = harbour.place("delta").location.polygon
    assert (ring[0], ring[-1], len(ring)) == ((30.1, 31.2), (30.1, 31.2), 5)


def test_a_place_that_nobody_can_locate_says_why(harbour):
    """It has no point, not even a guessed one."""
    location = harbour.place("palagrande").location
    assert location.point is None
    assert location.reason == "The logbook alone has this name."


def test_a_route_keeps_the_certainty_of_its_stops(harbour):
    """A leg is as sure as its less sure end."""
    (route,) = harbour.routes
    documented, inferred, guessed = Certainty
    assert route.legs() == (documented, documented, inferred, guessed)
    assert route.stops[1].note == "coal"


def test_steps_travel_the_part_of_a_route_that_they_name(harbour):
    """An end that is not named is that of the route."""
    passages = {event.id: event.passage for event in harbour.events if event.passage}
    assert passages == {
        "departure": Passage("voyage", 0, 1),
        "raising": Passage("voyage", 1, 2),
        "loss": Passage("voyage", 2, 4),
    }


def test_events_come_in_the_order_of_their_numbers(harbour):
    """Their ids are the names of the files, less number and ending."""
    assert [event.id for event in harbour.events] == [
        *("casting", "departure", "raising", "order", "loss", "sale", "song")
    ]


def test_an_event_keeps_its_dates_as_written(harbour):
    """An undated one has none; `names-at` is a date of its own."""
    dates = {event.id: event.when and event.when.edtf for event in harbour.events}
    assert dates["casting"] == "1900~"
    assert dates["loss"] == "1901-05/.."
    assert dates["song"] is None
    assert harbour.events[0].names_at.edtf == "1917"
    assert [event.id for event in harbour.events if event.flashback] == ["order"]


def test_an_event_has_its_text_and_what_goes_with_it(harbour):
    """Markdown without the lines around it, a picture in the folder, numbers as numbers."""
    _, departure, raising, order, *_ = harbour.events
    assert departure.text.startswith("The crate leaves")
    assert departure.text.endswith("* 1 clock")
    (picture,) = departure.media
    assert (picture.asset.name, picture.width_px, picture.height_px) == ("crate", 8, 6)
    assert picture.alt == "A red square, standing for a crate on a quay."
    assert raising.table.rows == (("1901", 24.0), ("1902", 22.5), ("1903", 0.0))
    assert (raising.camera.center, raising.camera.zoom) == ((38.42, 27.13), 9.0)
    assert order.background == "Ports of the time wanted one clock that all could see."


def test_a_dispute_lets_each_source_speak(harbour):
    """In the author's order, none of them marked as right."""
    (dispute,) = harbour.events[2].disputes
    assert dispute.about == "The day of the first bell"
    assert [(said.citation, said.says) for said in dispute.statements] == [
        (Citation("logbook", "sheet 9"), "It rang on 1 May 1901."),
        (Citation("gazette"), "It was silent until **1902**, as [Trieste](place:trieste) heard."),
    ]


def test_a_source_reads_as_csl_has_it(harbour):
    """Names in reading order, dates as EDTF, variables that the page does not show left out."""
    logbook, gazette = harbour.sources
    assert logbook.authors == ("The Aurora's mate",)
    assert logbook.issued == "1901~"
    assert gazette.authors == ("Anna van Beek", "Jan Novák")
    assert gazette.issued == "1903-07-05"
    assert (gazette.container, gazette.publisher) == ("Harbour Gazette", "Quay Press")
