from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli import main

STORIES = Path(__file__).parent / "stories"
GOOD = str(STORIES / "good" / "minimal")


def run(*arguments):
    return CliRunner().invoke(main, ["embed", *map(str, arguments)])


def test_the_lines_are_the_result(tmp_path):
    """They alone are on stdout; what was written, and what is missing, is said."""
    done = run(GOOD, "-o", tmp_path, "--base-url", "https://a.example/s")
    assert done.exit_code == 0
    assert done.stdout == (
        '<iframe src="https://a.example/s/" title="A short story" width="100%" height="640" '
        'style="border:0" loading="lazy" allow="fullscreen; clipboard-write" allowfullscreen>'
        "</iframe>\n"
        '<p><a href="https://a.example/s/" target="_blank" rel="noopener">'
        "Open the story map in a new tab</a></p>\n"
    )
    assert done.stderr.splitlines() == [
        f"wrote {tmp_path / 'story-map.js'}",
        f"wrote {tmp_path / 'lesson.html'}",
        f"there is no {tmp_path / 'index.html'} yet: storymap build writes it",
    ]


def test_what_is_there_already_is_not_written_again(tmp_path):
    """And without an address the reader is told what the lines want."""
    (tmp_path / "index.html").touch()
    run(GOOD, "-o", tmp_path)
    assert run(GOOD, "-o", tmp_path).stderr.splitlines() == [
        f"unchanged: {tmp_path / 'story-map.js'}",
        f"unchanged: {tmp_path / 'lesson.html'}",
        "these lines want index.html beside the page; --base-url says where it is on the web",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--step", "foundng"], "--step: there is no step 'foundng'; did you mean 'founding'?"),
        (["--step", "x"], "--step: there is no step 'x'"),
        (["--language", "sk"], "--language: the story is not in 'sk'; it is in en"),
        (["--height", "10"], "'--height': 10 is not in the range x>=240."),
        (
            ["--base-url", "ftp://a.example"],
            "'--base-url': 'ftp://a.example' is no web address; begin it with https://",
        ),
    ],
)
def test_a_wrong_option_is_refused(tmp_path, arguments, message):
    """With what helps, and nothing is written."""
    done = run(GOOD, "-o", tmp_path, *arguments)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1] == f"Error: Invalid value for {message}"
    assert not list(tmp_path.iterdir())


def test_a_story_with_problems_is_not_embedded(tmp_path):
    """The problems are said."""
    done = run(STORIES / "bad" / "base-url" / "story", "-o", tmp_path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0].endswith("'school.example/story' is no web address")
