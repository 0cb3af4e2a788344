"""The story map as a `folium.Map`: what is shown and saved is the whole page."""

import os
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import BinaryIO, cast

import folium
from branca.element import Element, Figure, Html

from storymap.folium_map.outside import OutsideError, OutsideScriptError
from storymap.folium_map.rendering import MapParts, map_parts
from storymap.geometry import Box, center_of
from storymap.writing import write_file

FRAME_HEIGHT_PX = 640
"""height of the frame in which a notebook shows the page"""


class StoryMap(folium.Map):
    """A story map as a `folium.Map`: layers may be added; what is shown and saved is the page.

    `render_page` makes the page of the map's parts, `title` names its frame in a notebook, and
    `frame` is what the map shows until the page's own script moves it.
    """

    def __init__(self, render_page: Callable[[MapParts], str], *, title: str, frame: Box) -> None:
        super().__init__(
            location=center_of(frame),
            tiles=None,
            zoom_start=3,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
        )
        self.default_js = []
        self.default_css = []
        self._render_page = render_page
        self._title = title
        _PageFigure(self).add_child(self)

    def page(self) -> str:
        """Return the page, the same that `storymap build` writes.

        Raises:
            OutsideError: an element needs something that is not in the page.
        """
        return self._render_page(map_parts(self))

    def render(self, **_: object) -> str:
        """Put the page, in a frame, into a figure of somebody else's that holds the map."""
        figure = cast("Figure", self.get_root())
        figure.html.add_child(Html(self._repr_html_(), script=True), self.get_name())
        return ""

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002 - as folium has it
        **_: object,
    ) -> None:
        """Write the page; the file is not touched where an element is refused."""
        page = self.page().encode()
        if isinstance(outfile, str | bytes | Path):
            write_file(Path(os.fsdecode(outfile)), page)
            return
        outfile.write(page)
        if close_file:
            outfile.close()

    def add_js_link(self, name: str, url: str) -> None:
        """Refuse: see `OutsideScriptError`."""
        raise OutsideScriptError(element=name, addresses=[url])

    add_css_link = add_js_link

    def keep_in_front(self, *_: object) -> None:
        """Refuse: folium does this with jQuery."""
        raise OutsideScriptError(element="keep_in_front", addresses=["jquery.js"])

    def _repr_html_(self, **_: object) -> str:
        return (
            f'<iframe title="{escape(self._title)}" srcdoc="{escape(self.page())}"'
            f' width="100%" height="{FRAME_HEIGHT_PX}" style="border: 0"'
            ' sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"'
            ' allow="fullscreen"></iframe>'
        )


class _PageFigure(Figure):
    """The root above a story map: what it renders is the page."""

    def __init__(self, story_map: StoryMap) -> None:
        super().__init__()
        self._story_map = story_map
        self.header = self.html = self.script = _Closed()

    def render(self, **_: object) -> str:
        return self._story_map.page()

    def _repr_html_(self, **_: object) -> str:
        return self._story_map._repr_html_()


class _Closed(Element):
    """A part of the page that takes no elements."""

    def add_child(self, child: Element, name: object = None, index: object = None) -> Element:
        del name, index
        raise OutsideError(element=type(child).__name__, needs="a place beside the map")
