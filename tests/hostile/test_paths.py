"""Files that a stranger's story names or leads to: its own are read, and no others."""

import os
import shutil
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from storymap import pipeline, text
from storymap.problems import Severity
from storymap.reading import photographs, read_story

MEDIA = Path(__file__).parents[1] / "stories" / "good" / "media"
SEEN = "events/010-seen.md"
ASTRAY = "this leads out of the story folder"


@contextmanager
def soon():
    """Fail where something waits for what never comes."""
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("this takes forever"))
    signal.alarm(20)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def story(tmp_path):
    """A copy of a story with media, in a folder of its own; a secret lies beside that."""
    (tmp_path / "secret.md").write_text("---\ntitle: secret\n---\n")
    (tmp_path / "secret.jpg").write_bytes((MEDIA / "media" / "hill.jpg").read_bytes())
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "a.jpg").write_bytes((MEDIA / "media" / "hill.jpg").read_bytes())
    return shutil.copytree(MEDIA, tmp_path / "school" / "story")


def told(story):
    """Return the story, if there is one, and its errors."""
    with soon():
        read, problems = read_story(story)
    errors = [f"{p.file}: {p.message}" for p in problems if p.severity is Severity.ERROR]
    return read, errors


def show(story, file):
    """Let the first step show another file."""
    path = story / SEEN
    head, body = path.read_text("utf-8").split("---\n")[1:]
    data = yaml.safe_load(head) | {"media": [{"file": file, "alt": "x"}]}
    path.write_text(f"---\n{yaml.safe_dump(data)}---\n{body}", "utf-8")
    for each in story.glob("events/*.sk.md"):
        each.unlink()


@pytest.mark.parametrize(
    "name",
    ["story.yaml", "gazetteer.yaml", SEEN, "events/010-seen.sk.md", "sources.yaml", "routes.yaml"],
)
@pytest.mark.parametrize("kind", ["file", "device", "circle", "beyond"])
def test_no_file_of_a_story_may_be_a_link_out_of_it(story, name, kind):
    """Neither to a secret, nor to what never ends, nor in a circle."""
    path = story / name
    path.unlink(missing_ok=True)
    targets = {
        "file": story.parent.parent / "secret.md",
        "device": Path("/dev/zero"),
        "circle": path,
        "beyond": Path("../../../../../../../../etc/hostname"),
    }
    path.symlink_to(targets[kind])
    assert f"story/{name}: {ASTRAY}" in told(story)[1]


@pytest.mark.parametrize("name", ["story.yaml", "gazetteer.yaml", SEEN])
def test_a_pipe_is_no_file(story, name):
    """Nothing waits for what somebody might write into it."""
    (story / name).unlink()
    os.mkfifo(story / name)
    message = f"story/{name}: this is a device or a pipe, where a file is expected"
    assert message in told(story)[1]


@pytest.mark.parametrize("folder", ["events", "media"])
def test_no_folder_of_a_story_may_be_a_link_out_of_it(story, folder):
    """What lies there is not even listed."""
    shutil.rmtree(story / folder)
    (story / folder).symlink_to("/")
    assert f"story/{folder}: {ASTRAY}" in told(story)[1]


def test_a_gazetteer_may_be_a_link_to_one_that_others_share(story):
    """It lies in the folder of the school, as those named in story.yaml do."""
    (story / "gazetteer.yaml").rename(story.parent / "common.yaml")
    (story / "gazetteer.yaml").symlink_to("../common.yaml")
    read, errors = told(story)
    assert (read is not None, errors) == (True, [])


def test_a_link_within_the_story_is_one_of_its_files(story):
    """So authors keep one picture for two steps."""
    (story / "media" / "again.jpg").symlink_to("hill.jpg")
    show(story, "media/again.jpg")
    assert told(story)[1] == []


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("media/out.jpg", "'media/out.jpg' leads out of the story folder"),
        ("media/endless.jpg", "there is no file 'media/endless.jpg'"),
        ("media/circle.jpg", "there is no file 'media/circle.jpg'"),
        ("media/deep/a.jpg", "there is no file 'media/deep/a.jpg'"),
        ("media/./hill.jpg", "there is no file 'media/hill.jpg'"),
        ("media", "there is no file 'media'"),
    ],
)
def test_what_leads_away_from_the_media_is_not_shown(story, file, message):
    """Neither is a folder, nor another way to write a name."""
    for name, to in (
        ("out.jpg", "../../../secret.jpg"),
        ("endless.jpg", "/dev/zero"),
        ("circle.jpg", "circle.jpg"),
        ("deep", "../../../secrets"),
    ):
        (story / "media" / name).symlink_to(to)
    show(story, file)
    assert told(story) == (None, [f"story/{SEEN}: {message}"])


