"""What the README and the guides show of a terminal: typed again, it says the same."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli import main

ROOT = Path(__file__).parent.parent
TRANSCRIPT = re.compile(r"^```\n\$ python3 build\.py (.+)\n([^`]*)^```$", re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "docs/finding-places.md"])
def test_what_is_shown_is_what_happens(page, tmp_path, monkeypatch):
    """In the order of the page, beginning with the project's own story."""
    shutil.copytree(ROOT / "places", tmp_path / "places")
    monkeypatch.chdir(tmp_path)
    transcripts = TRANSCRIPT.findall((ROOT / page).read_text(encoding="utf-8"))
    assert transcripts
    for words, shown in transcripts:
        if words == "locate karakol":
            type_in("add place Karakol")
        expected, _, _ = shown.partition("      which one is it?")  # nobody answers here
        assert type_in(words)[: len(expected)] == expected


def type_in(words):
    """What a command says, on stdout and stderr."""
    return CliRunner().invoke(main, shlex.split(words)).output
