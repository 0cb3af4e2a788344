import re
from dataclasses import replace
from html import unescape

import pytest

from storymap import atlas, scenes, static_map
from storymap.dates import parse
from storymap.geometry import Box, LatLon
from storymap.model import (
    Certainty,
    Cover,
    Event,
    Location,
    Name,
    NameKind,
    Passage,
    Place,
    Precision,
    Route,
    Stop,
    Story,
)
from storymap.scenes import Travel
from storymap.static_map.labels import Rect, Tag, place_labels
from storymap.static_map.letters import MOST
from storymap.static_map.routes import lines_of, route_id
from storymap.static_map.view import PLANE, Plane

ROOM = Rect(0, 0, 100, 100)


def place(id, lat, lon, precision=Precision.SETTLEMENT, radius_m=None):
    location = Location(precision, LatLon(lat, lon), radius_m=radius_m)
    return Place(id, (Name(id.title(), "en", NameKind.OFFICIAL),), location)


def event(id, *places, **more):
    return Event(id, id.title(), "Text.", parse("1923"), places, **more)


def laid_out(places, events, routes=()):
    story = Story("Test & more", "en", Cover("A promise."), places, routes, (), events)
    layout = scenes.lay_out(story, "en")
    frames = [scene.frame for scene in layout.scenes]
    return layout, atlas.cover(layout.cover.frame, frames)


def drawn(places, events, routes=()):
    return static_map.draw_all(*laid_out(places, events, routes), "Test & more")


def names(svg):
    """List the texts of a map that are the story's, lines of one name joined."""
    return texts(re.sub('<g class="sm-l-.*?</g>', "", svg))


def texts(svg):
    return [
        unescape(" ".join(re.sub("<.*?>", " ", text).split()))
        for text in re.findall("<text[^>]*>(.*?)</text>", svg)
    ]


def letters(svg):
    """Return the names for orientation on a map by their kind, towns with their side."""
    groups = re.findall('<g class="sm-l-(.*?)">(.*?)</g>', svg)
    return {kind: texts(group) for kind, group in groups}


@pytest.fixture(scope="module")
def project(interhelpo):
    """The layout of the project's own story, its atlas and its static maps."""
    layout = scenes.lay_out(interhelpo, "en")
    base = atlas.cover(layout.cover.frame, [scene.frame for scene in layout.scenes])
    return layout, base, static_map.draw_all(layout, base, interhelpo.title)


# --- the whole ------------------------------------------------------------------------------------


def test_every_step_has_a_map(project, interhelpo):
    """The maps stand under the ids of the steps."""
    _, _, maps = project
    assert list(maps.steps) == [event.id for event in interhelpo.events]


def test_the_maps_are_small(project):
    """All maps and what they share take at most 46 KB of the page, lettering 12 of them."""
    _, _, maps = project
    drawn = "".join((maps.definitions, maps.overview, *maps.steps.values()))
    around = re.findall('<(?:g|path) class="sm-l-.*?(?:</g>|/>)', drawn)
    assert len(drawn.encode()) <= 46_000
    assert len("".join(around).encode()) <= 12_000


def test_what_maps_refer_to_is_there_once(project):
    """Each reference leads to one definition, and each definition is referred to."""
    _, base, maps = project
    defined = re.findall(r' id="([^"]+)"', base.defs + base.relief + maps.definitions)
    text = "".join((maps.definitions, maps.overview, *maps.steps.values()))
    referred = set(re.findall(r'"#([^"]+)"|\(#([^)]+)\)', text))
    referred = {one or other for one, other in referred}
    assert len(defined) == len(set(defined))
    assert referred <= set(defined)
    own = set(re.findall(r' id="([^"]+)"', maps.definitions))
    assert own - referred == {"sm-s-soft", "sm-s-hatch", "sm-s-strokes"}, "which the style uses"


def test_maps_carry_no_style_and_no_id(project):
    """Nothing is styled by attributes, and a map may be in the page any number of times."""
    _, _, maps = project
    for svg in (maps.overview, *maps.steps.values()):
        assert not re.search(r' style=| id=| fill=| stroke=|href="(?!#sm-)', svg)


def test_the_same_layout_gives_the_same_maps(project):
    """Drawing twice gives equal maps."""
    layout, base, maps = project
    assert static_map.draw_all(layout, base, "Interhelpo") == maps


# --- the overview ---------------------------------------------------------------------------------


