import json
from pathlib import Path

from storymap.cli.reports import as_github, as_json, as_text
from storymap.problems import Problem, Severity

PROBLEMS = (
    Problem("story/a,b.yaml", 3, 5, "50% of 'x'", "write: y"),
    Problem("story/events", 0, 0, "there is no event", "add\none", Severity.WARNING),
)


def test_people_get_lines():
    """A line for each problem, its hint indented below it; a control character is only named."""
    assert as_text(PROBLEMS, Path("story")) == (
        "story/a,b.yaml:3:5: 50% of 'x'\n    write: y\n"
        "story/events: warning: there is no event\n    add\\u000aone"
    )


def test_programs_get_json():
    """Every field of a problem is there under its own name."""
    assert json.loads(as_json(PROBLEMS, Path("story"))) == [
        {
            "file": "story/a,b.yaml",
            "line": 3,
            "column": 5,
            "message": "50% of 'x'",
            "hint": "write: y",
            "severity": "error",
        },
        {
            "file": "story/events",
            "line": 0,
            "column": 0,
            "message": "there is no event",
            "hint": "add\none",
            "severity": "warning",
        },
    ]


def test_github_gets_annotations(tmp_path, monkeypatch):
    """Paths start at the repository, and what GitHub reads as its own signs is escaped."""
    (tmp_path / "stories" / "story").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert as_github(PROBLEMS, Path("stories/story")) == (
        "::error file=stories/story/a%2Cb.yaml,line=3,col=5::50%25 of 'x'%0Awrite: y\n"
        "::warning file=stories/story/events::there is no event%0Aadd%0Aone"
    )
