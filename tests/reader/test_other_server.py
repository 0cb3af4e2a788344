"""The story on one server, the page that shows it on another, a stranger's frame on a third."""

from dataclasses import replace
from functools import partial

import pytest
from sites import fits, served, until

from storymap import bundle, lesson

READY = "document.documentElement?.dataset.storymap === 'ready'"
STORY = "document.querySelector('story-map')"
HOST = """<!doctype html><html lang="en"><title>Host</title>
<script src="story-map.js"></script>
<script>
    window.said = []
    window.lies = 0
    const frame = (title) => document.querySelector(`iframe[title=${{title}}]`)
    addEventListener("message", ({{ source, data }}) => {{
        if (source === frame("Stranger").contentWindow) lies++
        if (source !== frame("Story")?.contentWindow) return
        said.push(data)
        if (data.event === "height") frame("Story").style.height = `${{data.height}}px`
    }})
    addEventListener("story-step", ({{ detail }}) => said.push(["step", detail.step]))
</script>
{story}
<iframe title="Stranger" src="{stranger}stranger.html"></iframe>"""
FRAME = '<iframe title="Story" src="{}?height=auto" width="500"></iframe>'
ELEMENT = '<story-map src="{}" title="Story"></story-map>'
SAY = "(message) => frames[0].postMessage(message, '*')"
LIE = """() => {
    const state = { version: 1, step: "lie", index: 7, count: 25, language: "en", languages: [] }
    parent.postMessage({ storymap: 1, event: "step", state }, "*")
    parent.postMessage({ storymap: 1, event: "height", height: 9999, state }, "*")
    parent[0].postMessage({ storymap: 1, id: "lie", command: "next", args: [] }, "*")
}"""
"""what a stranger says: to the host as if it were the story, to the story as if it were the host"""


@pytest.fixture(scope="module")
def story_site(built_page):
    """The address of a server that has the story alone."""
    with served(built_page.parent, "localhost") as address:
        yield address


@pytest.fixture
def open_host(open_page, story_site, interhelpo, tmp_path):
    """A function that opens a page of another server.

    It returns the reader of it, and the frames of the story and of a stranger.
    """
    written = lesson.files(replace(interhelpo, base_url=story_site), bundle.load_embed())
    for name, data in written.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "stranger.html").write_text("<!doctype html><title>Stranger</title>")

    def open_host(html):
        (tmp_path / "host.html").write_text(html, encoding="utf-8")
        network = (story_site, strangers)
        reader = open_page(own, "host.html", outcome=None, network=network, size=(1040, 900))
        frames = {}
        for site in network[: html.count("<iframe") + html.count("<story-map ")]:
            until(lambda site=site: found(reader, site))
            frames[site] = found(reader, site)
        until(partial(frames[story_site].evaluate, READY))
        return reader, *frames.values()

    with served(tmp_path) as own, served(tmp_path) as strangers:
        open_host.strangers = strangers
        yield open_host


def found(reader, site):
    """Return the frame that shows a page of a site."""
    return next((each for each in reader.page.frames if each.url.startswith(site)), None)


def host(story, story_site, strangers):
    return HOST.format(story=story.format(story_site), stranger=strangers)


def test_a_plain_frame_is_driven_from_another_server(open_host, story_site):
    """Commands are answered, steps are told, and the frame is as high as the story."""
    reader, story, _ = open_host(host(FRAME, story_site, open_host.strangers))
    assert reader.evaluate("document.querySelector('iframe').contentDocument") is None
    until(partial(fits, story, unlike=150))
    cover = story.evaluate("innerHeight")
    reader.evaluate(SAY, {"storymap": 1, "id": 1, "command": "goTo", "args": ["founding"]})
    reader.wait("said.some((each) => each.id === 1)")
    assert reader.evaluate("said.find((each) => each.id === 1).result.step") == "founding"
    reader.wait("said.some((each) => each.event === 'step' && each.state.step === 'founding')")
    until(partial(fits, story, unlike=cover))


def test_the_element_shows_a_story_of_another_server(open_host, story_site):
    """Its methods answer, its events come, and it grows with the story."""
    reader, story, _ = open_host(host(ELEMENT, story_site, open_host.strangers))
    answer = reader.evaluate(f"{STORY}.goTo('founding')")
    assert answer["step"] == "founding"
    reader.wait("said.some(([event, step]) => event === 'step' && step === 'founding')")
    until(partial(fits, story, unlike=640))
    assert reader.evaluate(f"{STORY}.offsetHeight") == story.evaluate("innerHeight")
    answer = reader.evaluate(f"{STORY}.setLanguage('sk')")
    assert (answer["step"], answer["language"]) == ("founding", "sk")


@pytest.mark.parametrize("shown", [FRAME, ELEMENT], ids=["frame", "element"])
def test_a_stranger_in_the_same_page_is_not_heard(open_host, story_site, shown):
    """Neither by the story, as its host, nor by the element, as its story."""
    reader, story, stranger = open_host(host(shown, story_site, open_host.strangers))
    until(partial(fits, story))
    stranger.evaluate(LIE)
    reader.wait("lies === 2")
    if shown == FRAME:
        reader.evaluate(SAY, {"storymap": 1, "id": "after", "command": "state"})
        reader.wait("said.some((each) => each.id === 'after')")
        assert not reader.evaluate("said.some((each) => each.id === 'lie')")
    else:
        assert reader.evaluate(f"{STORY}.goTo('')")["index"] == -1
        assert reader.evaluate(f"{STORY}.state.index") == -1
        assert reader.evaluate(f"{STORY}.offsetHeight") == story.evaluate("innerHeight")
    assert story.evaluate("window.storymap.state().index") == -1


def test_a_lesson_may_frame_the_story_where_it_will_be_found(open_host, story_site, tmp_path):
    """Its policy names that address: a copy of it on another server shows the story."""
    page = (tmp_path / "lesson.html").read_text(encoding="utf-8")
    reader, story = open_host(
        page.replace('<story-map src="index.html"', f'<story-map src="{story_site}"')
    )
    reader.page.click("button[data-step=founding]")
    reader.wait("document.querySelector('[aria-current]')?.dataset.step === 'founding'")
    assert story.evaluate("window.storymap.state().step") == "founding"
