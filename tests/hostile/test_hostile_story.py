"""A stranger's story, opened by a child: nothing of it runs, nothing leaves, all of it is text."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import jinja2
import pytest
from filling import EVENTS, LANGUAGES, RECORDS, TEXTS, Filling
from inspecting import GATHER, SOUND, unlike
from payloads import ALL

from storymap import many, pipeline, reading
from storymap.folium_map import story_map
from storymap.lesson import Frame
from storymap.preview import Server, Session

OWN = re.compile("<iframe |[A-Z-]+ (src|href)=(index.html|story-map.js|/?preview)")
LONG = "a" * 9999
MARK = re.compile(r"~t\d+~")
CARD = """() => {
    const link = document.querySelector("[aria-current=step] [data-place]")
    link?.click()
    return link !== null
}"""
ENLARGE = """() => {
    const button = document.querySelector(".sm-enlarge:not([hidden])")
    button?.click()
    return button !== null
}"""
UNSEEN = {
    *(("AnswerRecord", key) for key in ("country", "kind", "name")),
    *(("QuestionRecord", key) for key in ("country", "hints", "names", "within")),
    *(("GeoJSON", key) for key in ("__proto__", "marker-symbol", "name")),
    *(("LinkRecord", key) for key in ("identifier", "type")),
    *(("RelationRecord", key) for key in ("label", "relationTo", "relationType")),
    *(("PropertiesRecord", key) for key in ("hints", "reason", "title")),
    *(("CSV", key) for key in ("hints", "parent-name", "types")),
    *(("LabelRecord", "@id"), ("PlaceFeature", "@id"), ("PlaceRecord", "hints")),
    *(("GeocodeRecord", "provider"), ("SourceRecord", "type"), ("WebVTT", "cue")),
}
"""what a page does not show: it helps to find a place, is shown otherwise, or by the browser"""
OURS = ("_title", "_render_page")
"""what a story map keeps for itself, out of folium's sight"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A hostile story's filling, and its page."""
    folder = tmp_path_factory.mktemp("hostile")
    filling = Filling(folder / "story")
    built = pipeline.build(filling.write(), folder / "output", root=folder)
    assert built.page, "\n".join(map(str, built.problems))
    return filling, Path(built.page.path)


def test_the_corpus_is_large_and_meets_every_field():
    """A field that a record gets tomorrow is filled too, or this test names it."""
    assert len(set(ALL)) >= 300
    filling = Filling(Path())
    for record in RECORDS:
        filling.record(record)
    assert {(record, key) for record, key, _ in filling.put} >= {
        (record, key) for record, key in TEXTS if record not in ("Event", "CSV")
    }


def test_everything_that_a_stranger_writes_is_shown_as_text(open_page, hostile):
    """In each language, with every step, card, picture and search; the page asks for nothing."""
    filling, page = hostile
    reader = open_page(page)
    seen = set()
    for language in ("en", *LANGUAGES):
        reader.evaluate("tag => window.storymap.setLanguage(tag)", language)
        reader.wait(f"window.storymap.state().language === '{language}'")
        cut, found = unlike(filling.put, reader.evaluate(GATHER))
        assert cut == []
        seen |= found
        assert reader.evaluate(SOUND) == []
        for event in EVENTS[:: 1 if language == "en" else 4]:
            assert reader.evaluate("id => window.storymap.goTo(id).step", event) == event
            assert reader.evaluate(CARD)
            reader.wait("!document.getElementById('sm-card').hidden")
        assert reader.evaluate(SOUND) == []
    assert {(record, key) for record, key, _ in filling.put} - seen == UNSEEN
    reader.evaluate("window.storymap.goTo(0)")
    assert reader.evaluate(ENLARGE)
    reader.wait("document.getElementById('sm-lightbox').open")
    assert reader.evaluate(SOUND.replace("data:", "(data|blob):")) == []
    reader.evaluate("document.getElementById('sm-lightbox').close()")
    reader.page.click("#sm-search-button")
    for query in ("<img src=x onerror=canary()>", "__proto__", "constructor", "~", "\\", "(", LONG):
        reader.page.fill("#sm-query", query)
        assert reader.evaluate("document.getElementById('sm-query').value") == query
    assert reader.evaluate(SOUND) == []
    assert reader.page.url.startswith(page.as_uri())


def test_the_frame_of_a_hostile_address_is_asked_for_by_readers_alone(hostile):
    """The policy of the page names the one site that story.yaml allows, and no other."""
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', hostile[1].read_text("utf-8"))
    sources = set(re.findall(r"https?://[^\s;&]+", policy[1]))
    assert sources == {"https://www.youtube-nocookie.com", "https://tile.example"}
    assert "unsafe" not in policy[1]


def test_a_hostile_lesson_page_is_inert(open_page, hostile, tmp_path):
    """Its frame shows the story; nothing else is asked for."""
    filling, page = hostile
    pipeline.embed(filling.folder, tmp_path, frame=Frame(), root=filling.folder.parent)
    (tmp_path / "index.html").write_bytes(page.read_bytes())
    reader = open_page(tmp_path / "lesson.html", outcome=None)
    reader.wait("document.readyState === 'complete'")
    wrong = [each for each in reader.evaluate(SOUND) if not OWN.match(each)]
    assert wrong == []
    cut, seen = unlike(filling.put, reader.evaluate(GATHER))
    assert (cut, ("StoryRecord", "title") in seen) == ([], True)


def test_a_list_of_hostile_stories_is_inert(open_page, hostile, tmp_path):
    """The page that lists many stories shows their titles as text."""
    filling, _ = hostile
    with ThreadPoolExecutor(1) as executor:
        library = many.build_many(
            [filling.folder], tmp_path, executor=executor, root=filling.folder.parent
        )
    assert not any(outcome.failed for outcome in library.outcomes)
    reader = open_page(tmp_path / "index.html", outcome=None)
    cut, seen = unlike(filling.put, reader.evaluate(GATHER))
    assert (cut, ("StoryRecord", "title") in seen) == ([], True)


def test_the_preview_of_a_hostile_story_tells_its_faults_as_text(open_page, tmp_path):
    """Each refused text stands in the list of problems, and does nothing there."""
    (tmp_path / "events").mkdir()
    head = {
        "format": 1,
        "language": "en",
        "title": "x",
        "cover": {"promise": "y"},
        "frames": ALL[:60],
    }
    (tmp_path / "story.yaml").write_text(json.dumps(head), encoding="utf-8")
    (tmp_path / "gazetteer.yaml").write_text(json.dumps([{"id": t} for t in ALL[60:160]]), "utf-8")
    (tmp_path / "events" / "010-<img src=x onerror=canary()>.md").write_text("")
    session = Session(partial(pipeline.preview, tmp_path))
    session.rebuild()
    server = Server(session, 8600)
    with server.running():
        reader = open_page(server.address, outcome=None)
        reader.wait("document.getElementById('problems').open")
        assert [each for each in reader.evaluate(SOUND) if not OWN.match(each)] == []
        said = reader.evaluate("document.getElementById('problems').textContent")
    assert "'<script>canary()</script>' is not the name of one site" in said
    assert "<img src=x onerror=canary()>" in said


def test_no_author_text_is_ever_a_template(monkeypatch, hostile):
    """Jinja compiles our templates and folium's; folium is told nothing that an author wrote."""
    filling, _ = hostile
    compiled, parts = [], []
    compile_ = jinja2.Environment.compile

    def spy(self, source, *arguments, **options):
        compiled.append(str(source))
        return compile_(self, source, *arguments, **options)

    monkeypatch.setattr(jinja2.Environment, "compile", spy)
    real = story_map.map_parts
    monkeypatch.setattr(
        story_map, "map_parts", lambda each: parts.append((vars(each), real(each))) or parts[-1][1]
    )
    built = reading.read_story(filling.folder, root=filling.folder.parent)[0]
    made = pipeline.story_map(built, ["en"])
    made.page()
    ((state, told),) = parts
    assert [text for text in compiled if MARK.search(text)] == []
    assert [text for text in (told.html, told.script, told.cards) if MARK.search(text)] == []
    assert [k for k, value in state.items() if k not in OURS and MARK.search(repr(value))] == []
