"""What `check` says of translations that are not complete, and a build does not."""

import shutil
from pathlib import Path

import pytest

from storymap import checks, pipeline
from storymap.reading import read_story

GOOD = Path(__file__).parent / "stories" / "good"


@pytest.fixture
def story(tmp_path):
    return shutil.copytree(GOOD / "languages", tmp_path / "story")


def change(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def said(story):
    """Return what a check says; reading alone finds nothing."""
    assert read_story(story)[1] == ()
    return "".join(f"{problem}\n" for problem in checks.check(story))


def test_a_language_without_files_is_two_warnings(story):
    """However many steps there are; those that are there first are named."""
    change(story / "story.yaml", "[ar, en]", "[ar, en, sk]")
    for number in range(30, 90, 10):
        text = "---\ntitle: More\nwhen: 1906\nplaces: [tyre]\n---\n"
        (story / "events" / f"0{number}-more-{number}.md").write_text(text, "utf-8")
        arabic = story / "events" / f"0{number}-more-{number}.ar.md"
        arabic.write_text("---\ntitle: المزيد\n---\n", "utf-8")
    assert said(story) == (
        "story/story.yaml:5:21: warning: steps not translated into 'sk' yet, 8 of 8: "
        "well, wall, more-30, more-40, more-50, …\n"
        "    begin with events/010-well.sk.md; until then readers see the 'en'\n"
        "story/story.yaml:5:21: warning: there is no story.sk.yaml\n"
        "    say there what stands over the story; until then readers see the 'en'\n"
    )


def test_each_file_is_told_once_what_it_lacks(story):
    """Its keys as their author writes them."""
    (story / "story.ar.yaml").write_text("subtitle: قصة\n", "utf-8")
    (story / "events" / "010-well.ar.md").write_text("---\ntitle: البئر\n---\n", "utf-8")
    (story / "events" / "020-wall.ar.md").unlink()
    assert said(story) == (
        "story/events/010-well.ar.md: warning: not translated here: the text, 'background', "
        "'disputed', 'table', 'media', 'overlays'\n"
        "    until then readers see the 'en'\n"
        "story/story.ar.yaml: warning: not translated here: 'title', 'cover'\n"
        "    until then readers see the 'en'\n"
        "story/story.yaml:5:13: warning: steps not translated into 'ar' yet, 1 of 2: wall\n"
        "    begin with events/020-wall.ar.md; until then readers see the 'en'\n"
    )


def test_steps_in_a_spreadsheet_wait_for_the_folder(story):
    """Their texts have no files that could be translated."""
    shutil.rmtree(story / "events")
    (story / "events.csv").write_text("title,when,places\nThe well,1901,tyre\n", "utf-8")
    (story / "sources.yaml").unlink()
    assert said(story) == (
        "story/story.yaml:5:13: warning: steps not translated into 'ar' yet, 1 of 1: the-well\n"
        "    a step in a spreadsheet cannot be translated, one in the folder events/ can; "
        "until then readers see the 'en'\n"
    )


def test_errors_come_first(story):
    """What is missing is told once the story can be read."""
    (story / "events" / "020-wall.ar.md").unlink()
    change(story / "story.yaml", "title: The well and the wall", "titel: The well")
    assert "not translated" not in "".join(map(str, checks.check(story)))


def test_a_page_can_be_made_meanwhile(story, tmp_path):
    """Its problems are those of the story, even if warnings count."""
    (story / "events" / "020-wall.ar.md").unlink()
    assert pipeline.build(story, tmp_path / "output", strict=True).page
