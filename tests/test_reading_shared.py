"""Gazetteers that several stories share."""

import shutil
from pathlib import Path

import pytest

from storymap.reading import read_story

MINIMAL = Path(__file__).parent / "stories" / "good" / "minimal"
COMMON = """\
id,name,language,lat,lon,within,variants
zilina,Žilina,sk,49.22,18.74,slovakia,
brno,Brno,cs,49.2,16.6,,
slovakia,Slovensko,sk,48.7,19.5,,
"""


@pytest.fixture
def story(tmp_path):
    """A story in a folder of stories, all of whose places are in a common file."""
    folder = shutil.copytree(MINIMAL, tmp_path / "lessons" / "story")
    (folder / "gazetteer.yaml").unlink()
    name_gazetteers(folder, "../common.csv")
    (folder.parent / "common.csv").write_text(COMMON, encoding="utf-8")
    return folder


def name_gazetteers(folder, *paths):
    head = (folder / "story.yaml").read_text("utf-8").split("gazetteers:")[0]
    (folder / "story.yaml").write_text(f"{head}gazetteers: [{', '.join(paths)}]\n", "utf-8")


def test_a_story_has_what_it_speaks_of(story):
    """And what that lies in; of other places of the common file nobody is warned."""
    told, problems = read_story(story)
    assert problems == ()
    assert [place.id for place in told.places] == ["zilina", "slovakia"]


def test_a_place_that_a_text_links_to_is_spoken_of(story):
    """Readers shall see it named."""
    event = story / "events" / "010-founding.md"
    event.write_text(event.read_text("utf-8") + "\nSee [Brno](place:brno).\n", "utf-8")
    told, _ = read_story(story)
    assert [place.id for place in told.places] == ["zilina", "brno", "slovakia"]


def test_what_is_nearer_wins(story):
    """The story's own gazetteer, then the files in their order; differences are named."""
    own = "id,name,language,lat,lon\nzilina,Sillein,de,49.22,18.74\n"
    (story / "gazetteer.csv").write_text(own, "utf-8")
    told, problems = read_story(story)
    assert [place.names[0].text for place in told.places] == ["Sillein"]
    assert "\n".join(map(str, problems)) == (
        "story/gazetteer.csv:2:1: warning: in the column 'id': "
        "the place 'zilina' is another one in common.csv:2: its names and within differ\n"
        "    this one is taken; make them the same, or rename one"
    )


def test_the_same_twice_is_no_clash(story):
    """Whatever kinds of file say it."""
    (story.parent / "copy.yaml").write_text(
        "- {id: zilina, within: slovakia, location: {point: [49.22, 18.74], precision: settlement},"
        " names: [{text: Žilina, language: sk, kind: official}]}\n",
        "utf-8",
    )
    name_gazetteers(story, "../common.csv", "../copy.yaml")
    assert read_story(story)[1] == ()


def test_the_root_may_lie_higher(story, tmp_path):
    """By default it is the folder that the story lies in."""
    shutil.move(story.parent / "common.csv", tmp_path / "common.csv")
    name_gazetteers(story, "../../common.csv")
    told, (problem,) = read_story(story)
    assert told is None
    assert str(problem) == (
        "story/story.yaml:5:14: '../../common.csv' lies outside of 'lessons', where shared files "
        "may lie\n    copy it there, or name a folder above both with --root"
    )
    assert read_story(story, root=tmp_path)[1] == ()


def test_a_link_does_not_lead_out_of_the_root(story, tmp_path):
    """A stranger's story shall not read files that are not its own."""
    secret = tmp_path / "secret.csv"
    shutil.move(story.parent / "common.csv", secret)
    try:
        (story.parent / "common.csv").symlink_to(secret)
    except OSError:
        pytest.skip("this system or user cannot make symbolic links")
    _, problems = read_story(story)
    assert problems[0].message == (
        "'../common.csv' lies outside of 'lessons', where shared files may lie"
    )


def test_a_common_file_that_cannot_be_read_is_a_problem(story, monkeypatch):
    """Played, for administrators may read all."""
    real = Path.read_bytes

    def refuse(path):
        if path.name == "common.csv":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, problems = read_story(story)
    assert [str(problem) for problem in problems] == [
        "common.csv: the file cannot be read: permission denied"
    ]
