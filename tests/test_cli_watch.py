"""`storymap check --watch` as a process of its own."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "stories" / "good" / "minimal"


def test_a_watched_story_is_checked_after_each_save(tmp_path):
    """Each save brings its problems or none, and Ctrl-C is a good end."""
    story = shutil.copytree(MINIMAL, tmp_path / "story")
    head = story / "story.yaml"
    good = head.read_bytes()
    watch = subprocess.Popen(
        [sys.executable, "-m", "storymap", "check", story, "--watch"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert watch.stderr.readline() == "no problems\n"
        head.write_text("format: 2\n", encoding="utf-8")
        assert watch.stderr.readline() == "1 error\n"
        head.write_bytes(good)
        assert watch.stderr.readline() == "no problems\n"
        watch.send_signal(signal.SIGINT)
        said, rest = watch.communicate(timeout=10)
    finally:
        watch.kill()
    assert said.startswith("story/story.yaml:1:9: ")
    assert said.count("story/") == 1
    assert (rest, watch.returncode) == ("", 0)
