"""Photographs and other pictures made of pixels, as a page shows them.

What is made ready has no more pixels than a page can show, stands upright, is in the colours of
the web, and carries nothing but pixels: neither where it was taken nor by whom nor with what.
The same file gives the same bytes, with the same version of Pillow.
"""

import struct
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from warnings import catch_warnings

from storymap.reading.faults import Fault, Refused
from storymap.reading.pictures import KINDS, Size, measure

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE_PX = 1600
"""of what a page shows: as much as a picture takes that fills a screen"""
MOST_PIXELS = 80_000_000
"""of what is looked into: a large scan"""

_BROKEN = (
    *(ArithmeticError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError),
    *(ValueError, struct.error),
)
"""what Pillow raises on files that no program has made"""
_QUALITY = 80
_LOSSLESS_WORTH = 1.3
"""how much larger a drawing may be so that every pixel of it stays what it was"""
_MAY_MOVE = ("AVIF", "GIF", "PNG", "WebP")
_DRAWN = ("GIF", "PNG")
"""kinds that drawings are saved as"""
_TYPES = {kind: f"image/{kind.lower()}" for kind in KINDS.values()}


class Ready(NamedTuple):
    """A picture made ready."""

    type: str
    """media type"""
    data: bytes
    size: Size


def make_ready(data: bytes, ending: str) -> Ready:
    """Return a picture whose file has this *ending*; a moving one stays as it is.

    `Refused` where it cannot be shown.
    """
    size = measure(data, ending, least_side=1, most_pixels=MOST_PIXELS)
    if isinstance(size, Fault):
        raise Refused(size)
    from PIL import Image, ImageOps  # noqa: PLC0415 - only where there are pictures

    kind = KINDS[ending]
    try:
        with (
            catch_warnings(action="ignore"),
            Image.open(BytesIO(data), formats=[kind.upper()]) as image,
        ):
            if kind in _MAY_MOVE and getattr(image, "is_animated", False):
                return Ready(_TYPES[kind], data, size)
            image.draft(None, (LONGEST_SIDE_PX, LONGEST_SIDE_PX))
            shown = _in_web_colours(ImageOps.exif_transpose(image))
            shown.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    except (*_BROKEN, Image.DecompressionBombError):
        message = f"this {kind} picture is damaged: not all of it can be read"
        raise Refused(Fault(message, "save it once more")) from None
    return Ready("image/webp", _webp(shown, drawn=kind in _DRAWN), Size(*shown.size))


def _in_web_colours(image: "Image") -> "Image":
    """Return a copy in sRGB, 8 bits to a channel."""
    from PIL import ImageCms  # noqa: PLC0415 - as above

    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode.startswith("I"):  # 16 bits of grey, as scanners give them
        image = image.point(lambda grey: grey * (1 / 256)).convert("L")
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("CMYK", "L", "RGB", "RGBA"):
        with suppress(ImageCms.PyCMSError, OSError):  # it is none, or one for other colours
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, own, web, outputMode=mode) or image
    return image.convert(mode)


def _webp(image: "Image", *, drawn: bool) -> bytes:
    """Return the bytes of a picture, each pixel as it was where that is worth it."""
    lossy = _saved(image, quality=_QUALITY)
    exact = _saved(image, lossless=True) if drawn else lossy
    return exact if len(exact) <= _LOSSLESS_WORTH * len(lossy) else lossy


def _saved(image: "Image", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", exif=b"", icc_profile=b"", xmp=b"", **options)
    return file.getvalue()
