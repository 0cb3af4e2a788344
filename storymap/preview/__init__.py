"""The live preview: a story's page in the browser, made anew whenever a file of it changes.

Nothing is written: the page is the one that a build would write, byte for byte, and what the
preview adds stands in a page around it.
"""

from storymap.preview.server import NoPortError, Server
from storymap.preview.session import Session, State
from storymap.preview.watch import changes

__all__ = ["NoPortError", "Server", "Session", "State", "changes"]
