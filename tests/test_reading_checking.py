"""Whatever an author writes: no value at any place of any file makes the reading fail."""

import shutil
from pathlib import Path

import pytest
import yaml

from storymap.problems import Problem
from storymap.reading import read_story
from storymap.reading.events import split_event
from storymap.reading.yaml_nodes import compose

HARBOUR = Path(__file__).parent / "stories" / "good" / "harbour"
FILES = ("story.yaml", "gazetteer.yaml", "routes.yaml", "sources.yaml", "events/030-raising.md")
ODD = (None, "", "x", "nan", "-1", "9" * 5000, "1e999", "[x](#y)", [], ["x"], [[]], {}, {"x": "y"})
EVERY = 6  # so many places share the odd values between them, to save time


def places_in(data, path=()):
    """Yield the path of each value in plain data."""
    yield path
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from places_in(data[key], (*path, key))


def changed(data, path, value):
    """Return plain data with another value at *path*."""
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = changed(copy[path[0]], path[1:], value)
    return copy


@pytest.mark.parametrize("file", FILES)
def test_no_value_at_any_place_makes_the_reading_fail(tmp_path, file):
    """Each is a story or at least one problem with a line; a problem in a file names that file."""
    story = tmp_path / "story"
    shutil.copytree(HARBOUR, story)
    source = (story / file).read_text("utf-8")
    is_event = file.endswith(".md")
    part = split_event(source, "")[0][0] if is_event else compose(source, "")[0]
    for index, path in enumerate(places_in(part.data)):
        for odd in ODD[index % EVERY :: EVERY]:
            text = yaml.safe_dump(changed(part.data, path, odd), allow_unicode=True)
            (story / file).write_text(f"---\n{text}---\nText\n" if is_event else text, "utf-8")
            told, problems = read_story(story)
            assert told or problems, (path, odd)
            assert all(isinstance(problem, Problem) and problem.line for problem in problems)
            assert not any("Input should" in problem.message for problem in problems)
