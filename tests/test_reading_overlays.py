import shutil
from pathlib import Path

import pytest

from storymap.model import Drawing, Plan
from storymap.problems import StoryError
from storymap.reading import read_story
from storymap.reading.overlays import OverlayFiles
from storymap.reading.records import OverlayRecord
from storymap.reading.references import References
from storymap.reading.yaml_nodes import Part

GOOD = Path(__file__).parent / "stories" / "good" / "overlays"


@pytest.fixture
def copied(tmp_path):
    """A copy of the story, to be spoilt."""
    return shutil.copytree(GOOD, tmp_path / "story")


def test_overlays_arrive_as_written():
    """A plan with its corners and its size in pixels, a drawing with its features."""
    story, _ = read_story(GOOD)
    drawing, plan = story.events[0].overlays[0], story.events[1].overlays[0]
    assert isinstance(drawing, Drawing)
    assert (drawing.label, drawing.credit, drawing.licence) == (
        "The quarter",
        "Storymap's tests",
        "CC0 1.0",
    )
    assert [feature.title for feature in drawing.features] == [
        *("The quarter", "Spinners' row", "The brook", "The mill", "", "")
    ]
    assert isinstance(plan, Plan)
    assert (plan.width_px, plan.height_px, plan.opacity) == (420, 300, 0.9)
    assert plan.corners[0] == (61.503434, 23.750257)
    assert story.events[3].overlays == (plan, drawing)


def test_tiles_arrive_as_written():
    """What the author leaves out is empty."""
    story, _ = read_story(GOOD)
    assert (story.tiles.name, story.tiles.max_zoom) == ("Example Maps", 17)
    assert story.tiles.url == "https://tile.example/{z}/{x}/{y}.png"


def test_a_fault_in_a_file_is_told_once(copied):
    """Two steps show the drawing, and its author mends it in one place."""
    (copied / "media" / "quarter.geojson").write_text("{}", "utf-8")
    (said,) = map(str, read_story(copied)[1])
    assert said == (
        "story/media/quarter.geojson:1:1: "
        "this is no GeoJSON: it should be an object with a 'type'\n"
        "    export it as GeoJSON (RFC 7946)"
    )


def test_a_heavy_picture_is_told_once(copied):
    """Two steps show it, and it is in the page once."""
    plan = copied / "media" / "plan.png"
    plan.write_bytes(plan.read_bytes() + bytes(600_000))
    (said,) = map(str, read_story(copied)[1])
    assert said == (
        "story/events/020-plan.md:5:12: warning: this picture adds 802 KB to the page\n"
        "    scale it down, or save it as WebP"
    )


def test_a_file_beyond_all_measure_is_not_looked_into(copied, monkeypatch):
    """A stranger's story cannot keep the machine busy with it."""
    monkeypatch.setattr("storymap.reading.overlays._LARGEST_BYTES", 2_000)
    assert [str(problem) for problem in read_story(copied)[1]] == [
        "story/media/quarter.geojson: this file is larger than 0 MB\n    simplify it"
    ]


def test_files_that_vanish_are_problems(tmp_path):
    """Whatever happens between listing and reading, nothing raises."""
    corners = [["49", "18"], ["49", "19"], ["48", "19"], ["48", "18"]]
    known = References({"media/a.geojson": True, "media/b.png": True})
    records = [
        OverlayRecord.model_validate(data, context=known)
        for data in (
            {"geojson": "media/a.geojson", "label": "A"},
            {"image": "media/b.png", "label": "B", "alt": "A plan.", "corners": corners},
        )
    ]
    overlays, problems = OverlayFiles(tmp_path, "story").read(records, Part("a.md", "", None, None))
    assert [overlay.points() for overlay in overlays] == [()]
    assert [str(problem) for problem in problems] == [
        "story/media/a.geojson: there is no such file",
        "a.md:1:1: the file cannot be read: no such file or directory",
    ]


def test_the_page_of_a_spoilt_story_is_none(copied):
    """Errors in a drawing stop a build as any other do."""
    (copied / "media" / "quarter.geojson").write_text("{", "utf-8")
    story, problems = read_story(copied)
    assert story is None
    with pytest.raises(StoryError, match="a key in double quotes is expected here"):
        raise StoryError(problems)
