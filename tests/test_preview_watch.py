from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from storymap.preview import changes

LONG_S, SHORT_S = 10, 0.5
"""for what has to come, and for what must not"""


@pytest.fixture
def watching():
    """A function that begins to watch some paths and gives a queue of the names that change."""
    stop, threads = Event(), []

    def watching(*paths):
        told = Queue()

        def tell():
            for changed in changes(lambda: paths, stop):
                told.put([path.name for path in changed])

        threads.append(Thread(target=tell))
        threads[-1].start()
        assert told.get(timeout=LONG_S) == []
        return told

    yield watching
    stop.set()
    for thread in threads:
        thread.join(LONG_S)
        assert not thread.is_alive()


def test_a_save_is_told_once(watching, tmp_path):
    """Writing a file in several goes is one change."""
    told = watching(tmp_path)
    with (tmp_path / "story.yaml").open("w") as file:
        for _ in range(3):
            file.write("format: 1\n")
            file.flush()
    assert told.get(timeout=LONG_S) == ["story.yaml"]
    with pytest.raises(Empty):
        told.get(timeout=SHORT_S)


@pytest.mark.parametrize("beside", [".story.yaml.swp", "story.yaml~", "4913", "story.yaml.tmp"])
def test_a_file_that_takes_the_place_of_another_is_told_under_its_name(watching, tmp_path, beside):
    """Many editors write beside a file, then rename over it."""
    (tmp_path / "story.yaml").write_text("old")
    told = watching(tmp_path)
    (tmp_path / beside).write_text("new")
    (tmp_path / beside).replace(tmp_path / "story.yaml")
    assert told.get(timeout=LONG_S) == ["story.yaml"]


def test_what_editors_leave_on_their_way_is_no_change(watching, tmp_path):
    """Locks, copies and probes come and go unnoticed, also in folders."""
    (tmp_path / "events").mkdir()
    told = watching(tmp_path)
    for name in (".#010-a.md", "#010-a.md#", "010-a.md~", ".010-a.md.swp", "4913", "a.tmp"):
        (tmp_path / "events" / name).write_text("passing")
    with pytest.raises(Empty):
        told.get(timeout=SHORT_S)
    (tmp_path / "events" / "010-a.md").write_text("here")
    assert told.get(timeout=LONG_S) == ["010-a.md"]


def test_new_folders_are_watched_too(watching, tmp_path):
    """What is put into a folder that was not there is told."""
    told = watching(tmp_path)
    (tmp_path / "media").mkdir()
    assert told.get(timeout=LONG_S) == ["media"]
    (tmp_path / "media" / "map.png").write_bytes(b"1")
    assert told.get(timeout=LONG_S) == ["map.png"]


def test_a_single_file_is_watched_through_replacements(watching, tmp_path):
    """A file outside the folder is told when it is saved, replaced, gone and back."""
    shared, other = tmp_path / "common.yaml", tmp_path / "other.yaml"
    shared.write_text("1")
    told = watching(shared)
    shared.write_text("22")
    assert told.get(timeout=LONG_S) == ["common.yaml"]
    other.write_text("3")
    other.replace(shared)
    assert told.get(timeout=LONG_S) == ["common.yaml"]
    shared.unlink()
    assert told.get(timeout=LONG_S) == ["common.yaml"]
    shared.write_text("4")
    assert told.get(timeout=LONG_S) == ["common.yaml"]


def test_a_folder_put_in_the_place_of_another_is_watched_on(watching, tmp_path, monkeypatch):
    """Taking the story away and putting another there is a change, and so is what follows."""
    monkeypatch.chdir(tmp_path)
    story = Path("story")
    story.mkdir()
    told = watching(story)
    story.rmdir()
    story.mkdir()
    assert told.get(timeout=LONG_S) == ["story"]
    for number in range(5):  # the new folder is told once more when its watch has begun
        (story / "story.yaml").write_text(f"{number}")
        if told.get(timeout=LONG_S) == ["story.yaml"]:
            return
    pytest.fail("no change in the new folder is told")