def test_the_overview_numbers_every_place_in_story_order(project):
    """Numbers count up along the key, which names what is numbered as on the cover."""
    layout, _, maps = project
    located = [i for i, place in enumerate(layout.places) if place.at and place.kind == "story"]
    assert names(maps.overview) == [str(n + 1) for n in range(len(located))]
    ids = [id for id, _ in maps.key]
    assert ids[:3] == ["petrograd", "moscow", "semirechye"]
    assert sorted(ids) == sorted(layout.places[i].place.id for i in located)
    assert dict(maps.key)["bishkek"].text == "Pishpek"


def test_numbers_of_the_overview_do_not_overlap(project):
    """Their discs are apart, and inside the map."""
    _, _, maps = project
    found = re.findall(r'href="#sm-s-badge" x="(\d+)" y="(\d+)"', maps.overview)
    discs = [(int(x), int(y)) for x, y in found]
    for i, (x, y) in enumerate(discs):
        assert 9 <= x <= 391
        assert 9 <= y <= 291
        assert all((x - u) ** 2 + (y - v) ** 2 > 17**2 for u, v in discs[:i])


# --- one map --------------------------------------------------------------------------------------


def test_a_step_names_all_of_its_places(project):
    """However crowded a map is, what the step is about is named, by the date's names."""
    layout, _, maps = project
    for scene in layout.scenes:
        shown = " ".join(names(maps.steps[scene.event.id]))
        for index in scene.current:
            text = layout.places[index].labels[scene.labels[index]].text
            assert text.split(" · ")[0] in shown, scene.event.id


def test_a_place_alone_is_a_mark_and_several_are_numbered():
    """Numbers are those of the list in the step's text."""
    places = (place("one", 50, 20), place("two", 51, 25))
    maps = drawn(places, (event("alone", "one"), event("both", "two", "one")))
    assert 'href="#sm-s-mark"' in maps.steps["alone"]
    assert names(maps.steps["alone"]) == ["One"]
    assert names(maps.steps["both"]) == ["1", "2", "Two", "One"]


def test_neighbours_stand_apart():
    """Of two places whose marks would overlap, one stands off with a line to where it is."""
    places = (place("one", 50, 20), place("two", 50.05, 20.05))
    svg = drawn(places, (event("both", "one", "two"),)).steps["both"]
    (x, y), (u, v) = re.findall(r'href="#sm-s-disc" x="(\d+)" y="(\d+)"', svg)
    assert max(abs(int(x) - int(u)), abs(int(y) - int(v))) >= 24
    assert re.search(r'class="sm-s-lead" d="M\d+ \d+L\d+ \d+"', svg)


@pytest.mark.parametrize("precision", [Precision.APPROXIMATE, Precision.REGION])
def test_an_uncertain_place_is_an_area_and_no_point(precision):
    """A place that is known roughly is drawn as wide as it may be."""
    places = (place("vague", 50, 20, precision, 50_000),)
    svg = drawn(places, (event("there", "vague"),)).steps["there"]
    ((role, radius),) = re.findall(
        rf'class="sm-area sm-area-{precision}" data-role="(\w+)" cx="200" cy="130" r="(\d+)"', svg
    )
    assert role == "current"
    assert int(radius) >= 12
    assert "#sm-s-mark" not in svg
    assert "sm-s-visited" not in svg


def test_places_of_earlier_steps_give_orientation():
    """They are dots with names; those of later steps are not there yet."""
    places = (place("one", 50, 20), place("two", 50.5, 21), place("three", 50.5, 20))
    events = (event("first", "one"), event("second", "two"), event("third", "three"))
    svg = drawn(places, events).steps["second"]
    assert names(svg) == ["Two", "One"]
    assert re.search(r'<g class="sm-s-visited"><path d="M\d+ \d+h0"/>', svg)


def test_a_route_shows_how_far_it_is_travelled_and_how_sure_it_is():
    """Travelled legs lie over a casing, the others are ahead, each in its own kind of line."""
    stops = (Stop("one", Certainty.DOCUMENTED), Stop("two", Certainty.INFERRED))
    stops += (Stop("three", Certainty.GUESSED),)
    places = (place("one", 50, 20), place("two", 51, 25), place("three", 50, 30))
    events = (event("halfway", "one", passage=Passage("way", 0, 1)),)
    maps = drawn(places, events, (Route("way", "The way", stops),))
    assert 'href="#sm-s-route-0-0-1"' in maps.steps["halfway"]
    route = maps.definitions[maps.definitions.index('<g id="sm-s-route-0-0-1">') :]
    lines = re.findall(r'class="sm-leg ([^"]+)"', route.split("</g>")[0])
    assert lines == ["sm-ahead sm-guessed", "sm-casing", "sm-behind sm-inferred"]


