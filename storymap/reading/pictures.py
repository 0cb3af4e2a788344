"""Pictures as bytes: of which kind they are, and how many pixels they have.

Only their heads are read: nothing is decoded, so a hostile one can do no harm here.
"""

import re
import struct
from collections.abc import Callable
from struct import unpack_from
from typing import NamedTuple

from storymap.reading.faults import Fault

KINDS = {
    ".avif": "AVIF",
    ".gif": "GIF",
    ".jpeg": "JPEG",
    ".jpg": "JPEG",
    ".png": "PNG",
    ".webp": "WebP",
}
"""ending of a file -> the kind of picture that it promises"""

_LARGEST_SIDE = 16_384
MOST_PIXELS = 50_000_000
"""more than this, and phones run out of memory"""
LEAST_SIDE = 16
_HEAVY_BYTES = 500_000
_AVIF_HEAD_BYTES = 65_536


class Size(NamedTuple):
    """Pixels of a picture."""

    width: int
    height: int


def measure(
    data: bytes, ending: str, *, least_side: int = LEAST_SIDE, most_pixels: int = MOST_PIXELS
) -> Size | Fault:
    """Return the size of a picture whose file has this *ending*, or why it cannot be shown."""
    promised = KINDS[ending]
    found = next(((kind, size) for kind, sizer in _SIZERS.items() if (size := sizer(data))), None)
    if found is None:
        return Fault(f"this file is no {promised} picture, or it is damaged", "save it once more")
    kind, size = found
    if kind != promised:
        right = next(ending for ending, each in KINDS.items() if each == kind)
        return Fault(
            f"this file is a {kind} picture, not {promised}", f"let its name end in {right}"
        )
    pixels = f"{size.width} x {size.height} pixels"
    if min(size) < least_side:
        return Fault(f"this picture has only {pixels}", "choose a larger one")
    if max(size) > _LARGEST_SIDE or size.width * size.height > most_pixels:
        return Fault(f"this picture has {pixels}, too many to show", "scale it down")
    return size


def doubt(data: bytes) -> Fault | None:
    """Return what speaks against a picture that can be shown."""
    if len(data) <= _HEAVY_BYTES:
        return None
    message = f"this picture adds {len(data) * 4 / 3 / 1000:,.0f} KB to the page"
    return Fault(message, "scale it down, or save it as WebP")


def _gif(data: bytes) -> Size | None:
    return Size(*unpack_from("<HH", data, 6)) if data[:6] in (b"GIF87a", b"GIF89a") else None


def _png(data: bytes) -> Size | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        return None
    return Size(*unpack_from(">II", data, 16))


def _jpeg(data: bytes) -> Size | None:
    """Walk from segment to segment to the frame's, whose marker is C0 to CF but for three."""
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while data[at : at + 1] == b"\xff":
        marker = data[at + 1]
        if marker == 0xFF:  # one that only fills
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = unpack_from(">HH", data, at + 5)
            return Size(width, height)
        at += 2 + unpack_from(">H", data, at + 2)[0]
    return None


def _webp(data: bytes) -> Size | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    match data[12:16]:
        case b"VP8X":
            return Size(*(int.from_bytes(data[i : i + 3], "little") + 1 for i in (24, 27)))
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8 ":
            return Size(*(side & 0x3FFF for side in unpack_from("<HH", data, 26)))
    return None


def _avif(data: bytes) -> Size | None:
    """Take the largest of the sizes that its items have: a thumbnail is one of them."""
    if data[4:8] != b"ftyp" or b"avi" not in data[8:32]:
        return None
    properties = (match.start() for match in re.finditer(b"ispe", data[:_AVIF_HEAD_BYTES]))
    return max((Size(*unpack_from(">II", data, at + 8)) for at in properties), default=None)


def _or_none(sizer: Callable[[bytes], Size | None]) -> Callable[[bytes], Size | None]:
    """Let a file that ends too early be none of its kind."""

    def safely(data: bytes) -> Size | None:
        try:
            return sizer(data)
        except (struct.error, IndexError):
            return None

    return safely


_SIZERS = {
    "AVIF": _or_none(_avif),
    "GIF": _or_none(_gif),
    "JPEG": _or_none(_jpeg),
    "PNG": _or_none(_png),
    "WebP": _or_none(_webp),
}
