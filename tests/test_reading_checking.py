"""Whatever an author writes: no value at any place of any file makes the reading fail."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
import yaml
from variants import changed, places_in

from storymap.problems import Problem
from storymap.reading import read_story
from storymap.reading.events import split_event
from storymap.reading.gazetteer import read_places
from storymap.reading.gazetteer_files import read_gazetteer
from storymap.reading.references import References
from storymap.reading.yaml_nodes import compose

GOOD = Path(__file__).parent / "stories" / "good"
FILES = (
    *("harbour/story.yaml", "harbour/gazetteer.yaml", "harbour/routes.yaml"),
    *("harbour/sources.yaml", "harbour/events/030-raising.md"),
    *("overlays/story.yaml", "overlays/events/040-both.md"),
    *("languages/story.ar.yaml", "languages/events/010-well.ar.md"),
)
ODD = (None, "", "x", "nan", "-1", "9" * 5000, "1e999", "[x](#y)", [], ["x"], [[]], {}, {"x": "y"})
EVERY = 6  # so many places share the odd values between them, to save time


@pytest.mark.parametrize("file", FILES)
def test_no_value_at_any_place_makes_the_reading_fail(tmp_path, file):
    """Each is a story or at least one problem with a line; a problem in a file names that file."""
    folder, file = file.split("/", 1)
    story = tmp_path / "story"
    shutil.copytree(GOOD / folder, story)
    source = (story / file).read_text("utf-8")
    is_event = file.endswith(".md")
    part = split_event(source, "")[0][0] if is_event else compose(source, "")[0]
    for index, path in enumerate(places_in(part.data)):
        for odd in ODD[index % EVERY :: EVERY]:
            data = changed(part.data, path, odd)
            text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True)
            (story / file).write_text(f"---\n{text}---\nText\n" if is_event else text, "utf-8")
            told, problems = read_story(story)
            assert told or problems, (path, odd)
            assert all(isinstance(problem, Problem) and problem.line for problem in problems)
            assert not any("Input should" in problem.message for problem in problems)


@pytest.mark.parametrize("odd", [*ODD, 7, -1.5, True, [[1]], {"type": "Point"}])
def test_no_value_at_any_place_of_a_feature_makes_the_reading_fail(odd):
    """The same holds for GeoJSON, which has numbers and truth values too."""
    source = (GOOD / "linked-places" / "gazetteer.geojson").read_text("utf-8")
    whole = json.loads(source)
    for path in places_in(whole):
        text = json.dumps(changed(whole, path, odd))
        file = "story/gazetteer.geojson"
        entries, problems = read_gazetteer(text.encode(), file, language="en", sources=())
        places, more = read_places(entries or (), References())
        assert places or problems or more, (path, odd)
        assert not any("Input should" in problem.message for problem in (*problems, *more))


@pytest.mark.parametrize("odd", [odd for odd in ODD if isinstance(odd, str)])
def test_no_text_in_any_cell_makes_the_reading_fail(tmp_path, odd):
    """Nor in a title; each problem has a row."""
    story = shutil.copytree(GOOD / "spreadsheets", tmp_path / "story")
    for name, separator in (("gazetteer.csv", ";"), ("events.csv", ",")):
        source = (story / name).read_text("utf-8")
        rows = [*csv.reader(io.StringIO(source), delimiter=separator)]
        for row, column in ((r, c) for r in range(len(rows)) for c in range(len(rows[r]))):
            text = io.StringIO()
            csv.writer(text, delimiter=separator).writerows(changed(rows, (row, column), odd))
            (story / name).write_text(text.getvalue(), "utf-8")
            told, problems = read_story(story)
            assert told or problems, (row, column, odd)
            assert all(problem.line for problem in problems)
        (story / name).write_text(source, "utf-8")
