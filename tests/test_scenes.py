from pathlib import Path

import pytest

from storymap.dates import parse
from storymap.geometry import Box, LatLon
from storymap.model import (
    Camera,
    Certainty,
    Cover,
    Event,
    Location,
    Name,
    NameKind,
    Passage,
    Place,
    Plan,
    Precision,
    Route,
    Stop,
    Story,
)
from storymap.scenes import (
    OVERLAY_ZOOM,
    Kind,
    Label,
    Travel,
    label,
    lay_out,
    names_at,
    today,
)


def name(text, language="en", when=None, kind=NameKind.OFFICIAL):
    return Name(text, language, kind, parse(when) if when else None)


def place(id, *names, at=(50.0, 20.0), precision=Precision.SETTLEMENT, **location):
    point = LatLon(*at) if at else None
    return Place(id, names or (name(id),), Location(precision, point, **location))


def event(id, *places, when=None, **more):
    return Event(id, id.title(), "", parse(when) if when else None, places, **more)


def story(places, events, routes=(), cover_route=""):
    return Story(
        "Test",
        "en",
        Cover("A promise.", cover_route),
        tuple(places),
        tuple(routes),
        (),
        tuple(events),
    )


BISHKEK = place(
    "bishkek",
    name("Pishpek", when="1868/1926"),
    name("Frunze", when="1926/1991"),
    name("Bishkek", when="1991/.."),
    name("Пишпек", "ru", "1868/1926"),
    name("Бишкек", "ky", "1991/.."),
    name("Biškek", "sk", "1991/..", NameKind.EXONYM),
    at=(42.87, 74.59),
)
ZILINA = place(
    "zilina",
    name("Zsolna", "hu", "/1918"),
    name("Žilina", "sk", "1918/.."),
    name("Sillein", "de", kind=NameKind.EXONYM),
    at=(49.22315, 18.73941),
)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("1925-04-24", ("Pishpek",)),
        ("1926", ("Pishpek", "Frunze")),
        ("1932", ("Frunze",)),
        ("2008", ("Bishkek",)),
        ("/1923", ("Pishpek",)),
        ("1925/..", ("Pishpek", "Frunze", "Bishkek")),
        (None, ("Bishkek", "Pishpek", "Frunze")),
    ],
)
def test_a_place_is_called_as_it_was_on_the_date(when, expected):
    """A date that touches several names shows all; without a date today's name goes first."""
    assert names_at(BISHKEK, parse(when) if when else None, "en") == expected


def test_the_readers_language_goes_before_the_official_name():
    """A Slovak reader sees the Slovak exonym where there is one for the date."""
    assert names_at(BISHKEK, parse("2008"), "sk") == ("Biškek",)


def test_official_names_in_latin_script_stand_in_for_a_missing_language():
    """English has no word of its own for Žilina, so the official name of the date serves."""
    assert names_at(ZILINA, parse("1925"), "en") == ("Žilina",)
    assert names_at(ZILINA, parse("1900"), "en") == ("Zsolna",)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        *(("ru", "Мургаб"), ("ky", "Мургаб"), ("en", "Murghob"), ("sk", "Murghob")),
        *(("ar", "مرغاب"), ("ar-Latn", "Murghob"), ("sr-latn", "Murghob"), ("uz-Cyrl", "Мургаб")),
    ],
)
def test_readers_see_official_names_in_their_own_script_first(language, expected):
    """Latin goes before the others for all who read none of them."""
    names = (name("Murghob", "tg-Latn"), name("Мургаб", "tg"), name("مرغاب", "tg-Arab"))
    assert names_at(place("murghob", *names), None, language)[0] == expected


def test_the_readers_own_name_serves_while_a_place_is_called_as_today():
    """One of unknown span is of the name of today, and says nothing of former ones."""
    names = (
        name("Zsolna", "hu", "/1918"),
        name("Žilina", "sk", "1918/.."),
        name("Жилина", "ru", kind=NameKind.EXONYM),
    )
    zilina = place("zilina", *names)
    assert names_at(zilina, parse("1925"), "ru") == ("Жилина",)
    assert names_at(zilina, parse("1900"), "ru") == ("Zsolna",)
    assert today(zilina, "ru") == "Жилина"


