"""`storymap serve` as a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli import main

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "stories" / "good" / "minimal"


@pytest.fixture
def serve(tmp_path):
    """A function that starts the preview of a copy of the smallest story."""
    servers = []

    def serve(*options):
        story = shutil.copytree(MINIMAL, tmp_path / "story", dirs_exist_ok=True)
        server = subprocess.Popen(
            [sys.executable, "-m", "storymap", "serve", story, "--no-open", *options],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        servers.append(server)
        return server, story

    yield serve
    for server in servers:
        server.kill()
        server.communicate()


def test_a_preview_says_where_it_is_and_what_it_does(serve):
    """The address alone on stdout, each page on stderr, and Ctrl-C is a good end."""
    server, story = serve("--port", "8750")
    address = server.stdout.readline().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:87\d\d/", address)
    assert re.fullmatch(r"built in \d+ ms, no problems\n", server.stderr.readline())
    with urllib.request.urlopen(f"{address}story") as answer:  # noqa: S310 - our own server
        assert b"The founding" in answer.read()
    (story / "story.yaml").write_text("format: 2\n", encoding="utf-8")
    assert re.fullmatch(r"built in \d+ ms, 1 error\n", server.stderr.readline())
    server.send_signal(signal.SIGINT)
    rest = server.communicate(timeout=10)
    assert (rest, server.returncode) == (("", ""), 0)
    assert sorted(path.name for path in story.parent.iterdir()) == ["story"]


def test_a_second_preview_takes_the_next_port(serve):
    """It says so before it says where it is."""
    first = serve("--port", "8770")[0].stdout.readline()
    port = int(first.rstrip("/\n").rpartition(":")[2])
    second = serve("--port", str(port))[0]
    following = int(second.stdout.readline().rstrip("/\n").rpartition(":")[2])
    assert second.stderr.readline() == f"port {port} is taken, {following} is not\n"


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path):
    """There is nothing to watch: exit code 1."""
    result = CliRunner().invoke(main, ["serve", str(tmp_path / "none"), "--no-open"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{tmp_path / 'none'}: there is no such folder\n"


def test_a_shared_gazetteer_is_watched(serve):
    """From the moment on that the story names it, there or not."""
    server, story = serve("--port", "8790")
    server.stdout.readline()
    assert server.stderr.readline().endswith("no problems\n")
    text = (story / "story.yaml").read_text(encoding="utf-8")
    (story / "story.yaml").write_text(f"{text}\ngazetteers: [../common.yaml]\n", encoding="utf-8")
    assert server.stderr.readline().endswith("1 error\n")
    shutil.copy(story / "gazetteer.yaml", story.parent / "common.yaml")
    said = server.stderr.readline()
    while said.endswith("1 error\n"):  # the new watch looks at once
        said = server.stderr.readline()
    assert said.endswith("no problems\n")
