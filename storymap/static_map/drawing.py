"""The maps themselves: the ground, the routes and the places of a scene, and their names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from html import escape
from itertools import groupby

from storymap import chart, lettering
from storymap.atlas import Atlas
from storymap.interface import N_, texts
from storymap.model import Precision
from storymap.scenes import Label, Layout, Scene
from storymap.static_map.ground import grounds, referred_to, sheets, used
from storymap.static_map.labels import Rect, Tag, place_labels, rect
from storymap.static_map.letters import Letters, Spot, spots_of, written
from storymap.static_map.marks import FILLINGS, MARKS, Mark, Role, dots, marks_of
from storymap.static_map.overlays import laid_over
from storymap.static_map.routes import route_dots, route_id, routes
from storymap.static_map.view import View, plane_of, view_of

MAP = N_("Map: %(title)s")
WIDTH = 400
HEIGHT = 260
HEIGHT_OF_OVERVIEW = 300

GAP = 3
"""between a mark and its label, and between labels and the edge of the map"""
FARTHER = 12
"""how much farther off the name of one of the scene's own places may stand"""
AREA_GAP = 40
"""how far from the middle of an area its label may stand"""
SIZE = {Role.CURRENT: 16, Role.VISITED: 13, Role.STATION: 12}
"""of the letters of each role"""
NUMBER_SIZE = 13
DISC, BADGE = 12, 9
"""radius of what a number stands on, in a scene and on the overview"""
BOLD = 1.15
"""how much wider a bold text may be than `chart.em` says"""
LEADING = 1.2
"""from one line of a label to the next, in em"""
RISE = 0.35
"""from the middle of a line down to where its letters stand, in em"""
LINE_CHARS = 22
"""a text longer than this breaks between the names that it is made of"""
CONTEXT = 7
"""how many places besides the scene's own are named"""
BADGE_GAPS = (2, 12, 24, 40, 60)
"""how far from its place a number of the overview may stand, the best first"""

KEPT = 256
"""maps at a time, for a story that is made again and again while it is written"""


@dataclass(frozen=True, slots=True)
class StaticMaps:
    """Every static map of a story."""

    definitions: str
    """what the maps share, to stand behind the atlas among the page's definitions"""
    overview: str
    key: tuple[tuple[str, Label], ...]
    """id and label of each place that the overview numbers, in order"""
    steps: Mapping[str, str]
    """id of an event -> its map"""


def draw_all(layout: Layout, base: Atlas, title: str, language: str = "en") -> StaticMaps:
    """Draw every scene, and an overview called *title* that numbers the places of all of them.

    All is named for readers of *language*, as *layout* is.
    """
    called = texts(language).gettext(MAP)
    key = tuple(dict.fromkeys(index for scene in layout.scenes for index in scene.current))
    letters = lettering.lay_out(layout, base.bounds, language)
    on_ground = _drawing(replace(layout, scenes=()), base, letters)
    overview = on_ground(
        layout.cover, 0, title=called % {"title": title}, height=HEIGHT_OF_OVERVIEW, key=key
    )
    steps = {
        scene.event.id: on_ground(
            replace(scene, event=None), number, title=called % {"title": scene.event.title}
        )
        for number, scene in enumerate(layout.scenes, 1)
        if scene.event
    }
    return StaticMaps(
        definitions=definitions(layout, base, (overview, *steps.values())),
        overview=overview,
        key=tuple(
            (layout.places[i].place.id, layout.places[i].labels[layout.cover.labels[i]])
            for i in key
        ),
        steps=steps,
    )


@lru_cache(maxsize=1)
def _drawing(layout: Layout, base: Atlas, letters: lettering.Lettering) -> Callable[..., str]:
    """Return `_draw` for this ground, of which it remembers what has been drawn on it."""
    nameless = replace(
        layout,
        places=tuple(replace(laid, labels=()) for laid in layout.places),
        cover=_nameless(layout.cover),
        overlays=(),
    )
    spots = replace(letters, names=tuple(replace(name, text="") for name in letters.names))
    bare = _bare_maps(nameless, base, spots)
    return lru_cache(maxsize=KEPT)(partial(_draw, layout, letters, bare))


@lru_cache(maxsize=1)
def _bare_maps(layout: Layout, base: Atlas, letters: lettering.Lettering) -> Callable[..., "_Bare"]:
    """Return `_bare` for this ground, as every language asks for the same."""
    return lru_cache(maxsize=KEPT)(partial(_bare, layout, base, letters))


def _nameless(scene: Scene) -> Scene:
    """Return a scene without what differs between languages."""
    return replace(scene, event=None, labels=(), overlays=())


