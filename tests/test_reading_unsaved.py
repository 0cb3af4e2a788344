from pathlib import Path

from storymap.reading import read_story

MINIMAL = Path(__file__).parent / "stories" / "good" / "minimal"
EVENT = b"---\ntitle: A second step\nplaces: [%s]\n---\nText.\n"


def test_what_a_file_would_hold_goes_before_what_it_does():
    """The file on disk is not read."""
    (head,) = MINIMAL.glob("story.yaml")
    text = head.read_bytes().replace(b"title: ", b"title: Not ")
    story, problems = read_story(MINIMAL, {"story.yaml": text})
    assert problems == ()
    assert story.title.startswith("Not ")


def test_a_file_that_is_not_there_yet_is_read_as_if_it_were():
    """Problems name it as they will when it is written."""
    (place,) = read_story(MINIMAL)[0].places
    unsaved = {"events/900-second.md": EVENT % place.id.encode()}
    story, problems = read_story(MINIMAL, unsaved)
    assert problems == ()
    assert story.events[-1].id == "second"
    _, (problem,) = read_story(MINIMAL, {"events/900-second.md": EVENT % b"none"})
    assert str(problem).splitlines()[0] == (
        "minimal/events/900-second.md:3:10: no place is called 'none'"
    )


def test_a_folder_that_is_not_there_yet_is_read_too(tmp_path):
    """The first event makes the folder of events."""
    for name in ("story.yaml", "gazetteer.yaml"):
        (tmp_path / name).write_bytes((MINIMAL / name).read_bytes())
    (place,) = read_story(MINIMAL)[0].places
    story, problems = read_story(tmp_path, {"events/010-a.md": EVENT % place.id.encode()})
    assert problems == ()
    assert [event.id for event in story.events] == ["a"]


def test_what_a_file_would_hold_has_to_be_text():
    """It is judged like a file."""
    _, problems = read_story(MINIMAL, {"gazetteer.yaml": b"- \xff"})
    assert [str(problem).splitlines()[0] for problem in problems] == [
        "minimal/gazetteer.yaml:1:3: byte 0xFF is not UTF-8"
    ]
