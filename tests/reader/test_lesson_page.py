"""The lesson page, and the element with which other pages show a story."""

import pytest
from axe import violations
from sites import served

from storymap import bundle, lesson

STORY = "document.querySelector('story-map')"


@pytest.fixture(scope="module")
def folder(built_page, interhelpo, tmp_path_factory):
    """A folder with the story's page and what `storymap embed` writes beside it."""
    folder = tmp_path_factory.mktemp("lesson")
    (folder / "index.html").write_bytes(built_page.read_bytes())
    for name, data in lesson.files(interhelpo, bundle.load_embed()).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def open_lesson(open_page, folder):
    """A function that opens the lesson from disk and waits for the story in it."""

    def open_lesson(**options):
        reader = open_page(folder / "lesson.html", outcome=None, **options)
        reader.wait(f"{STORY}.state")
        return reader

    return open_lesson


def test_buttons_drive_the_story_and_show_where_it_is(open_lesson):
    """A click turns to the step; a step read in the story is marked in the lesson."""
    reader = open_lesson()
    reader.page.click("button[data-step=founding]")
    reader.wait(f"{STORY}.state.step === 'founding'")
    reader.wait("document.querySelector('[aria-current]')?.dataset.step === 'founding'")
    assert reader.page.inner_text("[data-counter]") == "4 of 25"
    reader.page.frames[1].evaluate("document.getElementById('sm-next').click()")
    reader.wait("document.querySelector('[data-counter]').textContent === '5 of 25'")
    assert reader.page.inner_text("[aria-current]").splitlines()[-1] == "Six other names"


def test_the_last_step_completes_the_lesson(open_lesson):
    """The reader is told."""
    reader = open_lesson()
    assert not reader.page.is_visible("#complete")
    reader.page.click("li:last-child button[data-step]")
    reader.page.wait_for_selector("#complete", state="visible")


def test_the_frame_is_as_high_as_the_step(open_lesson):
    """It grows with the story, which scrolls nowhere."""
    reader = open_lesson(size=(390, 844))
    reader.wait(f"{STORY}.offsetHeight !== 642")
    frame = reader.page.frames[1]
    reader.page.click("button[data-step=founding]")
    reader.wait(f"{STORY}.offsetHeight > 2000")
    assert frame.evaluate("document.documentElement.scrollHeight - innerHeight") <= 2


@pytest.mark.parametrize("width", [320, 1440])
def test_the_lesson_is_accessible(open_lesson, width):
    """Axe finds nothing in the page, and nothing is wider than it."""
    reader = open_lesson(size=(width, 900))
    assert violations(reader, iframes=False) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_lesson_on_a_server_obeys_its_policy(open_page, folder):
    """The story is shown and driven, and no script or style runs that is not the lesson's own."""
    with served(folder) as site:
        reader = open_page(site, "lesson.html", outcome=None)
        reader.wait(f"{STORY}.state")
        reader.page.click("button[data-step=founding]")
        reader.wait(f"{STORY}.state.step === 'founding'")
        assert reader.complaints == []
        for element in ("script", "style"):
            reader.evaluate(
                """(name) => document.head.append(Object.assign(
                    document.createElement(name), { textContent: "window.added = 1" }))""",
                element,
            )
        reader.wait("document.styleSheets.length === 1")
        assert reader.evaluate("window.added") is None
    told = [each for each in reader.complaints if each.startswith("CSP: ")]
    assert told == ["CSP: script-src-elem inline", "CSP: style-src-elem inline"]
    reader.complaints.clear()


def test_the_element_answers_and_tells(open_page, folder):
    """Methods give the state or say what is wrong; events bubble; attributes are obeyed."""
    (folder / "host.html").write_text(
        """<!doctype html><html lang="en"><title>Host</title><script src="story-map.js"></script>
        <script>
            window.told = []
            const tell = ({ type, detail }) => told.push([type, detail.step])
            for (const name of ["ready", "step", "complete", "language", "height"])
                addEventListener(`story-${name}`, tell)
        </script>
        <story-map src="index.html" step="founding" lang="sk" height="500"><a href="index.html">
            Interhelpo</a></story-map>""",
        encoding="utf-8",
    )
    reader = open_page(folder / "host.html", outcome=None)
    early = reader.evaluate(f"{STORY}.next()")  # asked before the story is ready
    assert (early["index"], early["language"]) == (4, "sk")
    assert reader.evaluate("told") == [
        ["story-ready", "founding"],
        ["story-step", "sister-cooperatives"],
    ]
    wrong = f"{STORY}.goTo('nowhere').catch(({{ message }}) => message)"
    assert reader.evaluate(wrong) == 'there is no step "nowhere"'
    assert reader.evaluate(f"{STORY}.offsetHeight") == 500
    frame = f"{STORY}.shadowRoot.querySelector('iframe')"
    assert reader.evaluate(f"{frame}.title") == "Interhelpo"
    reader.evaluate(f"{STORY}.setAttribute('lang', 'en')")
    reader.wait(f"{STORY}.state.language === 'en'")
    reader.evaluate(f"{STORY}.setAttribute('step', 'founding')")
    reader.wait(f"{STORY}.state.step === 'founding'")
    reader.evaluate(f"{STORY}.setAttribute('height', '600')")
    assert reader.evaluate(f"{STORY}.offsetHeight") == 600
    assert reader.evaluate(f"{STORY}.state.step") == "founding", "the story goes on"


def test_who_waits_for_a_story_that_cannot_start_is_told(open_page, folder, built_page):
    """As the event is, so that nobody waits for good."""
    page = built_page.read_text("utf-8").replace('id="sm-stage"', 'id="sm-other"')
    (folder / "broken.html").write_text(page, encoding="utf-8")
    (folder / "host.html").write_text(
        """<!doctype html><html lang="en"><title>Host</title><script src="story-map.js"></script>
        <story-map src="broken.html" title="Story"></story-map>""",
        encoding="utf-8",
    )
    reader = open_page(folder / "host.html", outcome=None)
    reader.evaluate(
        f"() => {{ {STORY}.next().catch(({{ message }}) => {{ window.told = message }}) }}"
    )
    reader.wait("window.told === 'Error: the page has no #sm-stage'")
    reader.complaints.clear()


def test_without_scripts_there_is_a_link(open_page, folder):
    """What the element holds stays to be followed."""
    reader = open_page(folder / "lesson.html", outcome=None, java_script_enabled=False)
    assert reader.page.is_visible("story-map a[href='index.html']")
