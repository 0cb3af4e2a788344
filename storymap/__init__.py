"""Story maps: a folder of plain text becomes one HTML page that opens anywhere.

import storymap

story = storymap.load("places")
story.to_folium()          # a folium.Map; a notebook shows it
story.save("story.html")   # the same page that `storymap build` writes
"""

__version__ = "0.1.0"
