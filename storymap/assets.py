"""Where a page finds its pictures, sounds and films: within itself, or in files beside it."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Protocol

from storymap.model import Asset, Film, Media, Picture, Sound, Story
from storymap.reading.ids import id_of

FOLDER = "assets"
"""beside the page"""
ENLARGED_FROM_PX = 640
"""a picture with a longer side than this has more to show than a step's text has room for"""

_OWN = re.compile(r"[a-z0-9-]+\.([0-9a-f]{16})\.[a-z0-9]+")
_ENDINGS = {
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "image/svg+xml": "svg",
}
"""media type -> ending, where that is not its second half"""


class Carrier(Protocol):
    """Brings media to the page."""

    origins: str
    """where the page's policy is to let it load them from"""
    files: dict[str, bytes]
    """what is to lie beside the page, by its name there, once the page is made"""

    def address(self, asset: Asset) -> str:
        """Return what the page is to load for *asset*."""


class Within:
    """All in the one file."""

    origins = "data:"

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def address(self, asset: Asset) -> str:
        """Return a `data:` address."""
        return f"data:{asset.type};base64,{b64encode(asset.data).decode()}"


class Beside:
    """Files beside the page, each named after what it holds."""

    origins = "'self' data:"

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def address(self, asset: Asset) -> str:
        """Return an address that is relative to the page's."""
        ending = _ENDINGS.get(asset.type, asset.type.rpartition("/")[2])
        name = f"{FOLDER}/{id_of(asset.name) or 'file'}.{_digest(asset.data)}.{ending}"
        self.files[name] = asset.data
        return name


def is_own(name: str, data: bytes) -> bool:
    """Tell whether a file beside a page is one of ours: its name says what it holds."""
    match = _OWN.fullmatch(name)
    return match is not None and match[1] == _digest(data)


def is_large(picture: Picture) -> bool:
    """Tell whether readers can look at more of a picture than its step shows."""
    return max(picture.width_px, picture.height_px) > ENLARGED_FROM_PX


def has_active(story: Story, carrier: Carrier) -> bool:
    """Tell whether a page has media other than pictures within it that each step shows whole."""
    media = (medium for event in story.events for medium in event.media)
    within = isinstance(carrier, Within)
    return any(
        not within or not isinstance(medium, Picture) or is_large(medium) for medium in media
    )


def files_of(story: Story) -> tuple[Asset, ...]:
    """Return every file that a story shows or plays, once, the heaviest first."""
    media = (medium for event in story.events for medium in event.media)
    found = dict.fromkeys(asset for medium in media for asset in _files(medium))
    return tuple(sorted(found, key=lambda asset: -len(asset.data)))


def _files(medium: Media) -> Iterator[Asset]:
    match medium:
        case Picture() | Sound():
            yield medium.asset
        case Film():
            yield from filter(None, (medium.asset, medium.captions, medium.poster))


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]
