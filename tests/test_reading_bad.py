"""Bad stories: each folder of `stories/bad` holds a story and the problems that it has."""

from pathlib import Path

import pytest

from storymap.problems import Severity
from storymap.reading import read_story

CASES = sorted((Path(__file__).parent / "stories" / "bad").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_story_has_the_problems_expected(case):
    """All of them and no others, in the order of the files; only warnings let a story through."""
    story, problems = read_story(case / "story")
    said = "".join(f"{problem}\n" for problem in problems)
    assert said == (case / "expected.txt").read_text("utf-8")
    assert problems
    assert (story is None) == any(p.severity is Severity.ERROR for p in problems)
