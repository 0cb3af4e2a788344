"""What a page tells the programs that lead readers to it: search engines, networks, other sites.

Only a page whose address is known says anything, and nothing more certain than its author wrote: a
date or a position that is not exact is left out.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from storymap import scenes
from storymap.dates import Granularity, When
from storymap.dates.when import Moment
from storymap.model import Event, Place, Precision, Story

PAGE = "index.html"
FRAME_WIDTH, FRAME_HEIGHT = 800, 640
"""of the frame in which other sites show the page, in CSS pixels"""


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture that stands for the story where its address is shown."""

    file: str = "preview.png"
    width_px: int = 1200
    height_px: int = 630


PICTURE = Picture()

_ISO = {
    Granularity.DAY: "{:04}-{:02}-{:02}",
    Granularity.MONTH: "{:04}-{:02}",
    Granularity.YEAR: "{:04}",
}
_LOCATED = (Precision.EXACT, Precision.SETTLEMENT)


def address(story: Story, file: str = PAGE) -> str:
    """Return where *file*, written beside the page, will be found; its name where nobody knows."""
    return story.base_url if story.base_url and file == PAGE else urljoin(story.base_url, file)


def oembed_file(page: str) -> str:
    """Return the name of the file that tells other sites how to show a page: `oembed.sk.json`."""
    return str(PurePosixPath(page.replace("index", "oembed", 1)).with_suffix(".json"))


def oembed(story: Story, page: str = PAGE) -> str:
    """Return what other sites ask for to show the page in a frame: oEmbed 1.0, of type rich.

    The elements and attributes are those that WordPress keeps of what a site unknown to it offers.
    """
    url, title = escape(address(story, page)), escape(story.title)
    html = (
        f'<blockquote><a href="{url}">{title}</a></blockquote>'
        f'<iframe src="{url}" title="{title}" width="{FRAME_WIDTH}" height="{FRAME_HEIGHT}" '
        'frameborder="0"></iframe>'
    )
    offer = {
        "version": "1.0",
        "type": "rich",
        "title": story.title,
        "author_name": ", ".join(person.name for person in story.authors),
        "html": html,
        "width": FRAME_WIDTH,
        "height": FRAME_HEIGHT,
        "thumbnail_url": address(story, PICTURE.file),
        "thumbnail_width": PICTURE.width_px,
        "thumbnail_height": PICTURE.height_px,
    }
    return json.dumps(_told(offer), ensure_ascii=False, indent=2) + "\n"


def locale(language: str) -> str:
    """Return a language as Open Graph has it, `sk_SK`; empty where it is no one country's."""
    from babel.core import get_global  # noqa: PLC0415 - most pages have no address

    primary, _, rest = language.partition("-")
    likely = get_global("likely_subtags").get(language, get_global("likely_subtags").get(primary))
    territory = rest if rest.isupper() else (likely or "").rpartition("_")[2]
    return f"{primary}_{territory}" if territory.isalpha() else ""


def structured(story: Story, page: str = PAGE) -> dict[str, Any]:
    """Return the story in the terms of schema.org: an article about events at places."""
    named = {id for event in story.events for id in event.places}
    home = address(story, page)
    return _told(
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "@id": home,
            "url": home,
            "headline": story.title,
            "alternativeHeadline": story.subtitle,
            "description": story.cover.promise,
            "inLanguage": story.language,
            "image": address(story, PICTURE.file),
            "author": [_told({"name": who.name, "url": who.url}) for who in story.authors],
            "license": story.licence and (story.licence.url or story.licence.name),
            "about": [_event(event, home) for event in story.events],
            "spatialCoverage": [
                _place(place, story.language, home) for place in story.places if place.id in named
            ],
        }
    )


def _event(event: Event, home: str) -> dict[str, Any]:
    return _told(
        {
            "@type": "Event",
            "@id": f"{home}#{event.id}",
            "name": event.title,
            **(dict(_dates(event.when)) if event.when else {}),
            "location": [{"@id": _place_id(id, home)} for id in event.places],
        }
    )


def _dates(when: When) -> Iterator[tuple[str, str]]:
    """Yield the ends of a date that are exact, as ISO 8601 has them."""
    if when.precision is Granularity.SET:
        return
    (span,) = when.spans
    for key, end in (("startDate", span.start), ("endDate", span.end)):
        if isinstance(end, Moment) and (date := _iso(end)):
            yield key, date


def _iso(moment: Moment) -> str:
    pattern = _ISO.get(moment.precision, "")
    exact = not (moment.approximate or moment.uncertain) and 0 < moment.first[0] <= 9999
    return pattern.format(*moment.first) if exact else ""


def _place(place: Place, language: str, home: str) -> dict[str, Any]:
    name = scenes.today(place, language) or place.names[0].text
    point = place.location.point if place.location.precision in _LOCATED else None
    same = (
        f"https://www.wikidata.org/wiki/{place.wikidata}" if place.wikidata else "",
        f"https://sws.geonames.org/{place.geonames}/" if place.geonames else "",
    )
    return _told(
        {
            "@type": "Place",
            "@id": _place_id(place.id, home),
            "name": name,
            "alternateName": [
                text for text in dict.fromkeys(each.text for each in place.names) if text != name
            ],
            "geo": point
            and {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon},
            "sameAs": [*filter(None, same)],
        }
    )


def _place_id(id: str, home: str) -> str:
    return f"{home}#sm-place-{id}"


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries that say something."""
    return {key: value for key, value in data.items() if value}
