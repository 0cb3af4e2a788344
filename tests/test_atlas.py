import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np
import pytest
import shapely
from shapely.affinity import affine_transform

from storymap import atlas
from storymap.atlas import pack, plane, shapes
from storymap.dates import parse, touches
from storymap.geometry import Box, box_around, center_of

EURASIA = Box(14.1, 41.2, 76.9, 55.8)
BISHKEK = Box(74.5, 42.8, 74.7, 42.95)
PACIFIC = Box(165, -45, -140, 25)
SOUTH_SEAS = Box(165, -45, -140, 0)
ARCTIC = Box(18.5, 69.4, 30.2, 71)

OASES = {"Bukharan PSR", "Khorezm PSR"}
SOVIET = {"Soviet Union", "Turkmen SSR", "Tajik SSR"}

DATA = files("storymap.atlas") / "data"


@cache
def drawn(base: atlas.Atlas, id: str) -> shapely.Geometry:
    """Return the rings or lines of a definition on the plane, in turns."""
    element = re.search(rf'<path id="{id}"[^>]* transform="matrix\((.*?)\)" d="(.*?)"', base.defs)
    assert element
    scale, _, _, _, left, top = map(float, element[1].split())
    turn = plane.TILE * 2**atlas.PLANE_ZOOM
    whole = shapely.geometrycollections(list(subpaths(element[2])))
    return affine_transform(whole, [scale / turn, 0, 0, scale / turn, left / turn, top / turn])


def borders_of(base: atlas.Atlas, period: str) -> shapely.Geometry:
    """Return all lines on the plane that are a border of a period."""
    return shapely.union_all(
        [drawn(base, part.id) for part in base.parts if period in part.periods]
    )


def subpaths(data: str) -> Iterator[shapely.Geometry]:
    """Yield the parts of path data that has only `m`, implied relative lines, and `z`."""
    here = np.zeros(2, int)
    for part in data.split("m")[1:]:
        steps = np.array(re.findall(r"-?\d+", part), int).reshape(-1, 2)
        corners = here + np.cumsum(steps, axis=0)
        closed = part.endswith("z")
        here = corners[0] if closed else corners[-1]
        yield shapely.Polygon(corners) if closed else shapely.LineString(corners)


def holds(rings: shapely.Geometry, lat: float, lon: float) -> bool:
    """Tell whether a position is inside an odd number of rings, as `evenodd` fills them."""
    return bool(shapely.contains(shapely.get_parts(rings), at(lat, lon)).sum() % 2)


def at(lat: float, lon: float) -> shapely.Point:
    """Return a position on the plane."""
    left, top, _, _ = plane.window_of(Box(lon, lat, lon, lat))
    return shapely.Point(left, top)


def test_pack_is_the_one_its_provenance_names() -> None:
    """The pack's hash is the one that was recorded when it was made, and it is small enough."""
    record = json.loads((DATA / "provenance.json").read_text("utf-8"))
    packed = (DATA / record["pack"]["file"]).read_bytes()
    assert hashlib.sha256(packed).hexdigest() == record["pack"]["sha256"]
    assert len(packed) <= 8_000_000
    assert {entry["licence of the files taken"] for entry in record["packages"]} == {
        "public domain (Natural Earth)"
    }


def test_encoding_keeps_shapes() -> None:
    """A layer reads back with the corners, rings and ranks it was made of."""
    hole = [(1.001, 1), (2, 1), (2, 2.5), (1.001, 1)]
    area = shapely.Polygon([(0, 0), (3, 0), (3, 3), (0, 0)], [hole])
    columns = pack.encoded("x", [area, shapely.Polygon([(-90, 0), (-89, 0), (-89, 1)])], [0, 7])
    assert columns["x.steps"].shape == (2, 12)
    assert columns["x.far"].tolist() == [8]
    assert columns["x.jumps"].tolist() == [[-91_001], [-1_000]]
    assert columns["x.lengths"].tolist() == [4, 4, 4]
    assert columns["x.rings"].tolist() == [2, 1]
    assert columns["x.ranks"].tolist() == [0, 7]


@pytest.mark.parametrize("name", ["land", "lakes"])
def test_areas_of_the_pack_stay_valid_when_cut(name) -> None:
    """Whatever is cut from the pack and thinned is valid polygons inside the region."""
    region = shapely.box(*plane.window_of(Box(-10, 30, 60, 72)))
    unit = 2.0**-14
    cut = shapes.areas(pack.layer(name), region, unit)
    assert len(cut) > 100
    assert shapely.is_valid(cut).all()
    assert (shapely.bounds(cut)[:, 0] >= region.bounds[0] / unit - 1e-6).all()


