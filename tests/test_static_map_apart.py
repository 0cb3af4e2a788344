import re

import pytest

from storymap import atlas, scenes, static_map
from storymap.static_map.drawing import HEIGHT, WIDTH
from storymap.static_map.view import plane_of, view_of

GROUND = r'<use href="#(sm-s-\d[^"]*)"/>'
"""what lies under a map"""


@pytest.fixture(scope="module")
def drawn(interhelpo):
    """The layout of the project's own story, its base map, and its maps as they share that."""
    layout = scenes.lay_out(interhelpo, "en")
    base = atlas.cover(layout.cover.frame, [scene.frame for scene in layout.scenes])
    return layout, base, static_map.draw_all(layout, base, interhelpo.title)


@pytest.fixture(scope="module")
def maps(drawn):
    """The same, each on its own ground."""
    layout, base, shared = drawn
    return static_map.apart(shared, layout, base)


def corners(definitions, suffix):
    """Yield the corners of all paths of a ground, in units of the atlas' plane."""
    for scale, left, top, data in re.findall(
        rf'<path id="sm-a-[\w-]+{suffix}" .*?matrix\((\d+) 0 0 \d+ (-?\d+) (-?\d+)\)" d="(.*?)"/>',
        definitions,
    ):
        x = y = 0
        for run in filter(None, data.split("m")):
            steps = [int(number) for number in re.findall(r"-?\d+", run)]
            first = x + steps[0], y + steps[1]
            for across, down in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + across, y + down
                yield x * int(scale) + int(left), y * int(scale) + int(top)
            if run.endswith("z"):
                x, y = first


def test_each_map_refers_to_its_own_ground(maps):
    """It is there, once, and what it is made of is its own or the relief."""
    ids = re.findall(r' id="([^"]+)"', maps.definitions)
    assert len(ids) == len(set(ids))
    for number, svg in enumerate([maps.overview, *maps.steps.values()]):
        (sheet,) = re.findall(GROUND, svg)
        assert sheet.endswith(f"-at-{number}")
        ground = re.findall(rf'<g id="[^"]+-at-{number}".*?</g>(?=<)', maps.definitions)
        used = {*re.findall(r'href="#([^"]+)"', "".join(ground)), sheet}
        assert {id for id in used if not id.endswith(f"-at-{number}")} == {"sm-a-relief"}
        assert used - {"sm-a-relief"} <= {*ids}


def test_a_ground_ends_a_little_way_outside_its_map(drawn, maps):
    """So far that no edge shows, and no further."""
    layout, base, _ = drawn
    for number, scene in enumerate(layout.scenes, 1):
        view = view_of(scene, plane_of(layout, base), base.bounds, WIDTH, HEIGHT)
        across, down = zip(*corners(maps.definitions, f"-at-{number}"), strict=True)
        bleed = 0.05 * view.width
        assert view.left - bleed <= min(across) < view.left
        assert view.top - bleed <= min(down) < view.top
        assert view.left + view.width < max(across) <= view.left + view.width + bleed
        assert view.top + view.height < max(down) <= view.top + view.height + bleed


def test_all_grounds_are_smaller_than_one_for_each_map(drawn, maps):
    """What a PDF holds is a fifth of what it would if each map repeated the whole base map."""
    layout, base, _ = drawn
    own = sum(map(len, re.findall(r' d="(.*?)"', maps.definitions)))
    assert own < 0.2 * len(base.defs) * (1 + len(layout.scenes))


def test_maps_show_the_same(drawn, maps):
    """Names, marks and routes are untouched."""
    shared = drawn[2]
    assert re.sub(GROUND, "", maps.overview) == re.sub(GROUND, "", shared.overview)
    for id, svg in shared.steps.items():
        assert re.sub(GROUND, "", maps.steps[id]) == re.sub(GROUND, "", svg)