@pytest.mark.parametrize(
    "file",
    [
        "../../secret.jpg",
        "media/../../../secret.jpg",
        "/etc/hostname",
        "data:image/png;base64,AA==",
        "C:\\secret.jpg",
        "~/secret.jpg",
    ],
)
def test_a_step_shows_only_what_lies_in_the_media_of_its_story(story, file):
    """However it is written."""
    show(story, file)
    message = f"'{file}' does not lie in the folder 'media'"
    assert told(story) == (None, [f"story/{SEEN}: {message}"])


@pytest.mark.parametrize("file", ["//evil.example/a.jpg", "HTTPS://evil.example/a.jpg"])
def test_a_step_shows_nothing_that_is_elsewhere(story, file):
    """Its site would see who reads."""
    show(story, file)
    read, (error,) = told(story)
    assert (read, f"'{file}' is on the net" in error) == (None, True)


def test_a_pipe_among_the_media_is_no_picture(story):
    """It is not opened."""
    os.mkfifo(story / "media" / "a.jpg")
    show(story, "media/a.jpg")
    assert told(story)[1] == [f"story/{SEEN}: there is no file 'media/a.jpg'"]


def test_a_file_beyond_all_measure_is_not_read(story):
    """A hole of many gigabytes takes no room on the disk, but would in memory."""
    with (story / "gazetteer.yaml").open("r+b") as file:
        file.truncate(40_000_000_000)
    assert "story/gazetteer.yaml: this file is larger than 50 MB" in told(story)[1]
    with (story / "media" / "sky.png").open("r+b") as file:
        file.truncate(40_000_000_000)
    assert any("this file is larger than 100 MB" in each for each in told(story)[1])


@pytest.mark.parametrize("name", [b"010-\xff.md", b"010-a\nb.md", b"010-\x1b[2J.md", b"\xff"])
def test_names_of_files_do_not_steer_the_terminal(story, name):
    """Where a name is no text, what is said of it can still be printed."""
    (story / "events" / os.fsdecode(name)).write_text("x")
    _, problems = read_story(story)
    for problem in problems:
        said = str(problem).partition("\n    ")[0]
        assert said.isprintable()
        said.encode()


@pytest.mark.parametrize(
    "place", ["../../../etc/hostname", "/dev/zero", "/dev/stdin", "\0", "a" * 999]
)
def test_no_shared_gazetteer_lies_outside_of_the_root(story, place):
    """A path that is none is refused as well."""
    head = yaml.safe_load((story / "story.yaml").read_text("utf-8")) | {"gazetteers": [place]}
    (story / "story.yaml").write_text(yaml.dump(head), "utf-8")
    assert any("lies outside of 'school'" in each for each in told(story)[1])


def test_a_picture_that_says_it_is_huge_is_not_unpacked(story):
    """Ten bytes of a head are enough to tell."""
    png = bytearray((story / "media" / "sky.png").read_bytes())
    png[16:24] = (60_000).to_bytes(4, "big") * 2
    (story / "media" / "sky.png").write_bytes(png)
    errors = told(story)[1]
    assert errors[0].endswith("this picture has 60000 x 60000 pixels, too many to show")


def test_nothing_outside_of_the_story_is_in_the_page(story, tmp_path):
    """A build of a story that leads astray writes nothing."""
    (story / SEEN).unlink()
    (story / SEEN).symlink_to(tmp_path / "secret.md")
    built = pipeline.build(story, tmp_path / "output")
    assert (built.page, (tmp_path / "output").exists()) == (None, False)


def test_the_limits_are_those_that_the_statement_names():
    """SECURITY.md says how much is read."""
    statement = (Path(__file__).parents[2] / "SECURITY.md").read_text("utf-8")
    assert f"{text.LARGEST_BYTES // 1_000_000} MB" in statement
    assert f"{photographs.MOST_PIXELS // 1_000_000} million pixels" in statement