@pytest.mark.parametrize(
    ("place", "lat", "lon", "dry"),
    [
        ("Bishkek", 42.87, 74.59, True),
        ("Žilina", 49.22, 18.74, True),
        ("Moscow", 55.75, 37.62, True),
        ("Volgograd", 48.71, 44.50, True),
        ("Crimea", 45.3, 34.2, True),
        ("Cyprus", 35.0, 33.1, True),
        ("the Caspian Sea", 42.0, 50.5, False),
        ("the Black Sea", 43.3, 34.5, False),
        ("the Baltic Sea", 56.5, 19.0, False),
        ("the Sea of Azov", 46.0, 36.7, False),
        ("the Arabian Sea", 20.0, 64.0, False),
    ],
)
def test_land_is_land_and_sea_is_sea(place, lat, lon, dry) -> None:
    """The land that is drawn holds the places that are on land, and no others."""
    land = drawn(atlas.cover(EURASIA), "sm-a-land")
    assert holds(land, lat, lon) is dry, place


@pytest.mark.parametrize(
    ("lake", "lat", "lon"),
    [("Issyk-Kul", 42.4, 77.2), ("Ladoga", 60.8, 31.5), ("Sevan", 40.35, 45.35)],
)
def test_lakes_are_drawn(lake, lat, lon) -> None:
    """Lakes lie where they are."""
    assert holds(drawn(atlas.cover(EURASIA), "sm-a-lakes"), lat, lon), lake


def test_detail_is_finer_and_only_around_the_places() -> None:
    """Around a place the coast has more corners than in the overview, elsewhere there is none."""
    base = atlas.cover(EURASIA, [Box(39.7, 43.5, 39.8, 43.6)])
    region = drawn(base, "sm-a-region-near")
    assert holds(region, 43.55, 39.75)
    assert not holds(region, 42.87, 74.59)
    around = region.envelope
    overview, near = (
        shapely.get_coordinates(drawn(base, id)) for id in ("sm-a-land", "sm-a-land-near")
    )
    within = shapely.contains(around, shapely.points(overview))
    assert len(near) > 3 * within.sum()
    assert around.buffer(0.002).contains(drawn(base, "sm-a-land-near"))


@pytest.mark.parametrize(("box", "zoom"), [(EURASIA, 6.5), (PACIFIC, 5.5)])
def test_detail_comes_before_the_overview_is_too_coarse(box, zoom) -> None:
    """The wider the story, the coarser its overview, and the sooner the detail."""
    middle = box_around([center_of(box)])
    assert {part.from_zoom for part in atlas.cover(box, [middle]).parts} == {0, zoom}


def test_wide_boxes_get_no_detail() -> None:
    """A box that fills a screen before the detail would be drawn adds nothing."""
    assert atlas.cover(EURASIA, [EURASIA]) == atlas.cover(EURASIA)


def test_bounds_hold_every_proportion_of_a_screen() -> None:
    """Views from 1.1 to 2.2 times as wide as high can frame the story inside the bounds."""
    inner = plane.window_of(EURASIA)
    outer = plane.window_of(atlas.cover(EURASIA).bounds)
    width, height = inner.right - inner.left, inner.bottom - inner.top
    assert outer.bottom - outer.top >= width / 1.1
    assert outer.right - outer.left >= height * 2.2
    assert outer.left < inner.left < inner.right < outer.right
    assert outer.top < inner.top < inner.bottom < outer.bottom


def test_bounds_leave_room_above_and_below_a_tall_story() -> None:
    """There a page has its furniture, on a telephone a fifth of the map."""
    inner, outer = plane.window_of(PACIFIC), plane.window_of(atlas.cover(PACIFIC).bounds)
    height = inner.bottom - inner.top
    assert inner.top - outer.top >= 0.29 * height
    assert outer.bottom - inner.bottom >= 0.29 * height


def test_a_town_is_shown_in_its_surroundings() -> None:
    """A story of one town has a map on which the country around it can be seen."""
    base = atlas.cover(BISHKEK, [BISHKEK])
    west, south, east, north = base.bounds
    assert west < 70
    assert east > 80
    assert south < 40
    assert north > 45
    assert holds(drawn(base, "sm-a-land"), 42.87, 74.59)
    assert holds(drawn(base, "sm-a-lakes"), 42.4, 77.2)