def definitions(layout: Layout, base: Atlas, maps: Sequence[str]) -> str:
    """Return the SVG that some maps of a layout refer to, besides the atlas itself."""
    plane = plane_of(layout, base)
    everything = (*grounds(layout, base), *routes(layout, plane), *MARKS.items())
    return FILLINGS + referred_to(everything, "".join(maps))


@dataclass(frozen=True, slots=True)
class _Bare:
    """A map on which nothing has been named yet: the same in all languages."""

    view: View
    frame: Rect
    marks: Sequence[Mark]
    route: Sequence[tuple[float, float]]
    """points along its routes"""
    spots: Sequence[Spot]
    """where there is a name for orientation"""
    ground: str
    """SVG of what lies under everything else"""
    areas: str
    """SVG of its areas and dots"""


def _bare(  # noqa: PLR0913, PLR0917 - what is drawn, and how large
    layout: Layout,
    base: Atlas,
    letters: lettering.Lettering,
    scene: Scene,
    number: int,
    width: int,
    height: int,
    key: Sequence[int],
) -> _Bare:
    """Return the map of a scene, the cover being number 0, before it is named."""
    view = view_of(scene, plane_of(layout, base), base.bounds, width, height)
    frame = Rect(0, 0, width, height)
    marks = marks_of(layout, scene, view, frame, key or scene.visited[::-1])
    below = (*sheets(scene, base, view.zoom), *map(route_id, scene.travels))
    return _Bare(
        view=view,
        frame=frame,
        marks=marks,
        route=[dot for dot in route_dots(layout, scene, view) if frame.holds(*dot)],
        spots=spots_of(letters, number, view, frame),
        ground=f'<svg class="sm-z{min(max(round(view.zoom), 3), 10)}" '
        f'viewBox="{view.left} {view.top} {view.width} {view.height}">'
        f"{''.join(map(used, below))}</svg>",
        areas="".join(mark.area for mark in reversed(marks)) + dots(marks),
    )


def _draw(  # noqa: PLR0913 - what is drawn, and how large
    layout: Layout,
    letters: lettering.Lettering,
    bare_map: Callable[..., _Bare],
    scene: Scene,
    number: int,
    *,
    title: str,
    height: int = HEIGHT,
    key: Sequence[int] = (),
) -> str:
    """Return the map of a scene as SVG, the cover being number 0.

    The scene's places have their names, the others as many as find room. A *key*, indexes of
    places, gives these their numbers in it instead, and no place a name.
    """
    bare = bare_map(_nameless(scene), number, WIDTH, height, key)
    around = [Letters(letters.names[spot.name], spot.x, spot.y) for spot in bare.spots]
    names = _key_numbers(bare, key, around) if key else _names(layout, scene, bare, around)
    return (
        f'<svg class="sm-static" viewBox="0 0 {WIDTH} {height}" role="img">'
        f"<title>{escape(title)}</title>"
        f"{bare.ground}{laid_over(layout, scene, bare.view)}{bare.areas}{''.join(names)}</svg>"
    )


def _names(layout: Layout, scene: Scene, bare: _Bare, letters: Sequence[Letters]) -> Iterator[str]:
    """Yield names for orientation, the marks of the scene's own places, and their names."""
    own = [mark for mark in bare.marks if mark.role is Role.CURRENT and not mark.area]
    numbers = {index: n for n, index in enumerate(scene.current, 1)} if scene.current[1:] else {}
    badges = _badges(own, DISC, bare.frame) if numbers else []
    moved = {mark.index: replace(mark, x=x, y=y) for mark, (x, y) in badges}
    marks = [moved.get(mark.index, mark) for mark in bare.marks]
    names = [_Name(mark, _lines(layout, scene, mark, numbers)) for mark in marks]
    placed = place_labels(
        [*(name.tag() for name in names), *(each.tag() for each in letters)],
        bare.frame.grown(-GAP),
        [mark.rect for mark in marks if mark.precision is not Precision.REGION],
        bare.route,
    )
    around = zip(letters, placed[len(names) :], strict=True)
    yield from written([(each, at) for each, at in around if at])
    if numbers:
        yield from _numbered(badges, "disc", numbers)
    else:
        yield from (_symbol("mark", mark.x, mark.y) for mark in own)
    shown = [(name, at) for name, at in zip(names, placed, strict=False) if at]
    shown = shown[: len(scene.current) + CONTEXT]
    for role, named in groupby(shown, key=lambda each: each[0].mark.role):
        yield f'<g class="sm-s-names-{role}">{"".join(name.written(at) for name, at in named)}</g>'


