"""Sounds, films and their captions as bytes: of which kind they are, and what speaks against them.

They go into the page as they are; nothing is decoded.
"""

import re
from dataclasses import dataclass

from storymap.reading.faults import Fault, Refused


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of recording."""

    noun: str
    type: str
    """media type"""
    head: re.Pattern[bytes]


_MP3 = _Kind("MP3", "audio/mpeg", re.compile(rb"ID3|\xff[\xe2-\xff]"))
_OGG = _Kind("Ogg", "audio/ogg", re.compile(rb"OggS"))
_KINDS = {
    ".m4a": _Kind("M4A", "audio/mp4", re.compile(rb".{4}ftyp", re.DOTALL)),
    ".mp3": _MP3,
    ".mp4": _Kind("MP4", "video/mp4", re.compile(rb".{4}ftyp", re.DOTALL)),
    ".oga": _OGG,
    ".ogg": _OGG,
    ".opus": _OGG,
    ".wav": _Kind("WAV", "audio/wav", re.compile(rb"RIFF.{4}WAVE", re.DOTALL)),
    ".webm": _Kind("WebM", "video/webm", re.compile(rb"\x1a\x45\xdf\xa3")),
}
"""ending of a file -> what it promises"""

_HEAVY_BYTES = 200_000
_WHERE = (b"\xa9xyz", b"location.ISO6709")
"""where phones write down where a film or a sound was made"""


def type_of(data: bytes, ending: str) -> str:
    """Return the media type of a recording, `Refused` if the *ending* of its file promises more."""
    kind = _KINDS[ending]
    if not kind.head.match(data):
        message = f"this file is no {kind.noun} recording, or it is damaged"
        raise Refused(Fault(message, "save it once more"))
    return kind.type


def doubt(data: bytes, type: str) -> Fault | None:
    """Return what speaks against a recording that can be played."""
    if any(mark in data for mark in _WHERE):
        return Fault(
            "this recording says where it was made, to everybody who has the page",
            "save it without its metadata, as by: ffmpeg -i OLD -map_metadata -1 -c copy NEW",
        )
    if type == "audio/wav" and len(data) > _HEAVY_BYTES:
        message = (
            f"as WAV this recording takes {len(data) / 1000:,.0f} KB, ten times what it need be"
        )
        return Fault(message, "save it as MP3 or Opus")
    return None


def check_captions(data: bytes) -> None:
    """Raise `Refused` unless these are captions in the form WebVTT."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not re.match(r"WEBVTT[ \t\r\n]", text) or "-->" not in text:
        hint = "begin it with a line WEBVTT; then `00:01.000 --> 00:04.000`, and below it the words"
        raise Refused(Fault("these are no captions in the form WebVTT", hint))