def test_a_name_of_unknown_span_serves_only_where_no_dated_one_does():
    """What is known of the date goes before what is not."""
    both = place("kulan", name("Lugovaya", when="1925"), name("Kulan"))
    assert names_at(both, parse("1925-04"), "en") == ("Lugovaya",)
    assert names_at(both, parse("1990"), "en") == ("Kulan",)


def test_the_spelling_of_a_source_is_no_label():
    """Ershovsk can be found, but no map calls the town that."""
    yershov = place("yershov", name("Ershovsk", kind=NameKind.SOURCE), name("Yershov"))
    assert names_at(yershov, parse("1925"), "en") == ("Yershov",)


def test_where_sources_alone_name_a_place_that_is_its_label():
    """Nobody else called it anything, at any date or none."""
    pflug = place("pflug", name("Pflug", kind=NameKind.SOURCE))
    assert names_at(pflug, parse("1925"), "en") == names_at(pflug, None, "en") == ("Pflug",)


def test_a_label_says_what_the_place_is_called_today():
    """Today's name stands beside the old one, not beside itself."""
    assert label(BISHKEK, parse("1932"), "en") == Label("Frunze", "Bishkek")
    assert label(BISHKEK, parse("2008"), "en") == Label("Bishkek", "")
    assert label(BISHKEK, parse("1925/.."), "en") == Label("Pishpek · Frunze · Bishkek", "")


def test_a_place_that_lost_its_name_has_none_today():
    """A former state is called nothing now, and nothing is made up."""
    gone = place("gone", name("Atlantis", when="1900/1950"))
    assert today(gone, "en") == ""


def test_visited_places_are_those_of_earlier_steps():
    """A place is current while a step names it, and visited afterwards."""
    layout = lay_out(
        story(
            [ZILINA, BISHKEK],
            [event("a", "zilina"), event("b", "bishkek", "zilina"), event("c", "bishkek")],
        ),
        "en",
    )
    assert [scene.current for scene in layout.scenes] == [(0,), (1, 0), (1,)]
    assert [scene.visited for scene in layout.scenes] == [(), (), (0,)]


def test_beside_an_undated_step_other_places_carry_todays_name():
    """Only the places that the step names list their former names."""
    layout = lay_out(story([ZILINA, BISHKEK], [event("a", "bishkek"), event("b", "zilina")]), "en")
    bishkek = layout.places[1].labels
    assert [bishkek[scene.labels[1]].text for scene in layout.scenes] == [
        "Bishkek · Pishpek · Frunze",
        "Bishkek",
    ]


def test_a_step_may_have_the_names_of_another_date():
    """The author's `names-at` goes before the step's own date."""
    told = event("film", "bishkek", when="2008", names_at=parse("1921"))
    layout = lay_out(story([BISHKEK], [told]), "en")
    (scene,) = layout.scenes
    assert scene.date == parse("1921")
    assert layout.places[0].labels[scene.labels[0]].text == "Pishpek"


def test_an_unlocated_place_is_laid_out_without_a_position():
    """It is listed, and no camera looks for it."""
    pflug = place("pflug", at=None, precision=Precision.UNLOCATED, reason="nothing is known")
    layout = lay_out(story([ZILINA, pflug], [event("a", "pflug", "zilina")]), "en")
    assert layout.scenes[0].current == (0,)
    assert layout.places[1].at is None


def test_the_camera_frames_uncertainty():
    """A region of 200 km is framed whole."""
    region = place("region", at=(48.7, 44.5), precision=Precision.REGION, radius_m=200_000)
    (scene,) = lay_out(story([region], [event("a", "region")]), "en").scenes
    assert scene.frame.north - scene.frame.south == pytest.approx(3.6, abs=0.05)


def test_a_settlements_own_size_does_not_widen_the_frame():
    """The radius of a town says how large it is, not how uncertain."""
    town = place("town", at=(48.7, 44.5), radius_m=8_000)
    (scene,) = lay_out(story([town], [event("a", "town")]), "en").scenes
    assert scene.frame == Box(44.5, 48.7, 44.5, 48.7)


def test_the_authors_camera_is_kept():
    """What the author wants to frame goes unchanged to the page."""
    camera = Camera(LatLon(48, 20), 5)
    (scene,) = lay_out(story([ZILINA], [event("a", "zilina", camera=camera)]), "en").scenes
    assert scene.camera == camera


