"""The scripts and styles of the page and of its preview, bundled when the package is built."""

from dataclasses import dataclass
from pathlib import Path

DIST = Path(__file__).parent / "browser" / "dist"


class BundleMissingError(FileNotFoundError):
    """The package was not built; running its build mends that."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} is missing from storymap/browser/dist: the page's script has not been "
            "bundled yet; run: python hatch_build.py"
        )


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the page carries inline."""

    leaflet_js: str
    runtime_js: str
    choice_js: str
    """chooses the language of a page in several, before it is seen"""
    css: str
    leaflet_licence: str


def load(
    dist: Path = DIST, *, street: bool = False, further: bool = False, layers: bool = False
) -> Bundle:
    """Read the bundle.

    With *street* it is the one that shows overlays and tiles too, with *further* places that the
    story does not speak of, with *layers* all that folium can add to a map.
    `BundleMissingError` where a part of it is not there.
    """
    parts = [name for name, wanted in (("street", street), ("further", further)) if wanted]
    css = "".join(_read(dist / f"{part}.css") for part in ("storymap", *parts))
    return Bundle(
        leaflet_js=_read(dist / ("leaflet.js" if layers or street else "leaflet-story.js")),
        runtime_js=_read(dist / f"{'-'.join(('storymap', *parts))}.js"),
        choice_js=_read(dist / "first.js"),
        css=css,
        leaflet_licence=_read(dist / "LICENSE-leaflet.txt"),
    )


@dataclass(frozen=True, slots=True)
class Player:
    """What a page needs besides for pictures that can be enlarged, sounds, films and frames."""

    js: str
    css: str


def load_player(dist: Path = DIST) -> Player:
    """Read the bundle's part for media; `BundleMissingError` as for `load`."""
    return Player(js=_read(dist / "media.js"), css=_read(dist / "media.css"))


def load_overview(dist: Path = DIST) -> str:
    """Read the style of the list of many stories; `BundleMissingError` as for `load`."""
    return _read(dist / "overview.css")


@dataclass(frozen=True, slots=True)
class Preview:
    """The page around a story that is being written."""

    html: str
    js: str
    css: str


def load_preview(dist: Path = DIST) -> Preview:
    """Read the preview's part of the bundle; `BundleMissingError` as for `load`."""
    return Preview(
        html=_read(dist / "preview.html"),
        js=_read(dist / "preview.js"),
        css=_read(dist / "preview.css"),
    )


@dataclass(frozen=True, slots=True)
class Embed:
    """What shows a story in other pages."""

    element_js: str
    """defines `<story-map>`"""
    lesson_js: str
    lesson_css: str


def load_embed(dist: Path = DIST) -> Embed:
    """Read the bundle's part for other pages; `BundleMissingError` as for `load`."""
    return Embed(
        element_js=_read(dist / "story-map.js"),
        lesson_js=_read(dist / "lesson.js"),
        lesson_css=_read(dist / "lesson.css"),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BundleMissingError(path) from None
