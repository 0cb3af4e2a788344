"""The live map, made by folium, which only this package knows.

Only Leaflet is needed to start it.
"""

from storymap.folium_map.outside import OutsideError, OutsideScriptError
from storymap.folium_map.rendering import MapParts, map_parts
from storymap.folium_map.story_map import StoryMap

__all__ = ["MapParts", "OutsideError", "OutsideScriptError", "StoryMap", "map_parts"]