@pytest.mark.parametrize("west", [-180, 179.8])
def test_bounds_lie_round_a_story_on_the_antimeridian(west: float) -> None:
    """They are on the copy of the world that the story is on, whichever edge it touches."""
    box = Box(west, -16.9, west + 0.2, -16.6)
    base = atlas.cover(box, [box])
    assert base.bounds.west < box.west < box.east < base.bounds.east
    assert base.bounds.east - base.bounds.west < 20


def test_the_antimeridian_is_no_edge() -> None:
    """Land that it cuts is whole, and nothing is drawn along it."""
    base = atlas.cover(PACIFIC)
    assert base.bounds.west < 165
    assert base.bounds.east > 220
    chukotka = atlas.cover(Box(170, 62, -168, 69))
    land = drawn(chukotka, "sm-a-land")
    assert holds(land, 66.5, 180.0)
    assert holds(land, 66.5, 181.0)
    seam = shapely.LineString([at(67.5, 180), at(66.3, 180)]).buffer(1e-6)
    outlines = shapely.union_all(shapely.get_exterior_ring(shapely.get_parts(land)))
    assert outlines.intersection(seam).length < 1e-5
    assert holds(drawn(base, "sm-a-land"), -41.0, 175.5)
    assert holds(drawn(base, "sm-a-land"), 19.6, 360 - 155.5)


@pytest.mark.parametrize(
    ("date", "labels"),
    [
        ("1900", set()),
        ("1921", {"Czechoslovakia", *OASES}),
        ("1923-05-01", {"Czechoslovakia", "Soviet Union", *OASES}),
        ("1925-04-24", {"Czechoslovakia", "Soviet Union", "Kara-Kirghiz AO", "Turkmen SSR"}),
        ("1930", {*SOVIET, "Czechoslovakia", "Kirghiz ASSR", "Kazakh ASSR"}),
        ("1939", {*SOVIET, "Kirghiz SSR", "Kazakh SSR"}),
        ("1943", set()),
        ("2008", {""}),
    ],
)
def test_borders_are_those_of_the_date(date, labels) -> None:
    """A date has the borders for which there is a recipe, and no others."""
    valid = [border for border in atlas.cover(EURASIA).borders if touches(border.when, parse(date))]
    assert {border.label for border in valid} == labels


@pytest.mark.parametrize(
    ("period", "lat", "lon"),
    [
        ("czechoslovakia", 48.0, 17.8),  # the Danube below Bratislava
        ("czechoslovakia", 48.1, 24.3),  # the east of Transcarpathia
        ("soviet-union", 49.6, 26.1),  # the Zbruch
        ("soviet-union", 38.87, 46.5),  # the Aras
        ("kirghizia", 42.9, 74.0),  # the Chu west of Pishpek
        ("kazakhia", 51.4, 58.5),  # south of Orsk
        ("turkmenia", 41.3, 57.0),  # south of the Ustyurt
        ("tajikia", 38.5, 68.0),  # west of Dushanbe
    ],
)
def test_borders_run_where_they_ran(period, lat, lon) -> None:
    """Within some 50 km of a place on a border there is a line of it."""
    assert borders_of(atlas.cover(EURASIA), period).distance(at(lat, lon)) < 0.0015


def test_borders_of_a_union_hide_those_inside() -> None:
    """What was inside the Soviet Union is no border of it, and neither is its coast."""
    lines = borders_of(atlas.cover(EURASIA), "soviet-union")
    for inner in ((50.0, 36.3), (42.9, 74.0), (54.5, 61.5), (43.4, 39.9), (46.0, 49.0)):
        assert lines.distance(at(*inner)) > 0.003, inner


def test_a_line_is_drawn_once() -> None:
    """What is a border today and was one before is one line; today's have no gaps for it."""
    base = atlas.cover(EURASIA)
    former = borders_of(base, "czechoslovakia")
    rest = drawn(base, "sm-a-today")
    assert shapely.intersection(rest, former.buffer(1e-5)).length < 0.1 * former.length
    danube = at(48.0, 17.8)
    assert rest.distance(danube) > 0.0015 > borders_of(base, "today").distance(danube)


