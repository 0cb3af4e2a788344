import gzip
import subprocess
import sys
from pathlib import Path

from storymap import pipeline, reading

ROOT = Path(__file__).parent.parent


def test_the_interhelpo_page_is_light(tmp_path):
    """In one language it weighs, atlas included, less than 800,000 bytes, 450,000 compressed."""
    built = pipeline.build(ROOT / "places", tmp_path, languages=("en",))
    page = built.page.path.read_bytes()
    assert len(page) < 800_000
    assert len(gzip.compress(page, 9)) < 450_000


def test_the_reader_waits_until_there_is_something_to_read():
    """A build leaves that to another process, while it imports what makes the page."""
    code = "import sys, storymap.pipeline; sys.exit(bool({'pydantic', 'yaml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_build_takes_what_was_read_already(tmp_path):
    """It does not look into the folder again."""
    read = reading.read_story(ROOT / "tests" / "stories" / "good" / "minimal")
    built = pipeline.build(tmp_path / "nowhere", tmp_path / "out", read=read)
    assert built.page.changed
    assert built.story == read[0]


def test_a_page_names_no_folder_of_the_machine(built_page):
    """What is private to the author's machine stays there."""
    page = built_page.read_text(encoding="utf-8")
    assert str(ROOT) not in page
    assert str(Path.home()) + "/" not in page or str(Path.home()) == "/"
