"""Static maps: the scenes drawn as SVG at build, for print and for pages without scripts.

They show the atlas by reference, so that it is in the page once, and have no colours of their own:
the page's style gives them those of the live map.
"""

from storymap.static_map.apart import apart
from storymap.static_map.drawing import StaticMaps, definitions, draw_all
from storymap.static_map.poster import poster
from storymap.static_map.stamp import stamp

__all__ = ["StaticMaps", "apart", "definitions", "draw_all", "poster", "stamp"]
