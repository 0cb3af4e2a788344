"""The preview, as an author sees it who edits a file beside it."""

import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
import yaml
from axe import violations

from storymap import pipeline
from storymap.preview import Server, Session, changes

ROOT = Path(__file__).parent.parent.parent
MINIMAL = ROOT / "tests" / "stories" / "good" / "minimal"
FRAME = "document.querySelector('iframe:not([aria-hidden])')"
STORY = f"{FRAME}?.contentDocument"
WHOLE = f"{STORY}.documentElement.classList.contains('sm-whole')"
STATE = f"{FRAME}.contentWindow.storymap.state()"
MAP = f"{FRAME}.contentWindow[JSON.parse({STORY}.getElementById('storymap-data').textContent).map]"
PROBLEMS = "document.getElementById('problems')"
FOUNDING, LATER = "events/010-founding.md", "events/020-later.md"
LATER_TEXT = f"""---
title: Later
when: 1925
places: [zilina]
table: {{caption: Members, label: From, unit: Members, rows: [[Here, 2], [There, 3]]}}
---
{"A paragraph that fills some lines of the page. " * 20}

[Elsewhere](https://elsewhere.example/)

{"Another one that has to be scrolled to. " * 40}
"""


@pytest.fixture
def story(tmp_path):
    """A copy of the smallest story, with a second and longer step."""
    story = shutil.copytree(MINIMAL, tmp_path / "story")
    (story / LATER).write_text(LATER_TEXT, encoding="utf-8")
    return story


@pytest.fixture
def preview(story, open_page):
    """A function that opens the preview of the story, whose files may then be edited."""
    session, stop = Session(partial(pipeline.preview, story)), Event()

    def follow():
        for _ in changes(lambda: [story], stop):
            session.rebuild()

    def preview(after="", **options):
        reader = open_page(server.address, after, outcome=None, **options)
        reader.wait(f"!!{STORY} || {PROBLEMS}.open")
        return reader

    server = Server(session, 8800)
    thread = Thread(target=follow)
    thread.start()
    with server.running():
        yield preview
    stop.set()
    thread.join()


def edit(path, old, new):
    """Replace a text in a file, as an author would."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def shown(step, title):
    """Return the condition that a step is shown under a title."""
    return f"{STORY}.querySelector('#{step} h2').textContent === '{title}'"


def test_an_edit_is_shown_at_the_step_that_is_read(preview, story):
    """The new page takes the place of the old one, and the address still names the step."""
    reader = preview("#later")
    edit(story / LATER, "title: Later", "title: Much later")
    reader.wait(shown("later", "Much later"))
    assert reader.evaluate(f"{STATE}.step") == "later"
    reader.evaluate(f"{FRAME}.contentWindow.storymap.previous()")
    reader.wait("location.hash === '#founding'")
    edit(story / FOUNDING, "The founding", "A beginning")
    reader.wait(shown("founding", "A beginning"))
    assert reader.evaluate(f"[{STATE}.step, location.hash]") == ["founding", "#founding"]
    assert reader.evaluate("document.querySelectorAll('iframe').length") == 1


def test_what_is_open_stays_open(preview, story):
    """The place in the text, tables, the card, switches and the map are as they were."""
    reader = preview("#later", size=(1280, 500))
    reader.wait(WHOLE)
    look = f"""() => {{
        const page = {STORY}
        const pressed = (id) => page.getElementById(id).getAttribute("aria-pressed")
        return {{
            scrolled: Math.round(page.getElementById("sm-text").scrollTop),
            table: page.querySelector("#later details").open,
            card: page.getElementById("sm-card-title")?.textContent,
            today: pressed("sm-names-today"),
            zoom: {MAP}.getZoom(),
            at: Object.values({MAP}.getCenter()),
        }}
    }}"""
    reader.evaluate(
        f"""() => {{
            const page = {STORY}
            page.querySelector("#later details").open = true
            page.getElementById("sm-names-today").click()
            page.querySelector("#later .sm-place").click()
            page.getElementById("sm-zoom-in").click()
            page.dispatchEvent(new Event("wheel"))  // as a reader's scroll begins
            page.getElementById("sm-text").scrollBy({{top: 130, behavior: "instant"}})
        }}"""
    )
    before = reader.evaluate(look)
    assert (before["table"], before["card"], before["today"]) == (True, "Žilina", "true")
    edit(story / LATER, "title: Later", "title: Much later")
    reader.wait(shown("later", "Much later"))
    reader.wait(WHOLE)
    after = reader.evaluate(look)
    assert after.pop("at") == pytest.approx(before.pop("at"), abs=0.01)  # a pixel
    assert after == before


def test_a_step_that_is_gone_gives_way_to_the_one_in_its_place(preview, story):
    """Renaming the file that is read does not lead back to the cover."""
    reader = preview("#later")
    (story / LATER).rename(story / "events" / "020-much-later.md")
    reader.wait(f"!!{STORY}.getElementById('much-later')")
    reader.wait(f"{STATE}.step === 'much-later'")


def test_problems_are_shown_over_the_last_good_page(preview, story):
    """Each with its file, line and hint; once mended, they go."""
    reader = preview("#founding")
    edit(story / FOUNDING, "[zilina]", "[zillina]")
    reader.wait(f"{PROBLEMS}.open")
    assert reader.page.inner_text("#problems").split("\n\n") == [
        "1 error: this is the last good page\nstory/events/010-founding.md:4:10",
        "no place is called 'zillina'",
        "did you mean 'zilina' (story/gazetteer.yaml:1)?",
    ]
    assert reader.page.inner_text("#said") == "1 error: this is the last good page"
    assert reader.evaluate(shown("founding", "The founding"))
    edit(story / FOUNDING, "[zillina]", "[zilina]")
    reader.wait(f"{PROBLEMS}.hidden")
    assert reader.page.inner_text("#said") == "no problems"
    assert reader.evaluate(f"{STATE}.step") == "founding"


def test_warnings_are_a_line_that_can_be_unfolded(preview, story):
    """They stand in nobody's way, and the page is the newest."""
    (story / "events" / "notes.txt").write_text("")
    reader = preview()
    reader.wait(f"!{PROBLEMS}.hidden")
    assert reader.page.inner_text("#problems") == "1 warning"
    reader.page.click("#problems summary")
    assert "story/events/notes.txt" in reader.page.inner_text("#problems-list")


