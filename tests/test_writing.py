import os
import re

import pytest

from storymap.writing import (
    OutputError,
    OutsideError,
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
    path = tmp_path / "output" / "index.html"
    message = f"cannot write {path}: {tmp_path / 'output'} is a file, not a folder"
    with pytest.raises(OutputError, match=f"^{re.escape(message)}$"):
        write_file(path, b"")


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
