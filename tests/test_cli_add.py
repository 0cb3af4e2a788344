"""`storymap add`, whole outputs: of a story of two places and two steps."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli import main
from storymap.cli.speech import typed

GAZETTEER = """\
- id: zilina
  names:
    - {text: Žilina, language: en, kind: official}    # a town
  location: {point: [49.22315, 18.73941], precision: settlement}
  country: SK

- id: bishkek
  names:
    - {text: Frunze, language: en, kind: official, when: 1926/1991}
    - {text: Bishkek, language: en, kind: official, when: 1991/..}
  location: {point: [42.87, 74.59], precision: settlement}
  country: KG

# the end
"""
FILES = {
    "story.yaml": "format: 1\ntitle: Two\nlanguage: en\ncover: {promise: Two steps.}\n",
    "gazetteer.yaml": GAZETTEER,
    "sources.yaml": "references:\n  - {id: book, type: book, title: A book}\n",
    "events/010-founding.md": "---\ntitle: Founding\nwhen: 1923-05-01\nplaces: [zilina]\n"
    "sources: [book]\n---\nText.\n",
    "events/020-end.md": "---\ntitle: End\nwhen: 1943\nplaces: [bishkek]\n---\nText.\n",
}


@pytest.fixture(autouse=True)
def story(tmp_path, monkeypatch):
    """The folder of a story, named from where the command runs."""
    for name, text in FILES.items():
        path = tmp_path / "places" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    return Path("places")


def add(*words):
    """Exit code, stdout and stderr of `storymap add`."""
    result = CliRunner().invoke(main, ["add", *words])
    return result.exit_code, result.stdout, result.stderr


def unchanged(story):
    """Whether the story holds what it held, and nothing else."""
    files = {
        path.relative_to(story).as_posix(): path.read_text(encoding="utf-8")
        for path in story.rglob("*")
        if path.is_file()
    }
    return files == FILES


def test_a_place_is_written_like_the_others(story):
    """It says where and what; the file is as it was, with these lines more."""
    added = """\
- id: tokmok
  names:
    - {text: Токмок, language: ru, kind: official}
  location: {point: [42.84194, 75.30149], precision: settlement, source: GeoNames}
  country: KG
