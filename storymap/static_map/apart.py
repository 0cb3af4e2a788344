"""Static maps for a PDF, each on a ground of its own that is cut to what the map shows.

Maps in a page share one ground. A PDF would repeat all of it for each of them.
"""

from dataclasses import replace

from storymap.atlas import Atlas, excerpt
from storymap.scenes import Layout, Scene
from storymap.static_map.drawing import HEIGHT, HEIGHT_OF_OVERVIEW, WIDTH, StaticMaps
from storymap.static_map.ground import grounds, referred_to, sheets, used
from storymap.static_map.view import plane_of, view_of


def apart(maps: StaticMaps, layout: Layout, base: Atlas) -> StaticMaps:
    """Return *maps* of a layout, as `draw_all` has drawn them on *base*, with grounds of their own.

    What they still share stays among the definitions.
    """
    overview, definitions = _apart(maps.overview, layout, base, 0)
    steps, shared = {}, [maps.definitions, definitions]
    for number, scene in enumerate(layout.scenes, 1):
        if scene.event:
            id = scene.event.id
            steps[id], definitions = _apart(maps.steps[id], layout, base, number)
            shared.append(definitions)
    return replace(maps, definitions="".join(shared), overview=overview, steps=steps)


def _apart(svg: str, layout: Layout, base: Atlas, number: int) -> tuple[str, str]:
    """Return the map of a scene, the cover being number 0, and the definitions of its ground."""
    scene = layout.scenes[number - 1] if number else layout.cover
    height = HEIGHT if number else HEIGHT_OF_OVERVIEW
    view = view_of(scene, plane_of(layout, base), base.bounds, WIDTH, height)
    own = excerpt(base, view.window, view.zoom, f"-at-{number}")
    cut = svg.replace(_ground(scene, base, view.zoom), _ground(scene, own, view.zoom), 1)
    return cut, own.defs + referred_to([*grounds(layout, own)], cut)


def _ground(scene: Scene, base: Atlas, zoom: float) -> str:
    return "".join(map(used, sheets(scene, base, zoom)))