def route(*certainties):
    return Route("r", "Route", tuple(Stop(id, c) for id, c in certainties))


def test_a_leg_is_as_sure_as_its_less_sure_end():
    """Only two documented stops make a documented leg."""
    sure, likely, guess = Certainty.DOCUMENTED, Certainty.INFERRED, Certainty.GUESSED
    assert route(("a", sure), ("b", sure), ("c", likely), ("d", guess)).legs() == (
        sure,
        likely,
        guess,
    )


def test_a_route_is_drawn_as_far_as_the_story_has_come():
    """Before its step it is not there, in it it travels, after it it lies behind."""
    sure = Certainty.DOCUMENTED
    way = route(("zilina", sure), ("kiev", sure), ("bishkek", sure))
    layout = lay_out(
        story(
            [ZILINA, place("kiev", at=(50.45, 30.52)), BISHKEK],
            [
                event("before", "zilina"),
                event("leaving", "zilina", passage=Passage("r", 0, 1)),
                event("arriving", "bishkek", passage=Passage("r", 1, 2)),
                event("after", "bishkek"),
            ],
            [way],
        ),
        "en",
    )
    assert [scene.travels for scene in layout.scenes] == [
        (),
        (Travel(0, 0, 1, -1),),
        (Travel(0, 1, 2, 1),),
        (Travel(0, -1, -1, 2),),
    ]
    assert [each.kind for each in layout.places] == [Kind.STORY, Kind.STATION, Kind.STORY]
    assert layout.scenes[1].frame == Box(18.73941, 49.22315, 30.52, 50.45)


def test_who_travels_a_way_again_has_been_where_it_leads():
    """An earlier part of a route, travelled later, takes nothing back."""
    sure = Certainty.DOCUMENTED
    way = route(("zilina", sure), ("bishkek", sure), ("kiev", sure))
    steps = [
        event(id, "zilina", passage=passage)
        for id, passage in (("out", Passage("r", 0, 2)), ("again", Passage("r", 0, 1)))
    ]
    places = [ZILINA, BISHKEK, place("kiev", at=(50.45, 30.52))]
    layout = lay_out(story(places, [*steps, event("home", "zilina")], [way]), "en")
    assert [scene.travels for scene in layout.scenes] == [
        (Travel(0, 0, 2, -1),),
        (Travel(0, 0, 1, 2),),
        (Travel(0, -1, -1, 2),),
    ]


def test_the_cover_shows_the_whole_journey_under_the_names_of_its_time():
    """The overview travels the cover's route to its end."""
    sure = Certainty.DOCUMENTED
    way = Route(
        "r", "Route", (Stop("zilina", sure), Stop("bishkek", sure)), parse("1925-03-29/1925-04-24")
    )
    layout = lay_out(story([ZILINA, BISHKEK], [event("a", "zilina")], [way], "r"), "en")
    assert layout.cover.travels == (Travel(0, -1, -1, 1),)
    bishkek = layout.places[1].labels[layout.cover.labels[1]]
    assert bishkek == Label("Pishpek", "Bishkek")


def test_places_on_both_sides_of_the_antimeridian_lie_side_by_side():
    """Longitudes continue across 180 degrees, so that no line runs round the Earth."""
    fiji, samoa = place("fiji", at=(-18.1, 178.4)), place("samoa", at=(-13.8, -171.8))
    layout = lay_out(story([fiji, samoa], [event("a", "fiji", "samoa")]), "en")
    assert [each.at.lon for each in layout.places] == pytest.approx([178.4, 188.2], abs=1e-9)
    frame = layout.scenes[0].frame
    assert (frame.west, frame.east) == pytest.approx((178.4, 188.2), abs=1e-9)


def test_every_frame_lies_on_the_copy_of_the_world_where_the_places_are():
    """A step that is about one place beyond 180 degrees does not look for it a turn away."""
    fiji, samoa = place("fiji", at=(-18.1, 178.4)), place("samoa", at=(-13.8, -171.8))
    author = Camera(LatLon(-13.8, -171.8), 5)
    events = [event("a", "fiji"), event("b", "samoa", camera=author)]
    scene = lay_out(story([fiji, samoa], events), "en").scenes[1]
    assert scene.frame == pytest.approx((188.2, -13.8, 188.2, -13.8), abs=1e-9)
    assert scene.camera.center == pytest.approx((-13.8, 188.2), abs=1e-9)


