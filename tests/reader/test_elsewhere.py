"""Stories elsewhere: across the antimeridian, in a single town, near 70 degrees north."""

from pathlib import Path

import pytest
from looking import MAP, bare, look

STORIES = Path(__file__).parent.parent / "stories" / "good"
SIZES = [(1440, 900), (390, 844)]
WATER = {"pacific": (0.5, 0.9997), "town": (0.05, 0.6), "arctic": (0.15, 0.85)}
"""least and greatest share of water on any of a story's maps"""

ROUTES = f"""() => {{
    const {{ left, top, right, bottom }} = {MAP}.getContainer().getBoundingClientRect()
    return [...document.querySelectorAll('.sm-leg')].map((leg) => leg.getBoundingClientRect())
        .filter(({{ width, height }}) => width || height)
        .map((leg) => leg.left >= left && leg.top >= top &&
            leg.right <= right && leg.bottom <= bottom)
}}"""

CURRENT = f"""async () => {{
    while (document.querySelector('[data-naming]')) await new Promise(requestAnimationFrame)
    const map = {MAP}.getContainer().getBoundingClientRect()
    const inside = ({{ left, top, right, bottom }}) => left >= map.left && top >= map.top &&
        right <= map.right && bottom <= map.bottom
    const seen = (element, mark) => {{
        const {{ left, top, width, height }} = element.getBoundingClientRect()
        const hit = document.elementFromPoint(left + width / 2, top + height / 2)
        return mark.contains(hit) || hit?.closest('.sm-mark, .sm-area')
    }}
    return [...document.querySelectorAll('.sm-mark[data-role=current]')].map((mark) => {{
        const label = mark.querySelector('.sm-label.sm-shown')
        const faults = []
        if (!seen(mark, mark)) faults.push('mark hidden')
        if (!label) faults.push('no label')
        else if (!inside(label.getBoundingClientRect())) faults.push('label clipped')
        else if (!seen(label, mark)) faults.push('label hidden')
        return [mark.dataset.place, faults.join()]
    }})
}}"""


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory):
    """A function that gives the path of a story's page."""
    from storymap import pipeline

    built = {}

    def elsewhere(name):
        if name not in built:
            output = tmp_path_factory.mktemp(name)
            built[name] = Path(pipeline.build(STORIES / name, output).page.path)
        return built[name]

    return elsewhere


def scenes(reader):
    """Go through the cover and every step; give the id of each, "" for the cover."""
    for index in range(-1, reader.evaluate("window.storymap.state().count")):
        yield reader.evaluate("index => window.storymap.goTo(index).step ?? ''", index)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("name", WATER)
def test_the_step_s_places_can_be_seen(open_page, elsewhere, name, size):
    """On the cover the whole route is in view, at each step its places and their names are."""
    reader = open_page(elsewhere(name), size=size)
    routes = reader.evaluate(ROUTES)
    assert all(routes)
    assert bool(routes) == (name != "town")
    faults = {
        (step, place): fault
        for step in scenes(reader)
        for place, fault in reader.evaluate(CURRENT)
        if fault
    }
    assert faults == {}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("name", WATER)
def test_no_map_is_blank(open_page, elsewhere, name, size):
    """Each has land and water, and at the corners of what it may show there is no void."""
    reader = open_page(elsewhere(name), size=size)
    bare(reader)
    least, most = WATER[name]
    for step in scenes(reader):
        view = look(reader)
        assert view.void == 0, step
        assert least < view.water < most, step
    for corner in ["NorthWest", "SouthEast"]:
        reader.evaluate(
            f"corner => void {MAP}.setView({MAP}.options.maxBounds[`get${{corner}}`](), "
            f"{MAP}.getZoom(), {{ animate: false }})",
            corner,
        )
        assert look(reader).void == 0, corner