"""
    options = "--language ru --country KG --at 42.84194,75.30149 --at-source GeoNames"
    assert add("place", "Токмок", *options.split()) == (
        0,
        f"{Path('places/gazetteer.yaml')}:14\n{added}",
        "next, name it in an event: storymap add event TITLE --when DATE --place tokmok\n",
    )
    text = GAZETTEER.replace("\n# the end", f"\n{added}\n# the end")
    assert (story / "gazetteer.yaml").read_text(encoding="utf-8") == text


def test_a_place_may_have_no_coordinates_yet(story):
    """It says how to find them; until then the story has this one error more."""
    assert add("place", "Almaty", "--country", "KZ", "--hint", "Verny") == (
        0,
        (
            f"{Path('places/gazetteer.yaml')}:14\n"
            "- id: almaty\n  names:\n    - {text: Almaty, language: en, kind: official}\n"
            "  country: KZ\n  hints: [Verny]\n"
        ),
        "next, find out where it is: storymap locate almaty\n",
    )
    check = CliRunner().invoke(main, ["check", str(story)])
    assert check.stdout.startswith(
        "places/gazetteer.yaml:14:3: the place 'almaty' has no coordinates\n"
    )


def test_a_place_that_nobody_can_locate_says_why():
    """A reason takes the place of coordinates."""
    code, out, _ = add("place", "Pflug", "--unlocated", "only its name is known")
    assert code == 0
    assert "  location: {precision: unlocated, reason: only its name is known}\n" in out


def test_how_well_a_place_is_known_follows_from_what_is_said():
    """A radius makes it approximate; whoever says more is believed."""
    _, out, _ = add("place", "Here", "--at", "42.8, 74.6", "--radius-km", "3")
    assert "location: {point: [42.8, 74.6], precision: approximate, radius-km: 3}" in out
    _, out, _ = add(
        "place", "Land", "--at", "42.8, 74.6", "--precision", "region", "--radius-km", "90"
    )
    assert "location: {point: [42.8, 74.6], precision: region, radius-km: 90}" in out


def test_what_looks_wrong_is_written_and_said():
    """A warning stops nothing."""
    code, _, err = add("place", "Lost", "--at", "74.9,42.8", "--country", "KG")
    assert (code, err.splitlines()[0]) == (
        0,
        "places/gazetteer.yaml:17:21: warning: latitude 74.9 and longitude 42.8 look swapped",
    )


ALREADY = "use that; or, if this is another place, give it an id: --id"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["place", "Frunze"],
            (
                "'Frunze' is in the gazetteer already: 'bishkek' (places/gazetteer.yaml:7)\n"
                f"    {ALREADY} frunze"
            ),
        ),
        (
            ["place", "Zilina", "--country", "SK"],
            (
                "'Zilina' is in the gazetteer already: 'zilina' (places/gazetteer.yaml:1)\n"
                f"    {ALREADY} zilina-sk"
            ),
        ),
        (
            ["place", "Токмок"],
            (
                "'Токмок' is not written as names are in 'en', the story's language\n"
                "    say which language it is in: --language TAG"
            ),
        ),
        (
            ["place", "…", "--language", "en"],
            "no id can be made of '…'\n    choose one, of a-z, 0-9 and hyphens: --id ID",
        ),
        (
            ["place", "New", "--id", "zilina"],
            "the id 'zilina' is taken, by the place in places/gazetteer.yaml:1",
        ),
        (
            ["place", "New", "--at", "91,100"],
            "latitude 91 is out of range\n    it lies from -90 to 90",
        ),
        (
            ["place", "New", "--at", "1,2", "--precision", "region"],
            "'radius-km' is missing\n    radius-km: how far from the point the truth may lie",
        ),
        (
            ["place", "New", "--within", "bishkeck", "--country", "Kg"],
            (
                "no place is called 'bishkeck'\n"
                "    did you mean 'bishkek' (places/gazetteer.yaml:7)?\n"
                "storymap: 'Kg' is no country code\n"
                "    write two capitals as ISO 3166 has them, such as KG"
            ),
        ),
        (
            ["event", "New", "--when", "19x7"],
            (
                "'19x7' is no EDTF date\n    write it as EDTF, such as 1923-05-01, 1923-05, 1923, "
                "1923/1925, 1925/.. or 1927~"
            ),
        ),
        (
            ["event", "New", "--place", "zillina", "--source", "bok"],
            (
                "no place is called 'zillina'\n"
                "    did you mean 'zilina' (places/gazetteer.yaml:1)?\n"
                "storymap: no source is called 'bok'\n"
                "    did you mean 'book' (places/sources.yaml:2)?"
            ),
        ),
        (["event", "New", "--after", "ende"], "no step is called 'ende'\n    did you mean 'end'?"),
        (["event", "New", "--after", "xyz"], "no step is called 'xyz'"),
        (
            ["event", "End"],
            (
                "the id 'end' is taken, by places/events/020-end.md\n"
                "    give this one another: --id ID"
            ),
        ),
        (
            ["event", "New", "--when", "1900", "--after", "founding"],
            (
                "1900 is before the 1923-05-01 of the step 'founding', which precedes it\n"
                "    put the step in its place by date, or write `flashback: true`"
            ),
        ),
    ],
)
def test_what_would_be_wrong_is_not_written(story, words, message):
    """The reader's own words, all of them, and every file as it was."""
    assert add(*words) == (1, "", f"storymap: {message}\nnothing was written\n")
    assert unchanged(story)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--at", "42"], "Invalid value for '--at': '42' is no latitude and longitude"),
        (["--at", "1,2", "--unlocated", "x"], "--at says where it is, --unlocated that nobody"),
        (["--precision", "exact"], "--precision, --radius-km and --at-source go with --at"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(story, options, message):
    """Exit code 2."""
    code, out, err = add("place", "New", *options)
    assert (code, out) == (2, "")
    assert message in err
    assert unchanged(story)


def test_a_story_with_other_errors_can_be_added_to(story):
    """What was wrong before stops nothing; a file that cannot be read does."""
    head = story / "story.yaml"
    head.write_text(FILES["story.yaml"] + "nonsense: 1\n", encoding="utf-8")
    assert add("place", "New", "--at", "42,74")[0] == 0
    (story / "gazetteer.yaml").write_text("- id: [\n", encoding="utf-8")
    code, out, err = add("place", "Newer", "--at", "42,74")
    assert (code, out) == (1, "")
    assert err.startswith("places/gazetteer.yaml:2:1: ")
    assert err.endswith("\nnothing was written\n")


def test_places_in_a_spreadsheet_are_added_there(story):
    """No other gazetteer is begun beside it."""
    (story / "gazetteer.yaml").unlink()
    (story / "gazetteer.csv").write_text("name,lat,lon\nŽilina,49.2,18.7\n", encoding="utf-8")
    assert add("place", "New", "--at", "42,74") == (
        1,
        "",
        (
            "storymap: the places of this story are in places/gazetteer.csv\n"
            "    add it there, with the program that you keep that file with\nnothing was written\n"
        ),
    )


def test_events_in_a_spreadsheet_are_added_there(story):
    """No folder of events is begun beside it."""
    shutil.rmtree(story / "events")
    (story / "events.csv").write_text("title,when\nFounding,1923\n", encoding="utf-8")
    assert add("event", "New") == (
        1,
        "",
        (
            "storymap: the events of this story are in places/events.csv\n"
            "    add it there, with the program that you keep that file with\nnothing was written\n"
        ),
    )


def test_an_event_comes_between_its_neighbours(story):
    """Its number is between theirs, its front matter like theirs, and the story stays sound."""
    text = """\
---
title: "1926: an excursion"
when: 1926~
places: [bishkek, zilina]
sources: [book]
# Write what happened below the next line, as Markdown.
---
"""
    options = "--when 1926~ --place bishkek --place zilina --source book"
    assert add("event", "1926: an excursion", *options.split()) == (
        0,
        f"{Path('places/events/015-1926-an-excursion.md')}:1\n{text}",
        "next, write there what happened\n",
    )
    path = story / "events" / "015-1926-an-excursion.md"
    assert path.read_text(encoding="utf-8") == text
    assert CliRunner().invoke(main, ["check", str(story)]).stderr == "no problems\n"


def test_a_place_of_a_shared_gazetteer_can_be_named(story):
    """Also where that lies in a folder of its own."""
    head = FILES["story.yaml"] + "gazetteers: [../../common.yaml]\n"
    (story / "story.yaml").write_text(head, encoding="utf-8")
    common = GAZETTEER.replace("zilina", "martin").replace("bishkek", "osh")
    Path("../common.yaml").write_text(common, encoding="utf-8")
    assert add("event", "New", "--place", "martin", "--root", "..")[0] == 0


def test_a_story_elsewhere_is_named_in_what_comes_next(story):
    """The words can be copied."""
    story.rename("my story")
    _, out, err = add("place", "Almaty", "--story", "my story")
    assert out.startswith(f"{Path('my story/gazetteer.yaml')}:14\n")
    named = typed(Path("my story"))
    assert err == f"next, find out where it is: storymap locate almaty --story {named}\n"
    assert named in ("'my story'", '"my story"')


def test_an_event_may_go_back_in_time(story):
    """After the step that its author says."""
    code, out, _ = add("event", "Before", "--when", "1900", "--after", "founding", "--flashback")
    assert code == 0
    assert out.splitlines()[:5] == [
        f"{Path('places/events/015-before.md')}:1",
        "---",
        "title: Before",
        "when: 1900",
        "flashback: true",
    ]
    assert CliRunner().invoke(main, ["check", str(story)]).stderr == "no problems\n"


def test_there_has_to_be_a_story():
    """The option names its folder."""
    code, _, err = add("event", "New", "--story", "none")
    assert code == 2
    assert "Directory 'none' does not exist." in err
    Path("none").mkdir()
    assert add("event", "New", "--story", "none") == (
        1,
        "",
        (
            "storymap: there is no story in none: it has no story.yaml\n"
            "    `storymap new FOLDER` makes a story to begin with\nnothing was written\n"
        ),
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows kills in another way")
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_leaves_the_file_whole(story, moment):
    """As it was or as it is to be, at whichever side of the one step that counts."""
    script = f"""
import os, pathlib, signal, sys
replace = pathlib.Path.replace
def killed(self, target):
    if {moment == "after"}:
        replace(self, target)
    os.kill(os.getpid(), signal.SIGKILL)
pathlib.Path.replace = killed
from storymap.cli import main
from storymap.cli.speech import typed
main(["add", "place", "New", "--at", "42,74"])
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    text = (story / "gazetteer.yaml").read_text(encoding="utf-8")
    if moment == "before":
        assert text == GAZETTEER
    else:
        assert text.replace("\n# the end", "").startswith(GAZETTEER.replace("\n# the end\n", ""))
        assert "- id: new\n" in text
