"""The page in somebody else's frame."""

import json
from html import escape

import pytest

SAY = "message => document.querySelector('iframe').contentWindow.postMessage(message, '*')"


@pytest.fixture
def framed(open_page, built_page, tmp_path):
    """A function that opens a host page which frames the story and keeps what it says."""

    def framed(attributes='sandbox="allow-scripts"', *, srcdoc=False):
        story = tmp_path / "story.html"
        story.write_bytes(built_page.read_bytes())
        source = (
            f'srcdoc="{escape(story.read_text(encoding="utf-8"))}"'
            if srcdoc
            else 'src="story.html"'
        )
        host = tmp_path / "host.html"
        host.write_text(
            "<!doctype html><html lang=en><title>Host</title><script>"
            "window.said = []; addEventListener('message', e => said.push(e.data))</script>"
            f"<iframe title=Story {source} {attributes} width=1000 height=640></iframe>",
            encoding="utf-8",
        )
        reader = open_page(host, outcome=None)
        reader.wait("said.some(m => m.event === 'ready')")
        return reader

    return framed


def ask(reader, command, *args, id="a"):
    """Send a command and return what the page answers."""
    reader.evaluate(SAY, {"storymap": 1, "id": id, "command": command, "args": list(args)})
    reader.wait(f"said.some(m => m.id === {json.dumps(id)})")
    return reader.evaluate(f"said.find(m => m.id === {json.dumps(id)})")


@pytest.mark.parametrize("srcdoc", [False, True], ids=["src", "srcdoc"])
def test_the_page_works_in_a_sandbox(framed, srcdoc):
    """With scripts alone allowed it gets ready and obeys."""
    reader = framed(srcdoc=srcdoc)
    answer = ask(reader, "goTo", "founding")
    assert answer["result"]["step"] == "founding"
    reader.wait("said.some(m => m.event === 'step' && m.state.step === 'founding')")


def test_a_command_is_answered_under_its_id(framed):
    """Two questions get two answers."""
    reader = framed()
    assert ask(reader, "next", id="one")["result"]["index"] == 0
    assert ask(reader, "state", id=2)["result"]["index"] == 0


@pytest.mark.parametrize(
    ("command", "args"),
    [("fly", []), ("goTo", [{"to": 1}]), ("goTo", ["nowhere"]), ("constructor", []), (7, [])],
)
def test_a_command_that_makes_no_sense_is_answered_with_an_error(framed, command, args):
    """The answer says what is wrong, and the page stays where it was."""
    reader = framed()
    answer = ask(reader, command, *args)
    assert isinstance(answer["error"], str)
    assert "result" not in answer
    assert ask(reader, "state", id="after")["result"]["index"] == -1


@pytest.mark.parametrize(
    "message",
    [None, 1, "next", [], {}, {"storymap": 1, "id": 1}, {"id": 1, "command": "next"}],
)
def test_other_messages_are_left_alone(framed, message):
    """What is not said in the page's protocol changes nothing and is not answered."""
    reader = framed()
    before = reader.evaluate("said.length")
    reader.evaluate(SAY, message)
    assert ask(reader, "state")["result"]["index"] == -1
    assert reader.evaluate("said.length") == before + 1
