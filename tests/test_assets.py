from hashlib import sha256

from storymap.assets import Beside, Within, is_own
from storymap.model import Asset

MP3 = Asset("Hlas babičky", "audio/mpeg", b"ID3")


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
