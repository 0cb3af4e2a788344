import gc
import json
import shutil
import subprocess
import sys
import tracemalloc
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Timer

import pytest

from storymap import checks, pipeline
from storymap.pipeline import Made
from storymap.preview import Session, State
from storymap.problems import Problem, Severity

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "stories" / "good" / "minimal"
ROUNDS = 12
"""of editing, by which half whatever is kept on purpose is full"""
WRONG = Problem("a/story.yaml", 1, 9, "wrong")
DOUBTFUL = Problem("a/media", 0, 0, "odd", "take it out", Severity.WARNING)


@pytest.fixture
def story(tmp_path):
    """A copy of the smallest story, to be edited."""
    return shutil.copytree(MINIMAL, tmp_path / "story")


def makes(*made):
    """Return a session that makes these, in order."""
    return Session(iter(made).__next__)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_last_good_page_stays():
    """A story in error has its problems and the page from before, until it is mended."""
    session = makes(Made((), b"one"), Made((WRONG,), None), Made((DOUBTFUL,), b"two"))
    assert session.state == State()
    assert session.rebuild() == State(b"one")
    assert session.rebuild() == State(b"one", (WRONG,), outdated=True) == session.state
    assert session.rebuild() == State(b"two", (DOUBTFUL,))


def test_a_browser_is_told_the_page_and_the_problems():
    """The message is a line of JSON; the page's name is that of its bytes."""
    message = State(b"one", (WRONG, DOUBTFUL), outdated=True).message()
    assert "\n" not in message
    assert json.loads(message) == {
        "page": State(b"one").version,
        "outdated": True,
        "problems": [
            {"where": "a/story.yaml:1:9", "severity": "error", "message": "wrong", "hint": ""},
            {"where": "a/media", "severity": "warning", "message": "odd", "hint": "take it out"},
        ],
    }
    assert State(b"one").version != State(b"two").version
    assert State().version == ""


def test_a_wait_ends_with_the_next_state():
    """Whoever has seen the present state waits for another, and no longer than asked."""
    session = makes(Made((), b"one"), Made((), b"two"))
    first = session.rebuild()
    assert session.wait(None, 10) is first
    assert session.wait(first, 0.01) is first
    Timer(0.05, session.rebuild).start()
    assert session.wait(first, 10) == State(b"two")


def test_a_template_at_fault_is_a_problem(story, tmp_path):
    """What is said is what `storymap build` says."""
    (tmp_path / "cover.html.jinja").write_text("{{ nothing }}")
    session = Session(partial(pipeline.preview, story, templates=tmp_path))
    assert list(map(str, session.rebuild().problems)) == ["storymap: 'nothing' is undefined"]


def test_a_fault_of_ours_is_a_problem_too():
    """The preview goes on, and says whose fault it was."""

    def make():
        return {}["x"]

    (problem,) = Session(make).rebuild().problems
    assert str(problem) == (
        "storymap: this is a fault of ours: KeyError('x')\n    `storymap build` tells more of it"
    )


def test_what_a_check_doubts_is_told_too(story):
    """A town put into the sea is a warning at once."""
    edit(story / "gazetteer.yaml", "[49.22315, 18.73941]", "[40.0, 5.0]")
    state = Session(partial(pipeline.preview, story)).rebuild()
    assert state.problems == checks.check(story) != ()
    assert not state.outdated


def test_a_page_made_again_is_the_page_of_a_fresh_build(tmp_path):
    """Nothing that is kept from one page to the next shows in it."""
    story = shutil.copytree(ROOT / "places", tmp_path / "places")
    session = Session(partial(pipeline.preview, story))
    session.rebuild()
    edit(story / "events" / "040-founding.md", "title: ", "title: Not ")
    session.rebuild()
    edit(story / "gazetteer.yaml", "point: [49.22315, 18.73941]", "point: [48.5, 19.25]")
    edit(story / "events" / "040-founding.md", "title: Not ", "title: Really ")
    page = session.rebuild().page
    command = [
        sys.executable,
        "-m",
        "storymap",
        "build",
        story,
        "-o",
        tmp_path,
        "--languages",
        "en",
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert page == (tmp_path / "index.html").read_bytes()


def test_memory_does_not_grow_with_every_page(story):
    """After many edits, of texts and of positions, nothing but the last page is kept."""
    (event,) = (story / "events").iterdir()
    text = event.read_text(encoding="utf-8")
    places = (story / "gazetteer.yaml").read_text(encoding="utf-8")
    session = Session(partial(pipeline.preview, story))

    def kept(number):
        """Return the bytes that are in use after one more edit."""
        event.write_text(f"{text}\n\nNumber {number}", encoding="utf-8")
        moved = places.replace("49.22315", f"49.{number:05}")
        (story / "gazetteer.yaml").write_text(moved, encoding="utf-8")
        assert not session.rebuild().outdated
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        sizes = [kept(number) for number in range(ROUNDS)]
    finally:
        tracemalloc.stop()
    assert sizes[-1] - sizes[ROUNDS // 2] < 100_000


LANGUAGES = ROOT / "tests" / "stories" / "good" / "languages"


def test_a_preview_is_in_one_language(tmp_path):
    """A change is there at once, which it would not be in all of them."""
    made = pipeline.preview(LANGUAGES, language="ar")
    built = pipeline.build(LANGUAGES, tmp_path, languages=["ar"])
    assert sha256(made.page).digest() == sha256(built.page.path.read_bytes()).digest()
    assert b'<html lang="ar"' in made.page


def test_a_language_that_the_story_is_not_in_is_told():
    """The author reads why there is no page."""
    session = Session(partial(pipeline.preview, LANGUAGES, language="de"))
    assert session.rebuild().problems == (
        Problem("storymap", 0, 0, "the story is not in 'de'; it is in en, ar"),
    )
