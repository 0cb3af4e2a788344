from pathlib import Path

import pytest

from storymap import page
from storymap.problems import StoryError
from storymap.reading.folder import MediaKind, kind_of, list_folder, list_media


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


def test_the_names_in_a_folder_leave_hidden_things_out(tmp_path):
    """Systems and editors leave files of their own."""
    for name in (".DS_Store", "a.md", "b"):
        (tmp_path / name).touch()
    assert sorted(list_folder(tmp_path, "story/events")) == ["a.md", "b"]


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path, monkeypatch):
    """Missing, a file, or closed to this user; the last is played, for administrators see all."""

    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.md").touch()
    with pytest.raises(StoryError, match=r"^story/a\.md: this is a file, where a folder is exp"):
        list_folder(tmp_path / "a.md", "story/a.md")
    with pytest.raises(StoryError, match=r"^story: there is no such folder$"):
        list_folder(tmp_path / "none", "story")
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StoryError, match=r"^story: the folder cannot be read: permission denied$"):
        list_folder(tmp_path, "story")


def test_plans_are_those_that_the_page_knows():
    """What reading lets through, the page can show."""
    assert tuple(page.PLANS) == MediaKind.PLAN.value[1]


@pytest.mark.parametrize(
    ("file", "kind"),
    [("media/a.JPG", "picture"), ("media/b.opus", "sound"), ("media/c.webm", "film")],
)
def test_the_ending_tells_what_a_medium_is(file, kind):
    """In small letters or in capitals."""
    assert kind_of(file) == kind
