"""The story in other people's pages: lines to paste there, and a lesson page to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from storymap import dates, interface, metadata
from storymap.bundle import Embed
from storymap.model import Story
from storymap.page import OPTIONS, TEMPLATES, hashed, theme_css

LESSON = "lesson.html"
ELEMENT = "story-map.js"
HEIGHT_PX = 640


@dataclass(frozen=True, slots=True)
class Frame:
    """How a story is to be shown in another page."""

    height_px: int = HEIGHT_PX
    step: str = ""
    """id of the event on which it opens; empty for the cover"""
    language: str = ""
    """BCP 47 tag; empty for the page's own"""


def snippet(story: Story, frame: Frame | None = None) -> str:
    """Return HTML that shows the story in a page where no scripts are allowed.

    Without a known address it names the file that has to lie beside that page.
    """
    frame = frame or Frame()
    query = f"?{urlencode({'lang': frame.language})}" if frame.language else ""
    hash = f"#{quote(frame.step)}" if frame.step else ""
    address = escape(f"{metadata.address(story) or metadata.PAGE}{query}{hash}")
    link = interface.texts(story.language).gettext("Open the story map in a new tab")
    return (
        f'<iframe src="{address}" title="{escape(story.title)}" width="100%" '
        f'height="{frame.height_px}" style="border:0" loading="lazy" '
        f'allow="fullscreen; clipboard-write" allowfullscreen></iframe>\n'
        f'<p><a href="{address}" target="_blank" rel="noopener">{escape(link)}</a></p>'
    )


def files(story: Story, embed: Embed) -> Mapping[str, bytes]:
    """Return the lesson page, in the language of *story*, and the script that it needs."""
    return {ELEMENT: embed.element_js.encode(), LESSON: _page(story, embed).encode()}


def _page(story: Story, embed: Embed) -> str:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), **OPTIONS)  # noqa: S701 - it has that
    environment.install_gettext_translations(interface.texts(story.language), newstyle=True)  # type: ignore[attr-defined]  # comes with the extension
    environment.filters["spoken"] = lambda when: dates.spoken(when, story.language)
    css = embed.lesson_css + theme_css(story.theme)
    return environment.get_template("lesson.html.jinja").render(
        story=story,
        direction=interface.direction(story.language),
        page=metadata.PAGE,
        element=ELEMENT,
        snippet=snippet(story),
        policy=_policy(css, embed.lesson_js, story),
        css=_trusted(css),
        script=_trusted(embed.lesson_js),
    )


def _policy(css: str, script: str, story: Story) -> str:
    """Return a content security policy that lets the page use its own and what lies beside it.

    It frames the story from there, or from where the story will be found.
    """
    site = urlsplit(story.base_url)
    found = f" {site.scheme}://{site.netloc}" if site.netloc else ""
    return (
        "default-src 'none'; "
        f"script-src 'self' {hashed(script)}; "
        f"style-src {hashed(css)}; "
        "img-src 'self' data:; "
        "media-src 'self' data:; "
        f"frame-src 'self'{found}; "
        "base-uri 'none'; form-action 'none'"
    )


def _trusted(text: str) -> Markup:
    """Let our own script and style through unescaped."""
    return Markup(text)  # noqa: S704 - see above
