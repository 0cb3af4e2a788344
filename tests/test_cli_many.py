import io
import re
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli import main
from storymap.cli.many import expanded
from storymap.cli.speech import progress

GOOD = Path(__file__).parent / "stories" / "good"

pytestmark = pytest.mark.usefixtures("school")


@pytest.fixture
def school(tmp_path, monkeypatch):
    """A folder to work in, with a story, one that has an error, and what lies beside stories."""
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "yours"):
        shutil.copytree(GOOD / "minimal", tmp_path / "stories" / name)
    Path("stories/yours/story.yaml").write_text("format: 2\n", encoding="utf-8")
    Path("stories/shared").mkdir()
    Path("stories/shared/places.csv").write_text("", encoding="utf-8")
    Path("stories/read.me").write_text("", encoding="utf-8")


@pytest.fixture
def run():
    """A function that runs the command line and gives what it said."""

    def run(*words):
        return CliRunner().invoke(main, ["build", *words])

    return run


def test_several_stories_are_built_and_summed_up(run):
    """Results are the pages and the list; the problems name their folder; exit code 1."""
    result = run("stories/*", "-o", "out", "--jobs", "1")
    assert result.exit_code == 1
    assert result.stdout == f"{Path('out/mine/index.html')}\n{Path('out/index.html')}\n"
    said = re.sub(r"\d+\.\d s", "0.0 s", result.stderr).replace("\\", "/")
    assert said == (
        "stories/read.me: left out, it is no story folder\n"
        "stories/shared: left out, it is no story folder\n"
        "yours/story.yaml:1:9: this story is of format 2, which this version of storymap does not "
        "know\n    it reads `format: 1`; look for another version\n"
        "2 stories: 1 built, 0 unchanged, 1 failed; 0.0 s\n"
        "failed: stories/yours\n"
    )


def test_one_folder_is_built_as_ever(run):
    """Its page stands in the output folder itself."""
    result = run("stories/mine", "-o", "out")
    assert (result.exit_code, result.stdout) == (0, f"{Path('out/index.html')}\n")
    assert [path.name for path in Path("out").iterdir() if path.is_dir()] == []


def test_folders_of_one_name_are_wrong_usage(run):
    """Nothing is built."""
    result = run("stories/mine", "elsewhere/mine", "-o", "out")
    paths = [str(Path("stories/mine")), str(Path("elsewhere/mine"))]
    assert result.exit_code == 2
    message = f"Error: '{paths[0]}' and '{paths[1]}' would both be written to one folder\n"
    assert result.stderr.endswith(message)
    assert not Path("out").exists()


def test_without_any_story_nothing_is_built(run):
    """What lies beside stories is no story."""
    result = run("stories/shared", "stories/read.me", "-o", "out")
    assert result.exit_code == 1
    assert result.stderr.endswith("storymap: there is no story folder among them\n")
    assert not Path("out").exists()


def test_a_pattern_stands_for_what_it_matches():
    """In order of names; a folder may be called like a pattern, and what matches nothing stays."""
    Path("stories/[ab]").mkdir()
    Path("stories/a").mkdir()
    assert expanded(["stories/[ab]", "stories/?ine", "none*"]) == [
        Path("stories/[ab]"),
        Path("stories/mine"),
        Path("none*"),
    ]


def test_a_terminal_shows_how_far_it_has_come(monkeypatch, capsys):
    """A bar grows with each story; a pipe gets none, and results are apart from it."""
    with progress(0, 2, "building") as advance:
        advance()
    assert capsys.readouterr().err == ""
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress(0, 2, "building") as advance:
        advance()
        advance()
    assert re.search(r"building .* 0%.*building .*100%", terminal.getvalue(), re.DOTALL)
    assert capsys.readouterr().out == ""
