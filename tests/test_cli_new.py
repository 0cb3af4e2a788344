"""`storymap new`: a story to begin with."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap import writing
from storymap.cli import main
from storymap.reading import read_story
from storymap.reading.schemas import json_schemas


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """An empty folder to run in."""
    monkeypatch.chdir(tmp_path)


def run(*words):
    """Exit code, stdout and stderr of a command."""
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.stdout, result.stderr


def test_a_new_story_builds_at_once():
    """Without a warning, and with a step that is undecided about its date."""
    assert run("new", "mine") == (0, "mine\n", "next, look at it: storymap serve mine\n")
    assert run("check", "mine", "--strict") == (0, "", "no problems\n")
    assert run("build", "mine", "-o", "out")[:2] == (0, f"{Path('out/index.html')}\n")
    story, _ = read_story(Path("mine"))
    assert [event.when.edtf for event in story.events] == ["/1923", "1923-05-01", "1925/.."]


def test_a_story_gets_the_title_that_is_said():
    """In quotes where it needs them."""
    run("new", "mine", "--title", "Košice: a day")
    story, problems = read_story(Path("mine"))
    assert (problems, story.title) == ((), "Košice: a day")
    assert 'title: "Košice: a day"\n' in Path("mine/story.yaml").read_text(encoding="utf-8")


def test_editors_find_the_schema_of_each_file():
    """The first line of each names one that lies beside it."""
    run("new", "mine")
    schemas = json_schemas()
    for path in Path("mine").glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=.schemas/{path.stem}.json"
        schema = json.loads((path.parent / ".schemas" / f"{path.stem}.json").read_bytes())
        assert schema == schemas[path.stem]


def test_every_command_that_the_remarks_name_is_there():
    """A newcomer can type them."""
    run("new", "mine")
    files = [*Path("mine").glob("*.yaml"), *Path("mine").glob("events/*.md")]
    words = " ".join(path.read_text(encoding="utf-8") for path in files)
    named = {*re.findall("`storymap ([a-z]+)", words)}
    assert named == {"add", "locate"}
    assert named <= {*main.commands}


def test_an_empty_folder_is_filled():
    """Also the one that the command runs in."""
    assert run("new", ".")[0] == 0
    assert run("check", ".")[2] == "no problems\n"


@pytest.mark.parametrize("there", ["file", "folder"])
def test_what_is_there_is_left_alone(tmp_path, there):
    """Neither a file nor a folder that holds something is touched."""
    path = tmp_path / "mine"
    if there == "folder":
        path.mkdir()
        (path / "keep.txt").touch()
    else:
        path.touch()
    before = sorted(tmp_path.rglob("*"))
    message = f"cannot write {path}: it is there already, and is not empty"
    assert run("new", "mine") == (1, "", f"storymap: {message}\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_story_is_there_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    """A write that breaks off leaves nothing behind."""

    def break_off(_path, _data):
        raise OSError(28, "disk full")

    monkeypatch.setattr(writing, "_replace", break_off)
    message = f"cannot write {tmp_path / 'mine'}: disk full"
    assert run("new", "mine") == (1, "", f"storymap: {message}\n")
    assert not [*tmp_path.iterdir()]


def test_a_folder_has_to_be_named():
    """There is no default, lest one be filled by mistake."""
    assert run("new")[0] == 2