def test_a_story_that_starts_broken_comes_when_it_is_mended(preview, story):
    """Until then its problems are all there is."""
    edit(story / "story.yaml", "format: 1", "format: 1\nformat: 1")
    reader = preview()
    assert reader.page.inner_text("summary") == "1 error: there is no page yet"
    edit(story / "story.yaml", "format: 1\nformat: 1", "format: 1")
    reader.wait(f"!!{STORY}")
    assert reader.evaluate(f"{PROBLEMS}.hidden")


def test_what_an_author_wrote_is_shown_as_text(preview, story):
    """A problem that quotes markup shows it, and runs nothing."""
    evil = "<img src=x onerror=alert(1)>"
    edit(story / FOUNDING, "[zilina]", f'["{evil}"]')
    reader = preview()
    assert f"no place is called '{evil}'" in reader.page.inner_text("#problems-list")
    assert reader.evaluate(f"{PROBLEMS}.querySelector('img')") is None


@pytest.mark.parametrize("clipboard", [True, False])
def test_a_click_on_the_map_gives_a_location(preview, story, clipboard):
    """It is copied, and shown for those whose browser copies nothing; the story takes it."""
    allowed = ["clipboard-read", "clipboard-write"] if clipboard else []
    reader = preview(permissions=allowed)
    if not clipboard:
        reader.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    box = reader.page.frame_locator("iframe").locator("#sm-map").bounding_box()
    reader.page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.7)
    reader.wait("!document.getElementById('location').hidden")
    block = reader.evaluate("document.getElementById('location-block').textContent")
    title = reader.page.inner_text("#location h2")
    if clipboard:
        assert title == "Copied: paste it below a place in the gazetteer"
        assert reader.evaluate("navigator.clipboard.readText()") == block
    else:
        assert title == "Copy this and paste it below a place in the gazetteer"
    edit(story / "gazetteer.yaml", "  location: {point", f"{block}  # {{point")
    reader.wait("document.getElementById('location').hidden")
    assert reader.evaluate(f"{PROBLEMS}.hidden")


def test_the_keyboard_gives_the_middle_of_the_map(preview):
    """Enter, where the arrows move the map."""
    reader = preview()
    reader.page.frame_locator("iframe").locator("#sm-map [tabindex='0']").first.focus()
    reader.page.keyboard.press("Enter")
    reader.wait("!document.getElementById('location').hidden")
    block = yaml.safe_load(reader.evaluate("document.getElementById('location-block').textContent"))
    middle = reader.evaluate(f"{MAP}.getCenter()")
    assert block["location"]["point"] == pytest.approx([middle["lat"], middle["lng"]], abs=0.1)


def test_a_click_on_a_place_is_no_location(preview):
    """It opens the card, as in the story itself."""
    reader = preview("#founding")
    reader.page.frame_locator("iframe").locator("#sm-map [data-place=zilina]").first.click()
    reader.wait(f"!{STORY}.getElementById('sm-card').hidden")
    assert reader.evaluate("document.getElementById('location').hidden")


def test_a_link_out_of_the_story_opens_elsewhere(preview):
    """The frame holds the story and nothing else."""
    reader = preview("#later")
    with reader.page.expect_popup():
        reader.page.frame_locator("iframe").get_by_text("Elsewhere").click()
    reader.wait(f"{STATE}.step === 'later'")
    assert reader.requests == ["https://elsewhere.example/"]
    reader.requests.clear()


@pytest.mark.parametrize(
    ("size", "scheme"), [((1440, 900), "light"), ((390, 844), "dark")], ids=["wide", "phone"]
)
def test_axe_finds_nothing(preview, story, size, scheme):
    """No rule of axe-core is broken, with problems and a location shown."""
    reader = preview(size=size, color_scheme=scheme)
    edit(story / FOUNDING, "[zilina]", "[zillina]")
    reader.wait(f"{PROBLEMS}.open")
    reader.page.frame_locator("iframe").locator("#sm-map [tabindex='0']").first.focus()
    reader.page.keyboard.press("Enter")
    reader.wait("!document.getElementById('location').hidden")
    assert violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_preview_that_has_ended_says_so(story, open_page):
    """The page stays, and goes on when the preview does."""

    def serve():
        return subprocess.Popen(
            [sys.executable, "-m", "storymap", "serve", story, "--no-open", "--port", "8890"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            stderr=subprocess.DEVNULL,
        )

    with serve() as server:
        reader = open_page(server.stdout.readline().strip(), outcome=None)
        reader.wait(f"!!{STORY} && document.getElementById('lost').hidden")
        server.send_signal(signal.SIGINT)
    reader.wait("!document.getElementById('lost').hidden")
    with serve() as server:
        reader.wait(f"!!{STORY} && document.getElementById('lost').hidden")
        server.send_signal(signal.SIGINT)
    reader.complaints.clear()  # those of the browser, about the server that is gone