def test_what_a_story_leaves_out_of_a_route_is_not_travelled():
    """Of six legs the first was behind, the fourth and the fifth are travelled now."""
    assert route_id(Travel(0, 3, 5, 1)) == "sm-s-route-0-0-1-3-5"
    assert route_id(Travel(0, 0, 2, 5)) == "sm-s-route-0-0-5"
    assert route_id(Travel(1, -1, -1, -1)) == "sm-s-route-1"


def test_stations_are_drawn_on_paper(project):
    """Their squares are lines with a length, however short: others are left out of a PDF."""
    _, _, maps = project
    marks = re.findall(r'class="sm-s-(station|hole)" [^>]*? d="([^"]+)"', maps.definitions)
    assert {kind for kind, _ in marks} == {"station", "hole"}
    assert all(re.fullmatch(r"(M\d+ \d+h1)+", data) for _, data in marks)


def test_a_map_has_the_borders_of_its_date(project):
    """Czechoslovakia of 1923 is under that step, no former state under one of 2008."""
    _, _, maps = project
    sheet = re.compile('href="#sm-s-0([^"]*)"')
    assert sheet.findall(maps.steps["founding"]) == ["-czechoslovakia-soviet-union-khorezm-bukhara"]
    assert sheet.findall(maps.steps["film"]) == ["-today"]
    assert sheet.findall(maps.steps["end"]) == [""]


def test_a_close_view_has_the_finer_detail(project):
    """The street is shown with the detail around it, over the overview; a country without."""
    _, _, maps = project
    level = re.compile(r'href="#sm-s-(\d)')
    assert level.findall(maps.steps["street"]) == ["0", "1"]
    assert level.findall(maps.steps["membership"]) == ["0"]


def test_a_map_stays_where_there_is_an_atlas(project):
    """No view reaches beyond the base map, and each has the map's proportions."""
    _, _, maps = project
    sea = re.search(r'x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/><use', maps.definitions)
    west, north, wide, high = map(int, sea.groups())
    for svg in (maps.overview, *maps.steps.values()):
        outer, inner = re.findall(r'viewBox="([^"]+)"', svg)
        _, _, width, height = map(int, outer.split())
        left, top, across, down = map(int, inner.split())
        assert across / down == pytest.approx(width / height, rel=0.001)
        assert west - 1 <= left
        assert north - 1 <= top
        assert left + across <= west + wide + 1
        assert top + down <= north + high + 1


def test_a_story_across_the_antimeridian_is_in_one_piece():
    """Fiji and Samoa are neighbours on the map, and so is the route between them."""
    stops = (Stop("fiji", Certainty.DOCUMENTED), Stop("samoa", Certainty.DOCUMENTED))
    places = (place("fiji", -18.1, 178.4), place("samoa", -13.8, -171.8))
    events = (event("crossing", "fiji", "samoa", passage=Passage("way", 0, 1)),)
    maps = drawn(places, events, (Route("way", "The way", stops),))
    (x, y), (u, v) = re.findall(r'href="#sm-s-disc" x="(\d+)" y="(\d+)"', maps.steps["crossing"])
    assert 0 < int(x) < int(u) < 400
    assert 0 < int(v) < int(y) < 260
    _, across = re.findall(r'viewBox="\d+ \d+ (\d+) \d+"', maps.steps["crossing"])
    steps = re.search(r'class="sm-leg sm-casing"[^>]*d="M\d+ \d+l(\d+)', maps.definitions)
    assert 0 < int(steps[1]) < int(across)


def test_a_leg_over_the_edges_of_the_map_takes_the_shorter_way():
    """Across the Pacific it leaves the map in the west and comes in from the east, half a turn."""
    spots = {"lisbon": (39, -9), "horn": (-56, -67), "guam": (13, 145), "goa": (15, 74)}
    places = tuple(place(id, *spot) for id, spot in spots.items())
    way = Route("way", "The way", tuple(Stop(id, Certainty.GUESSED) for id in spots))
    layout, _ = laid_out(places, (event("voyage", *spots),), (way,))
    ((_, data),) = lines_of(layout, layout.routes[0], Plane(turns=0))
    lines = [line.split("l")[0] for line in data.split("M")[1:]]
    assert len(lines) == 2
    begins = [round(int(re.match("-?[0-9]+", line)[0]) / PLANE * 360 - 180) for line in lines]
    assert begins == [-9, -67 + 360]
    steps = [re.findall("-?[0-9]+", line.split("l")[1])[::2] for line in data.split("M")[1:]]
    assert max(abs(int(across)) for line in steps for across in line) < PLANE / 2


def test_a_story_without_places_has_maps_all_the_same():
    """They show the base map alone."""
    maps = drawn((), (event("nowhere"),))
    assert names(maps.steps["nowhere"]) == names(maps.overview) == []
    assert maps.key == ()


