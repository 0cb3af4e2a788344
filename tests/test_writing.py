import errno
import os
import re

import pytest

from storymap import writing
from storymap.writing import (
    OutputError,
    OutsideError,
    turn,
    write_file,
    write_files,
    write_new_folder,
)


def test_a_file_is_written_with_its_folders(tmp_path):
    """Folders on the way are made."""
    (written,) = write_files(tmp_path / "a", {"b/c.txt": b"text"})
    assert written.path.read_bytes() == b"text"
    assert written.changed


def test_what_is_unchanged_is_not_written_again(tmp_path):
    """The same bytes leave the file's time as it was."""
    path = tmp_path / "page.html"
    write_file(path, b"same")
    os.utime(path, (1, 1))
    assert not write_file(path, b"same").changed
    assert path.stat().st_mtime == 1


def test_nothing_is_left_beside_a_file_that_failed(tmp_path, monkeypatch):
    """A write that breaks off leaves the old file and no other."""
    path = tmp_path / "page.html"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(OutputError, match=f"^cannot write {re.escape(str(path))}: disk full$"):
        write_file(path, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("name", ["../page.html", "/etc/page.html", "a/../../b"])
def test_names_never_lead_out_of_the_folder(tmp_path, name):
    """A path that climbs is our own fault and stops everything."""
    message = f"{name!r} lies outside the output folder"
    with pytest.raises(OutsideError, match=f"^{re.escape(message)}$"):
        write_files(tmp_path / "output", {name: b""})


def test_an_output_folder_that_is_a_file_is_told_in_words(tmp_path):
    """The message names the file that stands in the way."""
    (tmp_path / "output").write_bytes(b"")
    message = f"cannot write {tmp_path / 'output'}: it is a file, not a folder"
    with pytest.raises(OutputError, match=f"^{re.escape(message)}$"):
        write_file(tmp_path / "output" / "index.html", b"")
    folder = tmp_path / "output" / "deeper"
    message = f"cannot write {folder}: {tmp_path / 'output'} is a file, not a folder"
    with pytest.raises(OutputError, match=f"^{re.escape(message)}$"):
        write_file(folder / "index.html", b"")


def test_a_new_file_can_be_read_by_others(tmp_path):
    """The mode is that of any new file, not the private one of a temporary file."""
    path = write_file(tmp_path / "page.html", b"").path
    plain = tmp_path / "plain"
    plain.touch()
    assert path.stat().st_mode == plain.stat().st_mode


def _full(_descriptor):
    raise OSError(28, "disk full")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_keeps_its_mode(tmp_path):
    """What is private stays so."""
    path = tmp_path / "page.html"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_file(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_folder_can_be_entered_by_others(tmp_path):
    """Its mode is that of any new folder."""
    write_new_folder(tmp_path / "a" / "b", {"c/d.txt": b"text"})
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "a" / "b" / "c" / "d.txt").read_bytes() == b"text"
    assert (tmp_path / "a" / "b").stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


ABANDONED = ".storymap-0.part"


def test_what_a_killed_writer_left_is_removed(tmp_path):
    """Files in every folder that is written to, also half a story; what others hide stays."""
    for name in [ABANDONED, f"assets/{ABANDONED}", ".mine.part"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (tmp_path / ".storymap-1.part" / "events").mkdir(parents=True)
    write_file(tmp_path / "index.html", b"page")
    assert [*tmp_path.glob(".storymap-*")] == []
    write_files(tmp_path, {"assets/a.png": b"picture"})
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert names == {".mine.part", "assets", "assets/a.png", "index.html"}


@pytest.mark.skipif(os.name == "nt", reason="folders are not locked there")
def test_writers_of_one_folder_take_turns(tmp_path, monkeypatch):
    """Who waits too long says so; whoever comes when the other is done is let in."""
    monkeypatch.setattr(writing, "PATIENCE_S", 0.05)
    message = f"cannot write {tmp_path}: another program has been writing there for 0.05 seconds"
    with turn(tmp_path), pytest.raises(OutputError, match=f"^{re.escape(message)}$"):
        write_file(tmp_path / "page.html", b"")
    assert write_file(tmp_path / "page.html", b"").changed


def test_what_changed_since_it_was_read_is_not_replaced(tmp_path):
    """Neither a file that holds something else by now, nor one that was not there."""
    path = tmp_path / "gazetteer.yaml"
    message = f"cannot write {path}: it has changed since it was read\n    run the command again"
    path.write_bytes(b"by somebody else")
    for read in (b"old", b""):
        with pytest.raises(OutputError, match=f"^{re.escape(message)}$"):
            write_file(path, b"new", over=read)
    assert path.read_bytes() == b"by somebody else"
    assert write_file(path, b"new", over=b"by somebody else").changed


def test_half_a_new_folder_is_completed(tmp_path):
    """What a killed run put into a folder that was there is no obstacle; anything else is."""
    files = {"events/a.md": b"a", "story.yaml": b"b"}
    (tmp_path / "mine" / "events").mkdir(parents=True)
    (tmp_path / "mine" / "events" / "a.md").write_bytes(b"a")
    write_new_folder(tmp_path / "mine", files)
    assert (tmp_path / "mine" / "story.yaml").read_bytes() == b"b"
    with pytest.raises(OutputError, match="it is there already"):
        write_new_folder(tmp_path / "mine", files)


def test_a_name_may_be_as_long_as_the_system_has_it(tmp_path):
    """What is written beside a file for a while has no longer name; beyond that, words tell."""
    assert write_file(tmp_path / ("n" * 255), b"").changed
    path = tmp_path / ("n" * 256)
    message = f"cannot write {path}: {os.strerror(errno.ENAMETOOLONG)}"
    with pytest.raises(OutputError, match=f"^{re.escape(message)}$"):
        write_file(path, b"")
