from dataclasses import replace
from itertools import pairwise

import pytest

from storymap import map_words, scenes
from storymap.atlas import BORDERS
from storymap.geometry import LatLon
from storymap.map_words import rounded
from storymap.model import (
    Certainty,
    Cover,
    Event,
    Location,
    Name,
    NameKind,
    Place,
    Precision,
    Story,
)

ZILINA = (49.22, 18.74)
PISHPEK = (42.87, 74.59)


def place(id, at, precision=Precision.SETTLEMENT, **more):
    names = (Name(id.title(), "en", NameKind.OFFICIAL),)
    return Place(id, names, Location(precision, at and LatLon(*at), **more))


def told(places, *steps, language="en"):
    """Return what the map shows at steps about places, whose ids are given."""
    events = tuple(
        Event(id=f"step-{n}", title="", text="", when=None, places=ids)
        for n, ids in enumerate(steps)
    )
    story = Story("", language, Cover(""), tuple(places), (), (), events)
    words = map_words.tell(scenes.lay_out(story, language), BORDERS, language)
    return [words[event.id] for event in events]


def ways(*steps):
    return [[shown.way for shown in step.places] for step in steps]


def test_places_are_told_from_the_last_step_and_from_each_other():
    """The first of a step from the one before, the others from the first."""
    places = [place("zilina", ZILINA), place("pishpek", PISHPEK), place("brno", (49.2, 16.61))]
    steps = told(places, ("zilina", "brno"), ("pishpek",), (), ("pishpek", "zilina"))
    assert ways(*steps) == [
        ["", "about 160 km west of Zilina"],
        ["about 4,300 km east of Zilina"],
        [],
        ["the same place as before", "about 4,300 km west of Pishpek"],
    ]
    assert [shown.opens for step in steps for shown in step.places] == [True, *[False] * 4]


@pytest.mark.parametrize(
    ("at", "direction"),
    [
        ((1, 0), "north"),
        ((1, 1), "northeast"),
        ((0, 1), "east"),
        ((-1, 1), "southeast"),
        ((-1, 0), "south"),
        ((-1, -1), "southwest"),
        ((0, -1), "west"),
        ((1, -1), "northwest"),
        ((0.9, 0.39), "northeast"),
        ((0.9, 0.35), "north"),
    ],
)
def test_there_are_eight_directions(at, direction):
    """Each is the middle of its sector."""
    (_, there) = told([place("here", (0, 0)), place("there", at)], ("here",), ("there",))
    assert there.places[0].way.endswith(f" km {direction} of Here")


def test_the_way_is_the_shorter_one_round_the_world():
    """Rotuma lies west of Samoa, across the antimeridian."""
    places = [place("apia", (-13.8, -171.8)), place("rotuma", (-12.5, 177.1))]
    _, step = told(places, ["apia"], ["rotuma"])
    assert step.places[0].way == "about 1,200 km west of Apia"


def test_what_is_not_known_is_not_said():
    """No way to a place that may as well lie in another direction; then it is told from another."""
    places = [
        place("zilina", ZILINA),
        place("region", (49.5, 20.0), Precision.REGION, radius_m=100_000.0),
        place("nowhere", None, Precision.UNLOCATED, reason="lost"),
        place("martin", (49.07, 18.92)),
    ]
    steps = told(places, ["zilina"], ["region"], ["nowhere"], ["martin"])
    assert ways(*steps) == [[""], [""], [], ["about 20 km southeast of Zilina"]]


def test_neighbours_have_no_direction_that_might_as_well_be_the_next():
    """Two towns are known to 2 km each; at 8 km that is more than half a sector."""
    places = [place("here", (0, 0)), place("near", (0.072, 0)), place("far", (0.108, 0))]
    assert ways(*told(places, ["here"], ["near"])) == [[""], [""]]
    assert ways(*told(places, ["here"], ["far"])) == [[""], ["about 10 km north of Here"]]


def test_only_the_first_place_of_a_step_before_is_told_from():
    """The reader may not remember the others."""
    wide = place("wide", (0, 0), Precision.REGION, radius_m=900_000.0)
    places = [wide, place("other", (1, 0)), place("there", (2, 0))]
    assert ways(*told(places, ["wide", "other"], ["there"])) == [["", ""], [""]]


