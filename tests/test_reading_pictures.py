import struct

import pytest

from storymap.reading.faults import Fault
from storymap.reading.pictures import Size, doubt, measure


def png(width, height):
    """Return the head of a PNG."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"


def gif(width, height):
    """Return the head of a GIF."""
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0"


def jpeg(width, height, *, filled=False):
    """Return the head of a JPEG: an application's segment, a table, then the frame."""
    frame = b"\xff\xc2\0\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + bytes(9)
    fill = b"\xff\xff" if filled else b""
    return b"\xff\xd8\xff\xe0\0\x04JF" + fill + b"\xff\xc4\0\x03\0" + frame


def webp(kind, body):
    """Return the head of a WebP."""
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (png(420, 300), ".png"),
        (gif(420, 300), ".gif"),
        (jpeg(420, 300), ".jpg"),
        (jpeg(420, 300, filled=True), ".jpeg"),
        (webp(b"VP8 ", bytes(6) + struct.pack("<HH", 420 | 1 << 14, 300)), ".webp"),
        (webp(b"VP8L", b"\x2f" + struct.pack("<I", 419 | 299 << 14)), ".webp"),
        (webp(b"VP8X", bytes(4) + (419).to_bytes(3, "little") + b"\x2b\x01\0"), ".webp"),
    ],
    ids=["png", "gif", "jpeg", "jpeg-filled", "webp-lossy", "webp-lossless", "webp-extended"],
)
def test_pictures_tell_their_size(data, ending):
    """Whatever kind and flavour of picture it is, its head has width and height."""
    assert measure(data, ending) == Size(420, 300)


@pytest.mark.parametrize("data", [png(420, 300), gif(420, 300), jpeg(420, 300)])
def test_a_head_that_ends_too_early_is_no_picture(data):
    """At no length does a part of it make the reading fail."""
    wrong = Fault("this file is no WebP picture, or it is damaged", "save it once more")
    found = [measure(data[:length], ".webp") for length in range(len(data))]
    assert found[0] == wrong
    assert all(isinstance(each, Fault) for each in found)


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"a plan", "this file is no PNG picture, or it is damaged", "save it once more"),
        (gif(99, 99), "this file is a GIF picture, not PNG", "let its name end in .gif"),
        (png(1, 400), "this picture has only 1 x 400 pixels", "choose a larger one"),
        (
            png(20_000, 90),
            "this picture has 20000 x 90 pixels, too many to show",
            "scale it down",
        ),
        (
            png(9_000, 9_000),
            "this picture has 9000 x 9000 pixels, too many to show",
            "scale it down",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused(data, message, hint):
    """Other files, other kinds, and sizes that no map shows."""
    assert measure(data, ".png") == Fault(message, hint)


def test_a_heavy_picture_is_doubted():
    """Base64 makes it a third heavier still."""
    assert doubt(bytes(500_000)) is None
    assert doubt(bytes(600_000)) == Fault(
        "this picture adds 800 KB to the page", "scale it down, or save it as WebP"
    )
