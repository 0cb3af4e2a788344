import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.dates import parse
from storymap.editing import DeclinedError, add_event

EVENT = "---\ntitle: A\nwhen: {}\n---\nText.\n"


def story(folder, files):
    """Write events, each a name and its date."""
    (folder / "story.yaml").touch()
    (folder / "events").mkdir()
    for name, when in files.items():
        (folder / "events" / name).write_text(EVENT.format(when), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "when", "name"),
    [
        ({}, "1925", "010-new.md"),
        ({"010-a.md": "1920"}, "1925", "020-new.md"),
        ({"017-a.md": "1920"}, "1925", "020-new.md"),
        ({"1-a.md": "1920"}, "1925", "10-new.md"),
        ({"010-a.md": "1920", "020-b.md": "1930"}, "1925", "015-new.md"),
        ({"010-a.md": "1920", "040-b.md": "1930"}, "1925", "020-new.md"),
        ({"010-a.md": "1920"}, "1900", "005-new.md"),
        ({"010-a.md": "1920", "020-b.md": "1930"}, "1920-05", "015-new.md"),
        ({"010-a.md": "1920", "020-b.md": "1920-06"}, "1920-05", "015-new.md"),
        ({"010-a.md": "1920", "020-b.md": "1930"}, "1930", "030-new.md"),
        ({"010-a.md": "1920", "020-b.md": "1930"}, "/1925", "015-new.md"),
        ({"010-a.md": "1920", "020-b.md": "1925/..", "030-c.md": "1940"}, "1930~", "025-new.md"),
        ({"010-a.md": "1930", "020-b.md": "1900\nflashback: true"}, "1920", "005-new.md"),
        ({"010-a.md": "1930", "020-b.md": "1940\nflashback: true"}, "1935", "030-new.md"),
        ({"010-a.md": "1930", "020-b.md": "[broken"}, "1935", "030-new.md"),
        ({"010-a.md": "1920", "020-b.md": "1930"}, "", "030-new.md"),
    ],
)
def test_an_event_comes_before_the_first_that_begins_later(tmp_path, files, when, name):
    """Its number lies between its neighbours', a ten where there is one; undated, it is last."""
    keys = {"when": when} if when else {}
    assert add_event(story(tmp_path, files), "New", keys).name == f"events/{name}"


@pytest.mark.parametrize(
    ("files", "after", "message", "hint"),
    [
        ({"010-a.md": "1920", "011-b.md": "1930"}, "a", "between 010-a.md and 011-b.md", "011-b"),
        ({"010-a.md": "1920", "010-b.md": "1930"}, "a", "between 010-a.md and 010-b.md", "010-b"),
        ({"1-b.md": "1930"}, "", "before 1-b.md", "1-b"),
    ],
)
def test_no_file_is_renamed_to_make_room(tmp_path, files, after, message, hint):
    """The author is told which to move."""
    expected = (
        f"no number is free {message}\n"
        f"    rename {tmp_path.name}/events/{hint}.md and those after it to higher numbers"
    )
    with pytest.raises(DeclinedError, match=f"^{re.escape(expected)}$"):
        add_event(story(tmp_path, files), "New", {"when": "1925"}, after=after)


def test_a_file_is_written_as_the_one_before_it(tmp_path):
    """Its line ends, its quotes and its kind of list."""
    story(tmp_path, {"010-a.md": "1920"})
    text = '---\r\ntitle: "A"\r\nplaces:\r\n- "a"\r\n---\r\nText.\r\n'
    (tmp_path / "events" / "010-a.md").write_text(text, encoding="utf-8", newline="")
    draft = add_event(tmp_path, "New", {"when": "1925", "places": ["b", "c"], "sources": ["d"]})
    assert draft.data.decode() == (
        '---\r\ntitle: "New"\r\nwhen: "1925"\r\nplaces:\r\n- "b"\r\n- "c"\r\nsources: [d]\r\n'
        "# Write what happened below the next line, as Markdown.\r\n---\r\n"
    )
    assert "\r" not in draft.added


def test_the_first_event_makes_its_folder(tmp_path):
    """A story may begin with its places."""
    (tmp_path / "story.yaml").touch()
    assert add_event(tmp_path, "New", {}).name == "events/010-new.md"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["1900", "1905~", "1910-05", "1910", "1910/1920", "1925/.."])))
def test_events_added_in_any_order_stand_in_that_of_their_dates(dates):
    """None goes back in time, unless no number is left between two."""
    with TemporaryDirectory() as name:
        folder = story(Path(name), {})
        for number, date in enumerate(dates):
            with suppress(DeclinedError):
                draft = add_event(folder, f"e{number}", {"when": date})
                (folder / draft.name).write_bytes(draft.data)
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("events/*"))]
        begins = [parse(re.search("when: (.+)", text)[1]).first for text in texts]
        assert begins == sorted(begins)
        assert len(begins) >= min(len(dates), 4)