@pytest.mark.parametrize(
    ("metres", "error_m", "said"),
    [
        (4_312_345, 11_000, 4_300_000),
        (193_000, 4_000, 190_000),
        (22_300, 6_000, 20_000),
        (22_300, 4_000, 20_000),
        (2_050_000, 240_000, 2_000_000),
        (860, 40, 850),
        (117, 40, 100),
        (7.4, 0.2, 7),
    ],
)
def test_distances_are_no_more_exact_than_the_places(metres, error_m, said):
    """Two digits at most, and never a step finer than the error."""
    assert rounded(metres, error_m) == said


def test_a_metre_is_said_where_it_is_known():
    """Exact places next to each other are told in metres."""
    exact = Precision.EXACT
    places = [place("gate", (50.0, 14.0), exact), place("well", (50.003, 14.0), exact)]
    _, step = told(places, ["gate"], ["well"])
    assert step.places[0].way == "about 350 m north of Gate"


def test_an_outline_without_extent_is_known_no_better_than_a_point():
    """Its corners may all be one."""

    def spot(id, lat):
        found = place(id, (lat, 0), Precision.REGION)
        outline = (LatLon(lat, 0),) * 4
        return replace(found, location=replace(found.location, polygon=(outline,)))

    steps = told([spot("here", 0), spot("there", 1), spot("too", 1)], ["here"], ["there"], ["too"])
    assert ways(*steps) == [[""], ["about 110 km north of Here"], ["about 110 km north of Here"]]


def test_a_region_is_in_no_one_country():
    """The author's country narrows a point down, not a region."""
    places = [
        replace(place("town", ZILINA), country="SK"),
        replace(place("land", PISHPEK, Precision.REGION, radius_m=1000.0), country="KG"),
        replace(place("camp", PISHPEK), country="XX"),
    ]
    (step,) = told(places, ("town", "land", "camp"))
    assert [shown.country for shown in step.places] == ["Slovakia", "", ""]


def test_a_route_is_told_with_how_sure_it_is(interhelpo):
    """The step that travels says from where to where; later ones, that a route is drawn."""
    words = map_words.tell(scenes.lay_out(interhelpo, "en"), BORDERS, "en")
    route = words["journey"].route
    assert (route.first, route.last) == ("Žilina", "Pishpek")
    assert route.legs == {
        Certainty.DOCUMENTED: 0,
        Certainty.INFERRED: 14,
        Certainty.GUESSED: 15,
    }
    assert words[""].route.legs == route.legs
    assert [(words[id].route, words[id].earlier_routes) for id in ("founding", "arrival")] == [
        (None, 0),
        (None, 1),
    ]


def test_borders_are_told_or_their_lack(interhelpo):
    """Of the time, of today, or none."""
    words = map_words.tell(scenes.lay_out(interhelpo, "en"), BORDERS, "en")
    assert [words[id].borders for id in ("", "film", "end")] == [
        "Borders: those of the time",
        "Borders: those of today",
        "No borders are drawn for 1943: we have no data for that date",
    ]


def test_the_cover_counts_the_places_and_steps_those_before(interhelpo):
    """What stays on the map is told by its number."""
    layout = scenes.lay_out(interhelpo, "en")
    words = map_words.tell(layout, BORDERS, "en")
    assert words[""].story_places == len({i for scene in layout.scenes for i in scene.current})
    for before, after in pairwise(layout.scenes):
        seen = {*before.visited, *before.current} - {*after.current}
        assert words[after.event.id].earlier_places == len(seen)


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("sk", "asi 4\xa0300 km na východ od miesta Zilina"),
        ("cs", "asi 4\xa0300 km na východ od místa Zilina"),
        ("ru", "около 4\xa0300 км к востоку от места «Zilina»"),
        ("ky", "«Zilina» деген жерден чыгышка карай болжол менен 4\xa0300 км"),
        ("eo", "ĉirkaŭ 4\xa0300 km oriente de Zilina"),
    ],
)
def test_every_language_says_it_without_bending_names(language, way):
    """Names stay as they are, numbers are written as the language does."""
    places = [place("zilina", ZILINA), place("pishpek", PISHPEK)]
    _, step = told(places, ["zilina"], ["pishpek"], language=language)
    assert step.places[0].way == way
