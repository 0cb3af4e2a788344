import os
import shutil
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

import storymap
from storymap import pipeline
from storymap.many import DIED, SameNameError
from storymap.processes import Processes
from storymap.writing import OutputError

GOOD = Path(__file__).parent / "stories" / "good"


@pytest.fixture
def stories(tmp_path):
    """Copies of three stories, of which the one in the middle has errors."""
    for name in ("arctic", "minimal"):
        shutil.copytree(GOOD / name, tmp_path / "stories" / name)
    shutil.copytree(GOOD / "minimal", tmp_path / "stories" / "broken")
    (tmp_path / "stories" / "broken" / "story.yaml").write_text("format: 2\n", encoding="utf-8")
    return [tmp_path / "stories" / name for name in ("minimal", "broken", "arctic")]


@pytest.fixture
def threads():
    """An executor that needs no further process."""
    with ThreadPoolExecutor(2) as executor:
        yield executor


class Backwards(Executor):
    """Begins with the task that it was given last."""

    def __init__(self, tasks):
        self.left, self.held = tasks, []

    def submit(self, fn, /, task):
        """Hold a task back until all are there."""
        future = Future()
        self.held.append((future, fn, task))
        self.left -= 1
        if not self.left:
            for held, call, argument in self.held[::-1]:
                held.set_result(call(argument))
        return future


class Broken(Executor):
    """Has lost its processes."""

    def submit(self, *_):
        """Say so."""
        raise BrokenExecutor


def files(folder):
    """Return the bytes of every file, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_failing_story_stops_no_other(stories, threads, tmp_path):
    """Outcomes come in the order of the folders, and the list names what was built."""
    told = []
    library = storymap.build_many(stories, tmp_path / "out", executor=threads, ended=told.append)
    assert [(each.folder, each.failed) for each in library.outcomes] == [
        (stories[0], False),
        (stories[1], True),
        (stories[2], False),
    ]
    (problem,) = library.outcomes[1].problems
    assert (problem.file, problem.line) == ("broken/story.yaml", 1)
    assert tuple(told) == library.outcomes
    assert library.page.path == tmp_path / "out" / "index.html"
    assert [*files(tmp_path / "out")] == ["arctic/index.html", "index.html", "minimal/index.html"]


def test_each_page_is_that_of_a_build_of_its_own(stories, threads, tmp_path):
    """One story beside others has the bytes that it has alone."""
    storymap.build_many(stories, tmp_path / "out", executor=threads)
    alone = storymap.load(stories[0]).to_html().encode()
    assert (tmp_path / "out" / "minimal" / "index.html").read_bytes() == alone


def test_the_order_in_which_stories_end_changes_nothing(stories, threads, tmp_path):
    """The same stories, built and given the other way round, give the same files."""
    storymap.build_many(stories, tmp_path / "a", executor=threads)
    library = storymap.build_many(stories[::-1], tmp_path / "b", executor=Backwards(3))
    assert [each.folder for each in library.outcomes] == stories[::-1]
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_second_build_changes_nothing(stories, threads, tmp_path):
    """What is as it was is not written again, the list neither."""
    storymap.build_many(stories, tmp_path / "out", executor=threads)
    again = storymap.build_many(stories, tmp_path / "out", executor=threads)
    assert [each.changed for each in again.outcomes] == [False, False, False]
    assert not again.page.changed


def test_without_a_story_there_is_no_list(stories, threads, tmp_path):
    """The last good one stays."""
    library = storymap.build_many(stories[1:2], tmp_path / "out", executor=threads)
    assert library.page is None
    assert not (tmp_path / "out").exists()


def test_stories_of_one_name_are_refused(tmp_path):
    """Also where only some file systems take the names for one; nothing is written."""
    with pytest.raises(SameNameError) as caught:
        storymap.build_many(["a/Town", "b/town"], tmp_path / "out")
    assert str(caught.value) == (
        f"'{Path('a/Town')}' and '{Path('b/town')}' would both be written to one folder"
    )
    assert not (tmp_path / "out").exists()


def test_what_an_output_folder_bars_is_told_of_its_story(stories, threads, tmp_path):
    """A file where a story's folder should be fails that story alone."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "minimal").write_bytes(b"")
    library = storymap.build_many(stories[::2], tmp_path / "out", executor=threads)
    with pytest.raises(OutputError) as alone:
        pipeline.build(stories[0], tmp_path / "out" / "minimal")
    assert [each.failure for each in library.outcomes] == [str(alone.value), ""]


def test_a_fault_of_ours_fails_one_story(stories, threads, tmp_path, monkeypatch):
    """It is told by its name, and the others are built."""
    build = pipeline.build

    def faulty(folder, *words, **options):
        return 1 / 0 if folder.name == "minimal" else build(folder, *words, **options)

    monkeypatch.setattr(pipeline, "build", faulty)
    library = storymap.build_many(stories[::2], tmp_path / "out", executor=threads)
    assert [each.failure for each in library.outcomes] == [
        "ZeroDivisionError: division by zero",
        "",
    ]


def test_a_language_that_one_story_lacks_fails_that_story(threads, tmp_path):
    """The others are built in it."""
    folders = [GOOD / "minimal", GOOD / "languages"]
    library = storymap.build_many(folders, tmp_path / "out", executor=threads, languages=["ar"])
    assert [each.failure for each in library.outcomes] == [
        "the story is not in 'ar'; it is in en",
        "",
    ]


def test_each_story_has_its_own_address(stories, threads, tmp_path):
    """The address of the list goes before the names of the folders."""
    storymap.build_many(
        stories[:1], tmp_path / "out", executor=threads, base_url="https://school.example/maps/"
    )
    page = (tmp_path / "out" / "minimal" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://school.example/maps/minimal/">' in page


def test_what_a_broken_executor_leaves_is_built_all_the_same(stories, tmp_path):
    """A process of our own takes over."""
    library = storymap.build_many(stories[:1], tmp_path / "out", executor=Broken())
    assert [each.failed for each in library.outcomes] == [False]


def test_a_story_whose_process_dies_fails_alone(stories, tmp_path, monkeypatch):
    """Killed, as for want of memory, it is told of that story; the others are built."""

    class Deadly(Processes):
        def submit(self, fn, /, task):
            """Let the process of one story die."""
            if task.folder.name == "minimal":
                return super().submit(os._exit, 9)
            return super().submit(fn, task)

    monkeypatch.setattr("storymap.many.Processes", Deadly)
    library = storymap.build_many(stories[::2], tmp_path / "out", jobs=1)
    assert [(each.folder.name, each.failure) for each in library.outcomes] == [
        ("minimal", DIED),
        ("arctic", ""),
    ]


def test_a_dask_cluster_builds_stories(stories, tmp_path):
    """Its workers are processes that got the stories by name, and give the bytes of a build."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        library = storymap.build_many(stories, tmp_path / "out", executor=client.get_executor())
    assert [each.failed for each in library.outcomes] == [False, True, False]
    alone = storymap.load(stories[0]).to_html().encode()
    assert (tmp_path / "out" / "minimal" / "index.html").read_bytes() == alone
