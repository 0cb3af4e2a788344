"""The same story gives the same bytes of every file, wherever, whenever and however it is built."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STORY = ROOT / "tests" / "stories" / "good" / "media"
COMMANDS = """
import os, sys
story, mask, backwards = sys.argv[1:]
os.umask(int(mask, 8))
if backwards == "backwards":
    for name in ("listdir", "scandir"):
        def listed(*path, really=getattr(os, name), lists=name == "listdir"):
            found = sorted(really(*path), key=str, reverse=True)
            return found if lists else Listing(found)
        setattr(os, name, listed)
class Listing(list):
    def __enter__(self):
        return iter(self)
    def __exit__(self, *_):
        pass
    close = __exit__
from storymap.cli import main
base = ("--base-url", "https://example.org/story/")
for words in [
    ("build", story, "-o", "out", "--assets", "beside", "--separate", *base),
    ("build", story, "-o", "whole"),
    ("embed", story, "-o", "out", *base),
    ("places", story, "--format", "csv"),
    ("places", story, "--format", "json"),
    ("places", story, "--format", "geojson"),
    ("places", story),
]:
    main(words, standalone_mode=False)
"""
PLAIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "TZ": "UTC"}
TURKISH = {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Bishkek"}
ARABIC = {"PYTHONHASHSEED": "2", "LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar", "TZ": "America/Lima"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A function that returns all that comes of a story, by name, in some surroundings."""

    def made(surroundings, mask, order):
        place = tmp_path_factory.mktemp("somewhere")
        shutil.copytree(STORY, place / "a story")
        done = subprocess.run(
            [sys.executable, "-c", COMMANDS, place / "a story", mask, order],
            cwd=place,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | surroundings,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        files = (path for path in place.rglob("*") if path.is_file())
        return {"": done.stdout} | {
            path.relative_to(place).as_posix(): path.read_bytes() for path in files
        }

    return made


def test_the_same_story_gives_the_same_bytes(made):
    """Neither folder, hash seed, locale, time zone, rights nor the order on a disk shows."""
    plain = made(PLAIN, "022", "forwards")
    names = {"out/index.html", "out/index.sk.html", "out/oembed.json", "out/preview.png"}
    assert names | {"out/lesson.html", "out/story-map.js", "whole/index.html"} < {*plain}
    for surroundings, mask in [(TURKISH, "077"), (ARABIC, "002")]:
        other = made(surroundings, mask, "backwards")
        assert {name for name in plain | other if plain.get(name) != other.get(name)} == set()
