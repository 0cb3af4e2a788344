"""The measurements themselves: each runs once, so that the table can always be made."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.usefixtures("browser")
def test_the_table_can_be_made():
    """Every line has a value; limits of time are for a quiet machine, those of size hold here."""
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "run.py", "--smoke"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 35
    sizes = [line for line in lines if " KB " in line and "at most" in line]
    assert [line.split()[-1] for line in sizes] == ["ok", "ok"]


def test_one_process_and_two_can_be_compared():
    """Every line of it has a value; how many times as fast they are is for a quiet machine."""
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "library.py", "--smoke"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 6


@pytest.mark.usefixtures("browser")
def test_the_table_of_large_stories_can_be_made():
    """Smaller; what counts bytes holds at that size as well."""
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "scale.py", "--smoke"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 42
    assert [line.split()[-1] for line in lines if "page against folium" in line] == ["ok"]
