"""The measurements themselves: each runs once, so that the table can always be made."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def printed(script):
    """Run a bench in its shortest form, and return the lines that it prints."""
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / f"{script}.py", "--smoke"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.mark.usefixtures("browser")
def test_the_table_can_be_made():
    """Every line has a value; limits of time are for a quiet machine, those of size hold here."""
    lines = printed("run")
    assert len(lines) == 37
    sizes = [line for line in lines if " KB " in line and "at most" in line]
    assert [line.split()[-1] for line in sizes] == ["ok", "ok"]


def test_one_process_and_two_can_be_compared():
    """Every line of it has a value; how many times as fast they are is for a quiet machine."""
    assert len(printed("library")) == 7


@pytest.mark.usefixtures("browser")
def test_the_table_of_large_stories_can_be_made():
    """Smaller; what counts bytes holds at that size as well."""
    lines = printed("scale")
    assert len(lines) == 42
    assert [line.split()[-1] for line in lines if "page against folium" in line] == ["ok"]


@pytest.mark.usefixtures("browser")
def test_pages_are_compared():
    """Every page of every tool is built, opened and stepped through."""
    lines = [line.split(" | ") for line in printed("compare")]
    assert [line[:3] for line in lines[1:]] == [
        ["empty page", "", ""],
        ["Leaflet alone", "", ""],
        ["folium, markers", "", "30"],
        ["Storymap", "4", "30"],
        ["folium, time slider", "4", ""],
        ["folium, markers", "", "50"],
        ["Storymap", "4", "50"],
        ["folium, time slider", "5", ""],
        ["Storymap", "5", "30"],
    ]
    files = {line[0]: int(line[5]) for line in lines[1:]}
    assert (files.pop("empty page"), files.pop("Storymap")) == (1, 1)
    assert min(files.values()) > 1


def test_the_page_tells_what_failed_and_what_was_missed(monkeypatch):
    """A page that fails has its reason in its line; a limit has its verdict; no value is no ok."""
    monkeypatch.syspath_prepend(ROOT / "bench")
    import compare
    import report
    from table import Row

    def fail():
        raise RuntimeError

    case = compare.Case(compare.SLIDER, Path("slider.html"), ("", ""), steps=12)
    found = [compare.Found(case, failure="it was not painted")]
    rows = [
        Row("  page", 1234.5, "KB", most=800),
        Row("frames", 55.55, "fps", least=50),
        *report.attempt("larger stories", fail),
    ]
    measured = report.Measured(rows, [], found, "1.2", load=0, taken=60)
    lines = report.written(measured).splitlines()
    assert (
        "| folium, time slider | 12 |  | failed: it was not painted |  |  |  |  |  |  |  |" in lines
    )
    assert "| … page | 1,234 KB |  | at most 800 | MISSED |" in lines
    assert "| frames | 55.5 fps |  | at least 50 | ok |" in lines
    assert "| larger stories: failed: RuntimeError |  |  |  | MISSED |" in lines
