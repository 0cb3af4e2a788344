from pathlib import Path

import pytest

from storymap.problems import Problem, StoryError
from storymap.text import decode, did_you_mean, excerpt, position, read_text


def problem_of(function, *arguments):
    """Return the one problem that a call ends in."""
    with pytest.raises(StoryError) as caught:
        function(*arguments)
    (problem,) = caught.value.problems
    return problem


def test_line_ends_and_byte_order_marks_of_every_editor_are_the_same_text():
    """Windows, old Macs and Notepad's mark at the start make no difference."""
    assert decode(b"\xef\xbb\xbfone\r\ntwo\rthree\n", "a.md") == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"\xe8", (1, 1)),
        ("Žilina, ".encode() + b"\xe8", (1, 9)),
        ("\ufeffŽ\r\nŽ".encode() + b"\xff\n", (2, 2)),
    ],
)
def test_a_byte_that_is_not_utf_8_is_found(data, where):
    """The column counts characters, not bytes."""
    byte = data.rstrip(b"\n")[-1]
    message = f"byte 0x{byte:02X} is not UTF-8"
    assert problem_of(decode, data, "a.md") == Problem(
        "a.md", *where, message, "save the file as UTF-8"
    )


def test_a_control_character_is_found():
    """Tabs and line ends are no control characters here."""
    message = "the control character U+0007 does not belong in a text"
    assert problem_of(decode, b"\tone\ntw\x07o", "a.md") == Problem(
        "a.md", 2, 3, message, "delete it"
    )


def test_a_missing_file_is_a_problem(tmp_path):
    """The path shown is the author's, not that of the machine."""
    assert problem_of(read_text, tmp_path / "a.md", "story/a.md") == Problem(
        "story/a.md", 0, 0, "there is no such file"
    )


def test_a_folder_is_no_file(tmp_path):
    """What Windows calls a denied permission is told as what it is."""
    assert problem_of(read_text, tmp_path, "story/a.md") == Problem(
        "story/a.md", 0, 0, "this is a folder, where a file is expected"
    )


def test_a_file_that_may_not_be_read_says_why(tmp_path, monkeypatch):
    """The reason is that of the system; the administrator may read everything, so it is played."""

    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.md").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert problem_of(read_text, tmp_path / "a.md", "story/a.md") == Problem(
        "story/a.md", 0, 0, "the file cannot be read: permission denied"
    )


@pytest.mark.parametrize(
    ("index", "expected"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (4, (3, 1)), (6, (3, 3))]
)
def test_positions_count_from_one(index, expected):
    """A line end belongs to the line that it ends."""
    assert position("ab\n\ncd", index) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("zillina", "zilina"),
        ("ŽILINA", "zilina"),
        ("bratislava", None),
        ("", None),
        ("Bishkec", "Bíshkek"),
    ],
)
def test_words_that_resemble_each_other(word, expected):
    """Case and diacritics make no difference; the candidate comes back as it is written."""
    assert did_you_mean(word, ["martin", "zilina", "Bíshkek"]) == expected


def test_an_excerpt_is_one_short_line():
    """A message stays readable, whatever the author wrote."""
    assert excerpt("two\n  lines") == "two lines"
    assert excerpt("x" * 60) == "x" * 60
    assert excerpt("x" * 61) == "x" * 59 + "…"
