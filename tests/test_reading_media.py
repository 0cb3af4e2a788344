import pytest

from storymap.reading.media import list_media


def test_files_are_listed_with_the_path_that_authors_write(tmp_path):
    """Slashes on every system; folders are no files."""
    (tmp_path / "media" / "old").mkdir(parents=True)
    (tmp_path / "media" / "old" / "a.png").write_bytes(b"")
    (tmp_path / "b.png").write_bytes(b"")
    assert list_media(tmp_path) == {"media/old/a.png": True}


def test_a_story_without_media_has_none(tmp_path):
    """The folder may be missing."""
    assert list_media(tmp_path) == {}


def test_a_link_that_leads_out_is_told_apart(tmp_path):
    """A stranger's story shall not publish files that are not its own."""
    story = tmp_path / "story"
    (story / "media").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"")
    (story / "media" / "own.png").write_bytes(b"")
    try:
        (story / "media" / "out.png").symlink_to(tmp_path / "secret.png")
        (story / "media" / "in.png").symlink_to(story / "media" / "own.png")
    except OSError:
        pytest.skip("this system or user cannot make symbolic links")
    assert list_media(story) == {
        "media/own.png": True,
        "media/out.png": False,
        "media/in.png": True,
    }
