import pytest

from storymap.reading.faults import Fault, Refused
from storymap.reading.recordings import check_captions, doubt, type_of


@pytest.mark.parametrize(
    ("head", "ending", "type"),
    [
        (b"ID3\x04", ".mp3", "audio/mpeg"),
        (b"\xff\xfb\x90", ".mp3", "audio/mpeg"),
        (b"OggS\0", ".opus", "audio/ogg"),
        (b"OggS\0", ".oga", "audio/ogg"),
        (b"\0\0\0\x20ftypM4A ", ".m4a", "audio/mp4"),
        (b"RIFF\n\n\n\nWAVE", ".wav", "audio/wav"),
        (b"\0\0\0\x20ftypmp42", ".mp4", "video/mp4"),
        (b"\x1a\x45\xdf\xa3", ".webm", "video/webm"),
    ],
)
def test_a_recording_is_what_its_name_says(head, ending, type):
    """Its first bytes tell; anything else is refused."""
    assert type_of(head, ending) == type
    with pytest.raises(Refused, match=r"^this file is no .* recording, or it is damaged$"):
        type_of(b"<html>", ending)


def test_a_recording_that_tells_where_it_was_made_is_doubted():
    """Phones write that down, and everybody who has the page could read it."""
    found = doubt(b"....\xa9xyz+49.22+018.74/", "video/mp4")
    assert found.message == "this recording says where it was made, to everybody who has the page"
    assert doubt(b"....", "video/mp4") is None


def test_a_heavy_wav_is_doubted():
    """A short signal may stay."""
    message = "as WAV this recording takes 300 KB, ten times what it need be"
    assert doubt(bytes(300_000), "audio/wav") == Fault(message, "save it as MP3 or Opus")
    assert doubt(bytes(300_000), "audio/mpeg") is None
    assert doubt(bytes(30_000), "audio/wav") is None


@pytest.mark.parametrize(
    "text", ["WEBVTT\n\n00:01.000 --> 00:02.000\nA\n", "\ufeffWEBVTT - A\r\n-->"]
)
def test_captions_begin_as_webvtt_does(text):
    """With a mark of byte order or without, and with a remark or without."""
    check_captions(text.encode())


@pytest.mark.parametrize("data", [b"", b"WEBVTT\n", b"1\n00:01,000 --> 00:02,000\n", b"\xff\xfe"])
def test_what_are_no_captions_is_refused(data):
    """Subtitles of another form, too."""
    with pytest.raises(Refused, match=r"^these are no captions in the form WebVTT$"):
        check_captions(data)
