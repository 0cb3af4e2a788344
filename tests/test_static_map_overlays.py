import re
from pathlib import Path

import pytest

import storymap
from storymap import atlas, scenes, static_map
from storymap.static_map.overlays import laid_over
from storymap.static_map.view import plane_of, view_of

GOOD = Path(__file__).parent / "stories" / "good" / "overlays"


@pytest.fixture(scope="module")
def layout():
    return scenes.lay_out(storymap.load(GOOD).model, "en")


@pytest.fixture(scope="module")
def base(layout):
    return atlas.cover(layout.cover.frame, [scene.frame for scene in layout.scenes])


def view(layout, base, scene):
    return view_of(scene, plane_of(layout, base), base.bounds, 400, 260)


def test_a_scene_without_overlays_draws_none(layout, base):
    """Not even a group that holds nothing."""
    scene = layout.scenes[2]
    assert laid_over(layout, scene, view(layout, base, scene)) == ""


def test_a_plan_is_drawn_into_its_corners(layout, base):
    """The matrix takes the picture's corners to where they lie on the map, to half a pixel."""
    scene = layout.scenes[1]
    shown = view(layout, base, scene)
    svg = laid_over(layout, scene, shown)
    match = re.fullmatch(
        r'<g class="sm-s-overlays"><use href="#sm-picture-0" opacity="0.9" '
        r'transform="matrix\((.*)\)"/></g>',
        svg,
    )
    a, b, c, d, e, f = map(float, match[1].split())
    (plan,) = (layout.overlays[i] for i in scene.overlays)
    pixels = [(0, 0), (420, 0), (420, 300), (0, 300)]
    for (x, y), corner in zip(pixels, plan.corners, strict=True):
        assert (a * x + c * y + e, b * x + d * y + f) == pytest.approx(shown.at(corner), abs=0.5)


def test_a_drawing_keeps_its_colours_and_its_order(layout, base):
    """Points come last, on top; what has no colour has the page's."""
    scene = layout.scenes[0]
    svg = laid_over(layout, scene, view(layout, base, scene))
    elements = re.findall(r"<(path|circle) ([^>]*)/>", svg)
    assert [name for name, _ in elements] == ["path"] * 8 + ["circle"] * 3
    styles = [re.sub(r' ?\b(d|cx|cy)="[^"]*" ?', "", written) for _, written in elements]
    assert styles[0] == 'stroke="#b8321a" stroke-width="2.5" fill="#b8321a" fill-opacity="0.12"'
    assert styles[6:] == [
        'stroke="#000033" stroke-width="4" fill="none"',
        'fill="none"',
        'r="6" fill="#1e1b17"',
        'r="3" fill="#1f5a63"',
        'r="3" fill="#1f5a63"',
    ]


def test_the_overlays_of_a_step_are_on_its_map(layout, base):
    """Over the ground and under the marks."""
    svg = static_map.draw_all(layout, base, "Test").steps["both"]
    ground, overlays, mark = (svg.index(part) for part in ("</svg>", "sm-s-overlays", "#sm-s-mark"))
    assert ground < overlays < mark