@pytest.mark.parametrize("lat", [90, -90])
def test_a_story_at_a_pole_has_maps_all_the_same(lat):
    """What Web Mercator cannot show stands at the edge of the map."""
    maps = drawn(
        (place("camp", lat * 0.9, 0), place("pole", lat, 0)), (event("a", "camp", "pole"),)
    )
    assert names(maps.steps["a"]) == ["1", "2", "Camp", "Pole"]


def test_a_region_may_be_the_whole_world():
    """The easiest box to write has a frame and an outline."""
    world = place("world", 0, 0, Precision.REGION)
    world = replace(world, location=replace(world.location, box=Box(-180, -90, 180, 90)))
    layout, base = laid_out((world,), (event("a", "world"),))
    west, _, east, _ = layout.scenes[0].frame
    assert east - west == 360
    assert "sm-area-region" in static_map.draw_all(layout, base, "Test").steps["a"]


def test_titles_and_names_are_escaped():
    """No text of an author becomes markup."""
    odd = replace(place("odd", 50, 20), names=(Name("<b>&", "en", NameKind.OFFICIAL),))
    maps = drawn((odd,), (replace(event("there", "odd"), title="A < B"),))
    assert "<title>Map: Test &amp; more</title>" in maps.overview
    assert "<title>Map: A &lt; B</title>" in maps.steps["there"]
    assert ">&lt;b&gt;&amp;</text>" in maps.steps["there"]


# --- names for orientation ------------------------------------------------------------------------


def test_maps_are_lettered_like_the_live_one(project):
    """States and towns have the names of the date, seas theirs, and the story's are not doubled."""
    _, _, maps = project
    founding, journey = (letters(maps.steps[id]) for id in ("founding", "journey"))
    assert {"Austria", "Hungary"} <= {*founding["state"]}
    assert "Breslau" in founding["town-east"], "which is Wrocław today"
    assert journey["sea"] == ["Black Sea"]
    assert "Constantinople" in journey["town-west"]
    assert not {"Žilina", "Moscow", "Leningrad"} & set().union(*journey.values())


def test_no_map_is_crowded(project):
    """However much there is around, a map has few names of it."""
    _, _, maps = project
    assert max(sum(map(len, letters(svg).values())) for svg in maps.steps.values()) == MOST


def test_a_name_that_yields_covers_no_line():
    """Between a route and nothing it is nothing; a name that stands already is not set again."""
    line = [(x, 50) for x in range(0, 100, 5)]
    tag = Tag(50, 50, (), 20, 10, across=True, yields=True, once="Don")
    assert place_labels([tag], ROOM, [], line) == [None]
    there, again = place_labels([tag, replace(tag, x=20)], ROOM, [], [])
    assert there == Rect(40, 45, 60, 55)
    assert again is None


# --- labels ---------------------------------------------------------------------------------------


def test_labels_take_the_best_free_side():
    """East first, then west; the more important label chooses first."""
    tags = [Tag(50, 50, (5,), 20, 10), Tag(50, 50, (5,), 20, 10)]
    assert place_labels(tags, ROOM, [], []) == [Rect(55, 45, 75, 55), Rect(25, 45, 45, 55)]


def test_labels_keep_off_the_edge_and_off_marks():
    """A label that would be cut goes elsewhere, one that would cover a mark too."""
    (at,) = place_labels([Tag(90, 50, (5,), 20, 10)], ROOM, [Rect(60, 40, 70, 60)], [])
    assert at == Rect(80, 35, 100, 45)


def test_labels_cover_as_few_dots_of_lines_as_they_can():
    """A line to the east makes the west the better side."""
    (at,) = place_labels([Tag(50, 50, (5,), 20, 10)], ROOM, [], [(60, 50), (70, 50)])
    assert at == Rect(25, 45, 45, 55)


@pytest.mark.parametrize(("must", "shown"), [(True, True), (False, False)])
def test_only_a_label_that_must_be_there_covers_a_mark(must, shown):
    """Where marks are everywhere the others are left out."""
    tag = Tag(50, 50, (5,), 20, 10, must=must)
    (at,) = place_labels([tag], ROOM, [ROOM], [])
    assert (at is not None) == shown


def test_an_area_is_named_across_it():
    """The name of an area stands in its middle if it may."""
    (at,) = place_labels([Tag(50, 50, (5,), 20, 10, across=True)], ROOM, [], [])
    assert at == Rect(40, 45, 60, 55)


def test_a_label_goes_farther_off_before_it_is_left_out():
    """Where all near places are taken the next distance is tried."""
    near = Rect(20, 30, 80, 70)
    (at,) = place_labels([Tag(50, 50, (5, 30), 10, 10)], ROOM, [near], [])
    assert at == Rect(80, 45, 90, 55)
