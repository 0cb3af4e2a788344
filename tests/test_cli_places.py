import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli import main

ROOT = Path(__file__).parent.parent
STORY = ROOT / "places"
MINIMAL = ROOT / "tests" / "stories" / "good" / "minimal"


def run(*words):
    """Return what `storymap places` said."""
    return CliRunner().invoke(main, ["places", *map(str, words)])


def row(text, id):
    """Return the words of a place's row, its columns parted by two spaces or more."""
    line = next(line for line in text.splitlines() if line.startswith(f"{id} "))
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def test_each_place_has_a_row():
    """It tells how precisely the place is known, which steps and routes use it, on whose word."""
    result = run(STORY)
    assert result.exit_code == 0
    assert row(result.stdout, "zilina") == [
        "zilina",
        "Žilina",
        "settlement, 3 km",
        "founding, trains, journey, second-train, nazdar, zilina-pishpek",
        "GeoNames 3056508",
    ]
    assert row(result.stdout, "kara-balta")[3] == "zilina-pishpek"
    assert row(result.stdout, "pflug")[2] == "unlocated"
    assert result.stderr == "47 places, 3 of them not on the map\n"


@pytest.mark.parametrize(
    ("date", "name"),
    [("1925", "Pishpek"), ("1926", "Pishpek · Frunze"), ("1932", "Frunze"), ("2008", "Bishkek")],
)
def test_places_are_called_what_they_were_called_then(date, name):
    """A date that touches two names shows both."""
    assert row(run(STORY, "--names-at", date).stdout, "bishkek")[1] == name


def test_a_date_that_is_none_is_wrong_usage():
    """The message is that of the dates in files."""
    result = run(STORY, "--names-at", "19x")
    assert result.exit_code == 2
    assert "Invalid value for '--names-at': '19x' is no EDTF date\n" in result.stderr


def test_a_spreadsheet_begins_with_the_name_of_the_date():
    """The title of a row is the name then."""
    text = run(STORY, "--names-at", "1932", "--format", "csv").stdout
    titles = {row["id"]: row["title"] for row in csv.DictReader(io.StringIO(text))}
    assert titles["bishkek"] == "Frunze"


def test_json_and_geojson_hold_every_place():
    """Both are files of the whole gazetteer."""
    listed = json.loads(run(STORY, "--format", "json").stdout)
    features = json.loads(run(STORY, "--format", "geojson").stdout)["features"]
    assert len(listed) == len(features) == 47


@pytest.mark.parametrize("form", ["csv", "json", "geojson"])
def test_a_listing_is_a_gazetteer(tmp_path, form):
    """Saved under its name in place of gazetteer.yaml, it gives the same places."""
    story = shutil.copytree(MINIMAL, tmp_path / "story")
    before = run(story).stdout
    text = run(story, "--format", form).stdout
    (story / "gazetteer.yaml").unlink()
    name = "gazetteer.yaml" if form == "json" else f"gazetteer.{form}"
    (story / name).write_text(text, encoding="utf-8")
    assert run(story).stdout == before


def test_a_story_with_errors_lists_them(tmp_path):
    """There is no table of what cannot be read."""
    story = shutil.copytree(MINIMAL, tmp_path / "story")
    (story / "sources.yaml").write_text("- {id: x}\n", encoding="utf-8")
    result = run(story)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "story/sources.yaml:1:3: 'title' is missing\n" in result.stderr
    assert result.stderr.endswith("\n1 error and 1 warning\n")