def _key_numbers(bare: _Bare, key: Sequence[int], letters: Sequence[Letters]) -> Iterator[str]:
    """Yield names for orientation, and the numbers of the places in the key beside their marks."""
    points = [(mark.x, mark.y) for mark in bare.marks]
    badges = _badges([mark for mark in bare.marks if mark.index in key], BADGE, bare.frame, points)
    taken = [rect(x, y, 2 * BADGE, 2 * BADGE) for _, (x, y) in badges]
    room = bare.frame.grown(-GAP)
    placed = place_labels([each.tag() for each in letters], room, taken, bare.route)
    yield from written([(each, at) for each, at in zip(letters, placed, strict=True) if at])
    yield from _numbered(badges, "badge", {index: n for n, index in enumerate(key, 1)})


def _badges(
    marks: Sequence[Mark], radius: int, frame: Rect, points: Sequence[tuple[float, float]] = ()
) -> list[tuple[Mark, tuple[float, float]]]:
    """Return where the number of each mark stands: on it, or where it covers no other number.

    Numbers cover as few of the *points* as they can.
    """
    tags = [
        Tag(mark.x, mark.y, BADGE_GAPS, 2 * radius, 2 * radius, across=True, must=True)
        for mark in marks
    ]
    placed = place_labels(tags, frame.grown(-GAP), (), points)
    return [(mark, at.middle) for mark, at in zip(marks, placed, strict=True) if at]


def _numbered(
    badges: Sequence[tuple[Mark, tuple[float, float]]], symbol: str, numbers: Mapping[int, int]
) -> Iterator[str]:
    """Yield numbers in their discs, each with a line to its mark if it stands off it."""
    leads = (
        f"M{mark.x:.0f} {mark.y:.0f}L{x:.0f} {y:.0f}"
        for mark, (x, y) in badges
        if (x, y) != (mark.x, mark.y)
    )
    yield f'<path class="sm-s-lead" d="{"".join(leads)}"/>'
    yield from (_symbol(symbol, x, y) for _, (x, y) in badges)
    texts = (_text([str(numbers[mark.index])], x, y, NUMBER_SIZE) for mark, (x, y) in badges)
    yield f'<g class="sm-s-numbers">{"".join(texts)}</g>'


@dataclass(frozen=True, slots=True)
class _Name:
    """What a mark is called, and how large that is written."""

    mark: Mark
    lines: Sequence[str]

    def tag(self) -> Tag:
        mark, size = self.mark, SIZE[self.mark.role]
        own = mark.role is Role.CURRENT
        width = size * max(map(chart.em, self.lines)) * (BOLD if own else 1)
        across = mark.precision is Precision.REGION or mark.radius > width / 2
        gap = (min(mark.radius / 2, AREA_GAP) if across else mark.radius) + GAP
        height = size * LEADING * len(self.lines)
        gaps = (gap, gap + FARTHER) if own else (gap,)
        return Tag(mark.x, mark.y, gaps, width, height, across=across, must=own)

    def written(self, at: Rect) -> str:
        """Return the name where it stands, aligned towards its mark."""
        x, y = at.middle
        size = SIZE[self.mark.role]
        if at.left >= self.mark.x:
            return _text(self.lines, at.left, y, size, ' text-anchor="start"')
        if at.right <= self.mark.x:
            return _text(self.lines, at.right, y, size, ' text-anchor="end"')
        return _text(self.lines, x, y, size)


def _lines(layout: Layout, scene: Scene, mark: Mark, numbers: Mapping[int, int]) -> list[str]:
    """Return what a place is called in a scene, broken if it is long."""
    laid = layout.places[mark.index]
    text = laid.labels[scene.labels[mark.index]].text
    if mark.area and mark.index in numbers:
        text = f"{numbers[mark.index]}. {text}"
    if len(text) <= LINE_CHARS:
        return [text]
    *heads, last = text.split(" · ")
    return [*(f"{head} ·" for head in heads), last]


def _symbol(name: str, x: float, y: float) -> str:
    return f'<use href="#sm-s-{name}" x="{x:.0f}" y="{y:.0f}"/>'


def _text(lines: Sequence[str], x: float, y: float, size: int, attributes: str = "") -> str:
    """Return lines of text whose middle, in height, is *y*."""
    first, *rest = map(escape, lines)
    top = y + size * (RISE - LEADING * len(rest) / 2)
    more = "".join(f'<tspan x="{x:.0f}" dy="{LEADING}em">{line}</tspan>' for line in rest)
    return f'<text x="{x:.0f}" y="{top:.0f}"{attributes}>{first}{more}</text>'
