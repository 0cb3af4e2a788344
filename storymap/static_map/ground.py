"""What lies under static maps: the atlas put together once for each state of its borders.

It is painted like the live map (`browser/src/brush.ts`) out of the atlas' own definitions, a finer
level of detail above the coarser one and only where there is any.
"""

from collections.abc import Iterator, Sequence

from storymap.atlas import Atlas, Part, periods_at
from storymap.atlas.plane import window_of
from storymap.scenes import Layout, Scene
from storymap.static_map.view import PLANE

TODAY = "today"
"""the period whose borders every map has, if only faintly"""
WATERLINES = 3
"""how many lines follow the coast at sea"""


def used(id: str, style: str = "") -> str:
    """Return a reference to a definition, painted in a class of the page's style."""
    dress = f' class="{style}"' if style else ""
    return f'<use href="#{id}"{dress}/>'


def referred_to(everything: Sequence[tuple[str, str]], text: str) -> str:
    """Return what a text refers to among definitions, each an id and SVG, in their order."""
    wanted = ""
    for id, drawn in reversed(everything):  # what is referred to stands before what refers to it
        if f'"#{id}"' in text or f"(#{id})" in text:
            wanted, text = drawn + wanted, drawn + text
    return wanted


def grounds(layout: Layout, base: Atlas) -> Iterator[tuple[str, str]]:
    """Yield id and SVG of what `sheets` names and of what that refers to, which comes first."""
    scenes = (layout.cover, *layout.scenes)
    states = sorted({periods_at(base.borders, scene.date) for scene in scenes})
    for number, level in enumerate(_levels(base)):
        parts = [part for part in base.parts if part.from_zoom == level]
        region = next((part for part in parts if part.layer == "region"), None)
        clip, ground = _id(base, number, "clip"), _id(base, number, "ground")
        if region:
            yield clip, f'<clipPath id="{clip}">{used(region.id)}</clipPath>'
        sea = "" if region else _sea(base)
        yield ground, f'<g id="{ground}">{sea}{"".join(_land_and_water(parts))}</g>'
        for period in dict.fromkeys(border.period for border in base.borders):
            id = _id(base, number, "of", period)
            yield id, f'<g id="{id}">{"".join(_former(parts, period))}</g>'
        clipped = f' clip-path="url(#{clip})"' if region else ""
        for periods in states:
            id = _id(base, number, *periods)
            borders = "".join(_borders(base, parts, number, periods))
            yield id, f'<g id="{id}"{clipped}>{used(ground)}{borders}</g>'


def sheets(scene: Scene, base: Atlas, zoom: float) -> Iterator[str]:
    """Yield the ids of what lies under a scene at a zoom, the lowest first."""
    periods = periods_at(base.borders, scene.date)
    for number, level in enumerate(_levels(base)):
        if level <= zoom:
            yield _id(base, number, *periods)


def _levels(base: Atlas) -> list[float]:
    """Return the zooms from which on there is another level of detail."""
    return sorted({part.from_zoom for part in base.parts})


def _land_and_water(parts: Sequence[Part]) -> Iterator[str]:
    """Yield what a level of detail always shows, in the order of painting."""
    for part in parts:
        if part.layer == "land":
            yield from _waterlines(part.id)
        if not part.periods:
            yield used(part.id, f"sm-s-{part.layer}")
        if part.layer == "land":
            yield used("sm-a-relief", "sm-s-relief")


def _borders(
    base: Atlas, parts: Sequence[Part], number: int, periods: Sequence[str]
) -> Iterator[str]:
    """Yield the borders and areas of some periods; today's are faint where it is none of them."""
    former = {*periods} - {TODAY}
    still = [part for part in parts if TODAY in part.periods and not former & {*part.periods}]
    style = "sm-s-present" if TODAY in periods else "sm-s-aside"
    yield f'<g class="{style}">{"".join(used(part.id) for part in still)}</g>'
    for period in periods:
        if period in former and any(period in part.periods for part in parts):
            yield used(_id(base, number, "of", period))


def _former(parts: Sequence[Part], period: str) -> Iterator[str]:
    """Yield the borders or the area of a former period, those of states on a band."""
    own = [part for part in parts if period in part.periods]
    for part in own:
        if part.layer == "borders":
            yield used(part.id, "sm-s-band")
        yield used(part.id, f"sm-s-former-{part.layer}")


def _waterlines(land: str) -> Iterator[str]:
    """Yield lines off the coast, the outermost first: each a broad one less a narrower one."""
    for line in range(WATERLINES):
        yield used(land, f"sm-s-shore sm-s-line-{line}")
        yield used(land, f"sm-s-offing sm-s-line-{line}")


def _sea(base: Atlas) -> str:
    left, top, right, bottom = (round(edge * PLANE) for edge in window_of(base.bounds))
    return (
        f'<rect class="sm-s-region" x="{left}" y="{top}" '
        f'width="{right - left}" height="{bottom - top}"/>'
    )


def _id(base: Atlas, number: int, *names: str) -> str:
    """Return the id of what belongs to a level of detail."""
    return "-".join(("sm-s", str(number), *names)) + base.suffix
