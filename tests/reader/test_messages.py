"""What the page and the page that frames it say to each other, and what nobody can make it do."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "messages.schema.json").read_text(encoding="utf-8")
)
MESSAGE = Draft202012Validator(SCHEMA)
COMMAND = Draft202012Validator({**SCHEMA, "oneOf": [{"$ref": "#/$defs/command"}]})
HOST = (
    "<!doctype html><html lang=en><title>Host</title><script>window.said = [];"
    "addEventListener('message', ({ data }) => said.push(data))</script>"
    '<iframe title=Story src="story.html" sandbox="allow-scripts" width=1000 height=640></iframe>'
)
SAY = "messages => messages.forEach((each) => frames[0].postMessage(each, '*'))"
ODD = """() => {
    const cycle = { storymap: 1, id: 1 }
    cycle.command = cycle
    const odd = [
        new Date(), new Map([["storymap", 1]]), new ArrayBuffer(8), 10n, NaN, undefined, cycle,
        { storymap: 1, id: 1, command: cycle }, { storymap: 1, id: 1, command: 10n },
        { storymap: 1, id: NaN, command: "goTo", args: [NaN] },
        { storymap: 1, id: 1, command: "goTo", args: [Infinity] },
        { storymap: 1, id: 1, command: "goTo", args: [0.5] },
        { storymap: 1, id: 1, command: "goTo", args: { 0: 1, length: 1 } },
        { storymap: 1, id: 1, command: ["next"] }, { storymap: 1, id: 1, command: "__proto__" },
        JSON.parse('{"storymap": 1, "id": 1, "command": "state2", "__proto__": {"a": 1}}'),
        "[iFrameSizer]" + "x:".repeat(3), { context: "xh5p" }, { type: "iframe-child" },
    ]
    for (const each of odd) frames[0].postMessage(each, "*")
}"""
IS = """() => JSON.stringify([
    window.storymap.state(), location.href, document.title, document.documentElement.className,
    document.querySelectorAll('*').length, Object.keys(window).length, scrollY])"""

words = st.sampled_from(
    ["next", "previous", "goTo", "setLanguage", "state", "storymap", "founding", "constructor"]
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 30)
    | st.floats(allow_nan=False)
    | words
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text() | words, inner, max_size=3)
    ),
    max_leaves=8,
)
messages = values | st.fixed_dictionaries(
    {},
    optional={
        "storymap": st.just(1) | values,
        "id": st.integers() | values,
        "command": words | values,
        "args": st.lists(values, max_size=2) | values,
        "event": values,
        "state": values,
    },
)


@pytest.fixture
def framed(open_page, built_page, tmp_path):
    """A host page, on disk, with the story in a sandbox; it keeps what it is told."""
    (tmp_path / "story.html").write_bytes(built_page.read_bytes())
    (tmp_path / "host.html").write_text(HOST, encoding="utf-8")
    reader = open_page(tmp_path / "host.html", outcome=None)
    reader.wait("said.some((each) => each.event === 'ready')")
    return reader


def answered(reader, id="sentinel"):
    """Ask for the state, which is answered after all that was said before."""
    reader.evaluate(SAY, [{"storymap": 1, "id": id, "command": "state"}])
    reader.wait(f"said.some((each) => each.id === '{id}')")


def test_no_message_but_a_command_changes_the_page(framed):
    """Of hundreds of shapes of messages none does, and what is answered keeps to the schema."""
    story = framed.page.frames[1]
    before = story.evaluate(IS)
    wrong = []

    @settings(
        max_examples=300,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(messages)
    def gather(message):
        if not COMMAND.is_valid(message):
            wrong.append(message)

    gather()
    assert len(wrong) > 200
    framed.evaluate(SAY, wrong)
    framed.evaluate(ODD)
    answered(framed)
    assert story.evaluate(IS) == before
    said = framed.evaluate("JSON.parse(JSON.stringify(said))")
    assert [
        each for each in said if not MESSAGE.is_valid(each) and each.get("id") is not None
    ] == []
    results = [each for each in said if "result" in each and each["id"] != "sentinel"]
    assert {each["result"]["index"] for each in results} <= {-1}


def test_only_the_parent_is_obeyed(framed):
    """A command from the page itself, or from a frame beside it, is not."""
    story = framed.page.frames[1]
    command = {"storymap": 1, "id": "x", "command": "next", "args": []}
    story.evaluate("command => window.postMessage(command, '*')", command)
    framed.evaluate(
        """async (command) => {
            const beside = document.createElement("iframe")
            beside.title = "Beside"
            document.body.append(beside)
            const say = beside.contentWindow.eval(`(to, what) => to.postMessage(what, "*")`)
            say(frames[0], command)
        }""",
        command,
    )
    answered(framed)
    assert story.evaluate("window.storymap.state().index") == -1
    assert not framed.evaluate("said.some((each) => each.id === 'x')")


def test_the_page_tells_what_happens(framed):
    """Each event keeps to the schema; the last step tells that the story is complete."""
    framed.evaluate(SAY, [{"storymap": 1, "id": 1, "command": "next"}])
    framed.evaluate(SAY, [{"storymap": 1, "id": 2, "command": "setLanguage", "args": ["sk"]}])
    framed.wait("said.some((each) => each.event === 'language')")
    last = framed.evaluate("said[0].state.count") - 1
    framed.evaluate(SAY, [{"storymap": 1, "id": 3, "command": "goTo", "args": [last]}])
    framed.wait("said.some((each) => each.event === 'complete')")
    said = framed.evaluate("said")
    assert [each for each in said if not MESSAGE.is_valid(each)] == []
    events = [each["event"] for each in said if "event" in each]
    assert events == ["ready", "step", "language", "step", "complete"]
    (complete,) = [each["state"] for each in said if each.get("event") == "complete"]
    assert (complete["language"], complete["index"]) == ("sk", last)


def test_a_map_that_cannot_start_tells_the_parent(open_page, built_page, tmp_path):
    """The host learns that there will be no map, and can show something else."""
    page = built_page.read_text("utf-8").replace('id="sm-stage"', 'id="sm-other"')
    (tmp_path / "story.html").write_text(page, encoding="utf-8")
    (tmp_path / "host.html").write_text(HOST, encoding="utf-8")
    reader = open_page(tmp_path / "host.html", outcome=None)
    reader.wait("said.length > 0")
    assert reader.evaluate("said") == [
        {"storymap": 1, "event": "error", "error": "Error: the page has no #sm-stage"}
    ]
    assert MESSAGE.is_valid(reader.evaluate("said[0]"))
    assert reader.complaints
    reader.complaints.clear()
