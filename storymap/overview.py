"""The list of many stories, each with its dates, its languages and a small map of it.

It asks for nothing but itself, runs no script, and each entry is in the language of its story.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from storymap import bundle, interface, page, static_map
from storymap.atlas import Atlas
from storymap.dates import spoken_extent
from storymap.model import Story
from storymap.scenes import Layout


@dataclass(frozen=True, slots=True)
class Reading:
    """A language that a story can be read in."""

    language: str
    """BCP 47 tag"""
    address: str
    """of the story in it, relative to the list"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the list says of a story."""

    title: str
    language: str
    """of the entry: the one that the story's page opens in"""
    subtitle: str
    promise: str
    dates: str
    """from the first to the last, in words; may be empty"""
    steps: int
    places: int
    readings: tuple[Reading, ...]
    map: str
    """trusted SVG"""

    @property
    def address(self) -> str:
        """Where its page lies."""
        return self.readings[0].address.partition("?")[0]


def entry(story: Story, layout: Layout, base: Atlas, pages: Sequence[tuple[str, str]]) -> Entry:
    """Return what the list says of a *story* in its own language.

    *pages* are the languages it can be read in, its own first, and the address of each.
    """
    return Entry(
        title=story.title,
        language=story.language,
        subtitle=story.subtitle,
        promise=story.cover.promise,
        dates=spoken_extent((event.when for event in story.events), story.language),
        steps=len(story.events),
        places=len(layout.places),
        readings=tuple(Reading(language, address) for language, address in pages),
        map=static_map.stamp(layout, base),
    )


def addresses(folder: str, languages: Sequence[str], files: Sequence[str]) -> list[tuple[str, str]]:
    """Return the *languages* of a story in *folder*, and the address of its page in each.

    Each language may have a file of its own; else the first file is in all of them.
    """
    pages = [f"{quote(folder)}/{quote(file)}" for file in files]
    if len(pages) == len(languages):
        return [*zip(languages, pages, strict=True)]
    return [(tag, f"{pages[0]}?lang={tag}") for tag in languages]


def render(entries: Iterable[Entry], *, templates: Path | None = None) -> str:
    """Return the page that lists stories by title, in the language that most of them are in.

    Raises:
        jinja2.TemplateError: a template in *templates* is at fault.
    """
    listed = sorted(entries, key=lambda each: (page.alphabetical(each.title), each.address))
    languages = Counter(sorted(each.language for each in listed))
    ((language, _),) = languages.most_common(1)
    css = bundle.load_overview()
    return (
        _environment(language, templates)
        .get_template("overview.html.jinja")
        .render(
            entries=listed,
            language=language,
            direction=interface.direction(language),
            css=Markup(css),  # noqa: S704 - our own bundle
            policy=(
                f"default-src 'none'; style-src {page.hashed(css)}; img-src data:; "
                "base-uri 'none'; form-action 'none'"
            ),
        )
    )


def _environment(language: str, templates: Path | None) -> Environment:
    kind = ImmutableSandboxedEnvironment if templates else Environment
    folders = [*([templates] if templates else []), *page.TEMPLATES]
    environment = kind(loader=FileSystemLoader(folders), **page.OPTIONS)
    environment.install_gettext_translations(interface.texts(language), newstyle=True)  # type: ignore[attr-defined]  # comes with the extension
    environment.filters["direction"] = interface.direction
    environment.filters["drawn"] = lambda each: Markup(each.map)  # noqa: S704 - of `static_map`
    environment.filters["own_name"] = lambda tag: interface.language_name(tag, tag)
    environment.filters["size"] = _size
    return environment


def _size(each: Entry) -> str:
    """Return how large a story is, in words of its own language."""
    ngettext = interface.texts(each.language).ngettext
    steps = ngettext("%(num)s step", "%(num)s steps", each.steps)
    places = ngettext("%(num)s place", "%(num)s places", each.places)
    return " · ".join(
        text % {"num": interface.number(number, each.language)}
        for text, number in ((steps, each.steps), (places, each.places))
    )