def test_an_area_that_reaches_beyond_all_points_stays_beside_them():
    """Its outline is drawn round its own middle, not a turn to the east."""
    box = Box(12.0, 69.0, 55.0, 80.0)
    sea = place("sea", at=(74.5, 33.5), precision=Precision.REGION, box=box)
    town = place("town", at=(69.6, 18.9))
    layout = lay_out(story([town, sea], [event("a", "town", "sea")]), "en")
    (ring,) = layout.places[1].shape
    assert {point.lon for point in ring} == {12.0, 55.0}
    assert layout.scenes[0].frame == box


def test_an_area_across_the_antimeridian_has_no_jump():
    """The corners of a polygon follow each other the short way."""
    corners = tuple(LatLon(*at) for at in [(-20, 177), (-20, -177), (-10, -177), (-20, 177)])
    sea = place("sea", at=(-16, 180), precision=Precision.REGION, polygon=(corners,))
    layout = lay_out(
        story([place("fiji", at=(-18.1, 178.4)), sea], [event("a", "fiji", "sea")]), "en"
    )
    (ring,) = layout.places[1].shape
    assert [point.lon for point in ring] == [177, 183, 183, 177]


def test_an_area_wider_than_half_the_earth_has_no_jump_either():
    """Each corner is beside the one before, not beside the middle."""
    outline = [(60, 0), (60, 100), (60, -160), (70, 100), (60, 0)]
    corners = tuple(LatLon(*at) for at in outline)
    north = place("north", at=(60, 10), precision=Precision.REGION, polygon=(corners,))
    (laid,) = lay_out(story([north], [event("a", "north")]), "en").places
    assert [point.lon for point in laid.shape[0]] == [0, 100, 200, 100, 0]


SPOTS = {"mill": (61.50167, 23.75341), "square": (61.49914, 23.75661)}


@pytest.mark.parametrize(
    ("precision", "zoom"), [(Precision.EXACT, 12.7), (Precision.SETTLEMENT, 6.5)]
)
def test_neighbouring_spots_may_be_shown_as_near_as_parts_them(precision, zoom):
    """330 m apart they need a larger zoom than one of them alone; the cover shows them too."""
    spots = [place(id, at=at, precision=precision) for id, at in SPOTS.items()]
    layout = lay_out(story(spots, [event("a", "mill"), event("b", "square")]), "en")
    assert layout.scenes[0].zoom == zoom
    assert layout.cover.zoom == layout.scenes[0].zoom


def test_a_town_beside_its_spots_keeps_the_map_at_the_scale_of_towns():
    """The largest zoom is that of the least precise place, however near the spots are."""
    spots = [place(id, at=at, precision=Precision.EXACT) for id, at in SPOTS.items()]
    town = place("town", at=(61.49911, 23.78712))
    layout = lay_out(story([*spots, town], [event("a", "town", "mill", "square")]), "en")
    assert layout.scenes[0].zoom == 6.5


def test_a_story_without_a_located_place_still_has_a_map():
    """The whole world is shown when nothing can be placed."""
    nowhere = place("nowhere", at=None, precision=Precision.UNLOCATED)
    layout = lay_out(story([nowhere], [event("a", "nowhere")]), "en")
    assert layout.scenes[0].frame.east - layout.scenes[0].frame.west == 360


def test_the_camera_frames_an_overlay_with_its_place():
    """A plan of a quarter is a map of its own, which may be shown at the scale of streets."""
    corners = (
        LatLon(42.88, 74.55),
        LatLon(42.88, 74.56),
        LatLon(42.87, 74.56),
        LatLon(42.87, 74.55),
    )
    plan = Plan(Path("plan.png"), "The plan", "A plan.", corners, 400, 300)
    layout = lay_out(
        story(
            [BISHKEK, ZILINA],
            [event("one", "bishkek", overlays=(plan,)), event("two", "zilina", overlays=(plan,))],
        ),
        "en",
    )
    one, two = layout.scenes
    assert (one.frame, one.zoom) == (Box(74.55, 42.87, 74.59, 42.88), OVERLAY_ZOOM)
    assert (two.frame, two.zoom) == (Box(18.73941, 49.22315, 18.73941, 49.22315), 6.5)
    assert one.overlays == two.overlays == (0,)
    assert layout.overlays == (plan,)
