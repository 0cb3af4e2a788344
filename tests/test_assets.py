from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from storymap import pipeline
from storymap.assets import Beside, Within, files_of, has_active, is_own
from storymap.model import Asset, Cover, Event, Film, Frame, Picture, Sound, Story

GOOD = Path(__file__).parent / "stories" / "good" / "media"
MP3 = Asset("Hlas babičky", "audio/mpeg", b"ID3")


def story(*media):
    event = Event("start", "Start", "", None, media=media)
    return Story("A story", "en", Cover(""), (), (), (), (event,))


def test_within_the_page_a_file_is_text():
    """Nothing lies beside it."""
    carrier = Within()
    assert carrier.address(MP3) == "data:audio/mpeg;base64,SUQz"
    assert carrier.files == {}


def test_beside_the_page_a_file_is_named_after_what_it_holds():
    """The same bytes have the same name, so that nobody sees an old one."""
    carrier = Beside()
    name = f"assets/hlas-babicky.{sha256(b'ID3').hexdigest()[:16]}.mp3"
    assert carrier.address(MP3) == name == carrier.address(MP3)
    assert carrier.files == {name: b"ID3"}


def test_a_name_without_letters_is_a_file_s_all_the_same():
    """Signs alone make no name."""
    assert Beside().address(Asset("---", "image/webp", b"")).startswith("assets/file.")


def test_only_files_of_ours_say_what_they_hold():
    """A foreign one that happens to look alike does not, nor does one that was changed."""
    name = Beside().address(MP3).removeprefix("assets/")
    assert is_own(name, b"ID3")
    assert not is_own(name, b"ID4")
    assert not is_own("hlas-babicky.mp3", b"ID3")


def test_pages_with_small_pictures_alone_carry_no_player():
    """A picture with more to show brings it, so do a frame, and any file beside the page."""
    small = Picture(asset=MP3, alt="", width_px=640, height_px=480)
    assert not has_active(story(small), Within())
    assert has_active(story(replace(small, height_px=641)), Within())
    assert has_active(story(Frame(url="https://films.example", alt="")), Within())
    assert has_active(story(small), Beside())
    assert not has_active(story(), Beside())


def test_files_are_told_once_the_heaviest_first():
    """Two steps may show the same one."""
    captions, poster = Asset("c", "text/vtt", b"WEBVTT"), Asset("p", "image/webp", b"picture")
    film = Film(asset=Asset("f", "video/webm", b"f" * 9), alt="", captions=captions, poster=poster)
    sound = Sound(asset=MP3, alt="", transcript="")
    assert files_of(story(film, sound, sound)) == (film.asset, poster, captions, MP3)


def test_a_build_leaves_no_old_files_and_takes_none_that_is_not_ours(tmp_path):
    """What the last build wrote is there; what anybody else has put there stays."""
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / "own.txt").write_text("mine", "utf-8")
    pipeline.build(GOOD, tmp_path, beside=True)
    first = {path.name for path in folder.iterdir()}
    assert [name.partition(".")[0] for name in sorted(first)] == [
        *("hill", "own", "sky", "square", "sun", "tone")
    ]
    page = (tmp_path / "index.html").read_text("utf-8")
    assert all(f"assets/{name}" in page for name in first - {"own.txt"})
    again = pipeline.build(GOOD, tmp_path, beside=True)
    assert not again.page.changed
    pipeline.build(GOOD, tmp_path)
    assert [path.name for path in folder.iterdir()] == ["own.txt"]
    (folder / "own.txt").unlink()
    pipeline.build(GOOD, tmp_path, beside=True)
    pipeline.build(GOOD, tmp_path)
    assert not folder.exists()