@pytest.mark.parametrize(
    ("area", "inside", "outside"),
    [
        ("bukhara", [(39.77, 64.42), (38.84, 65.79)], [(39.65, 66.96), (41.38, 60.36)]),
        ("khorezm", [(41.38, 60.1), (41.84, 59.4)], [(39.77, 64.42), (42.46, 59.6)]),
    ],
)
def test_areas_without_a_known_border_are_there(area, inside, outside) -> None:
    """Bukhara and Karshi lay in the one, Khiva in the other; Samarkand and Nukus in neither."""
    shape = drawn(atlas.cover(EURASIA), f"sm-a-{area}")
    assert all(holds(shape, *place) for place in inside)
    assert not any(holds(shape, *place) for place in outside)


def test_a_map_names_only_borders_that_it_shows() -> None:
    """A story of the South Seas knows nothing of Czechoslovakia."""
    assert {border.period for border in atlas.cover(SOUTH_SEAS).borders} == {"today"}


def test_high_latitudes_are_drawn() -> None:
    """Near 70° N there are land and sea, and the map ends before the pole."""
    base = atlas.cover(ARCTIC)
    assert base.bounds.north < 85
    assert holds(drawn(base, "sm-a-land"), 69.97, 23.3)
    assert not holds(drawn(base, "sm-a-land"), 71.5, 22.0)


def test_the_whole_world_is_not_too_much() -> None:
    """A story of the whole world has a map of one turn, and no more."""
    west, south, east, north = atlas.cover(Box(-170, -55, 179, 72)).bounds
    assert east - west == pytest.approx(360)
    assert (south, north) == pytest.approx((-85, 85))


def test_a_page_carries_little() -> None:
    """The base map of a long journey with twenty stops takes 200 kB, its relief 140 kB."""
    stops = [Box(lon, 50 - lon / 12, lon, 50 - lon / 12) for lon in range(15, 77, 3)]
    base = atlas.cover(EURASIA, stops)
    assert len(base.defs) <= 200_000
    assert len(base.relief) <= 140_000


@pytest.mark.parametrize("zoom", pack.RELIEF_ZOOMS)
def test_relief_covers_the_world(zoom) -> None:
    """Every tile of the relief is a WebP picture, or nothing where there is no land."""
    tiles = pack.relief(zoom)
    assert len(tiles) == 4**zoom
    assert {tile[8:12] for tile in tiles} == {b"WEBP", b""}
    for lat, lon, hilly in ((28.0, 85.0, True), (46.5, 9.5, True), (-30.0, -125.0, False)):
        spot = at(lat, lon)
        tile = tiles[int(spot.y * 2**zoom) * 2**zoom + int(spot.x * 2**zoom)]
        assert bool(tile) is hilly


def test_relief_lies_where_the_map_is() -> None:
    """The tiles of a map cross the antimeridian with it and fill its bounds."""
    base = atlas.cover(Box(170, -47, -175, -34))
    across = [int(x) for x in re.findall(r'<image x="(\d+)"', base.relief)]
    size = plane.TILE * 2 ** (atlas.PLANE_ZOOM - 5)
    window = plane.window_of(base.bounds)
    assert min(across) // size == int(window.left * 32)
    assert all(x % size == 0 for x in across)
    assert all(x < window.right * size * 32 for x in across)


def test_the_same_box_gives_the_same_bytes() -> None:
    """The base map depends on nothing but the boxes."""
    first = atlas.cover(BISHKEK, [BISHKEK])
    atlas.base_map._cover.cache_clear()  # noqa: SLF001 - the second answer must not be the first
    assert atlas.cover(BISHKEK, [BISHKEK]) == first


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("1923-05-01", ("czechoslovakia", "soviet-union", "khorezm", "bukhara")),
        ("1925", ("czechoslovakia", "soviet-union", "kirghizia", "turkmenia", "kazakhia")),
        ("1943", ()),
        ("2008", ("today",)),
        (
            "1925/..",
            ("czechoslovakia", "soviet-union", "kirghizia", "turkmenia", "kazakhia", "tajikia"),
        ),
        (None, ("today",)),
    ],
)
def test_a_map_shows_the_borders_of_its_date(when: str | None, expected: tuple[str, ...]) -> None:
    """A date without a recipe has none, one without a date has today's."""
    assert atlas.periods_at(atlas.BORDERS, parse(when) if when else None) == expected
