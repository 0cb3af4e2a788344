"""`storymap locate --online`, from the command line to a server on loopback."""

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from fake_geocoder import NOTHING, ZILINA_CZ, ZILINA_SK, Reply, answer, dead_port, serving

import storymap
from storymap.cli import locating, main

MINIMAL = Path(__file__).parent / "stories" / "good" / "minimal"
GAZETTEER = """\
- id: zilina
  names: [{text: Žilina under the castle, language: en, kind: official}]
- id: upper-zilina
  names: [{text: Upper Žilina by the river, language: en, kind: official}]
"""
"""names that no gazetteer knows, for the server to answer as it likes"""


@pytest.fixture
def story(tmp_path):
    """A story of two places that lie nowhere yet."""
    folder = shutil.copytree(MINIMAL, tmp_path / "story")
    (folder / "gazetteer.yaml").write_text(GAZETTEER, encoding="utf-8")
    return folder


@pytest.fixture
def locate(story, monkeypatch):
    """A function that runs `storymap locate` without waiting between attempts."""
    monkeypatch.setattr(locating.time, "sleep", lambda _: None)

    def locate(*words):
        return CliRunner().invoke(main, ["locate", "--story", str(story), *words])

    return locate


def kept(story):
    """Return what the lock file holds: id of the place -> id of the answer."""
    entries = yaml.safe_load((story / "geocodes.lock.yaml").read_text("utf-8"))
    return {entry["id"]: entry["answer"]["id"] for entry in entries}


@pytest.mark.parametrize("option", [("--service", "photon"), ("--address", "http://127.0.0.1:1")])
def test_nothing_goes_online_unasked(locate, option):
    """To name a service or an address is not yet to ask it."""
    run = locate(*option)
    assert run.exit_code == 2
    assert run.stderr.endswith(
        "Error: --service and --address ask over the network: add --online\n"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--service", "nominatin"),
            (
                "Invalid value for --service: "
                "no geocoder is called 'nominatin'; did you mean 'nominatim'?"
            ),
        ),
        (
            ("--address", "127.0.0.1:8088"),
            (
                "Invalid value for '--address': "
                "'127.0.0.1:8088' is no web address; begin it with http:// or https://"
            ),
        ),
    ],
)
def test_a_wrong_service_is_refused(locate, options, message):
    """With words that help, before anything is asked."""
    run = locate("--online", *options)
    assert run.exit_code == 2
    assert run.stderr.endswith(f"Error: {message}\n")


def test_nobody_else_is_asked_where_the_story_is_unclear(locate, story):
    """Whoever names a server of their own, and misspells it, does not mean the public one."""
    with (story / "story.yaml").open("a", encoding="utf-8") as file:
        file.write("geocoding: {services: [{service: nominatim, adress: 'http://127.0.0.1:1'}]}\n")
    run = locate("--online")
    assert (run.exit_code, run.stderr) == (
        1,
        "story/story.yaml:5:45: there is no key 'adress' here\n    did you mean 'address'?\n",
    )


def test_candidates_of_a_service_are_shown(locate, story):
    """With country, kind and people, and none is taken unasked, not even the only one."""
    with serving(answer([ZILINA_SK, ZILINA_CZ]), answer([ZILINA_SK])) as geocoder:
        run = locate("--online", "--address", geocoder.address)
    assert run.exit_code == 1
    assert run.stdout == ""
    assert run.stderr == (
        "zilina: Žilina under the castle may be\n"
        "   1  Žilina, SK, city, 81,219 people, [osm:node/25797]\n"
        "      Nominatim found it for 'Žilina under the castle'\n"
        "      Žilina, Slovakia\n"
        "   2  Žilina, CZ, village, [osm:node/394046]\n"
        "      Nominatim found it for 'Žilina under the castle'\n"
        "      Žilina, Czechia\n"
        "      to take the first: --pick zilina=1\n"
        "upper-zilina: Upper Žilina by the river may be\n"
        "   1  Žilina, SK, city, 81,219 people, [osm:node/25797]\n"
        "      Nominatim found it for 'Upper Žilina by the river'\n"
        "      Žilina, Slovakia\n"
        "      to take the first: --pick upper-zilina=1\n"
        "2 places still to be located\n"
    )
    assert not (story / "geocodes.lock.yaml").exists()


def test_an_answer_is_kept_with_its_terms(locate, story):
    """Who gave it, when, under which licence, and that the author took it."""
    with serving(answer([ZILINA_SK])) as geocoder:
        picked = ("zilina", "--pick", "zilina=1", "--date", "2026-11-22")
        run = locate("--online", "--address", geocoder.address, *picked)
    assert run.stdout == "zilina: Žilina, SK [osm:node/25797], accepted by the author\n"
    [entry] = yaml.safe_load((story / "geocodes.lock.yaml").read_text("utf-8"))
    assert (entry["provider"], entry["date"]) == ("Nominatim", "2026-11-22")
    assert entry["terms"] == {
        "attribution": "© OpenStreetMap contributors",
        "licence": "ODbL 1.0",
        "url": "https://www.openstreetmap.org/copyright",
    }


def test_what_was_answered_before_a_failure_is_kept(locate, story):
    """The network goes in the middle of a run; the next one asks only for the rest."""
    picks = ("--pick", "zilina=1", "--pick", "upper-zilina=1")
    with serving(answer([ZILINA_SK]), Reply(drop=True)) as geocoder:
        run = locate("--online", "--address", geocoder.address, *picks)
    host = geocoder.address.removeprefix("http://")
    assert run.exit_code == 1
    assert run.stderr == (
        f"Nominatim: {host} broke off its answer; asking again in 1 second\n"
        f"Nominatim: {host} broke off its answer; asking again in 3 seconds\n"
        f"Nominatim: {host} broke off its answer; asking again in 9 seconds\n"
        f"Nominatim: {host} broke off its answer\n"
        "stopped; what was answered is kept, and the same command goes on from there\n"
    )
    assert kept(story) == {"zilina": "osm:node/25797"}
    with serving(answer([ZILINA_CZ])) as geocoder:
        run = locate("--online", "--address", geocoder.address, *picks)
    assert geocoder.asked() == ["Upper Žilina by the river"]
    assert kept(story) == {"zilina": "osm:node/25797", "upper-zilina": "osm:node/394046"}


def test_services_of_the_story_are_asked_in_turn(locate, story, monkeypatch):
    """One that fails is said and passed over, once and for all places; all learn who asks."""
    monkeypatch.delenv("STORYMAP_GEONAMES_USERNAME", raising=False)
    with dead_port() as dead, serving(NOTHING) as geocoder:
        with (story / "story.yaml").open("a", encoding="utf-8") as file:
            file.write(
                "authors:\n"
                "  - {name: Jozef Novák, url: 'https://kronika.example/o-mne/žilina'}\n"
                "geocoding:\n"
                "  services:\n"
                "    - geonames\n"
                f"    - {{service: photon, address: '{dead}'}}\n"
                f"    - {{service: nominatim, address: '{geocoder.address}'}}\n"
            )
        run = locate("--online")
    host = dead.removeprefix("http://")
    assert run.exit_code == 1
    assert run.stderr == (
        "GeoNames: it wants a key; set STORYMAP_GEONAMES_USERNAME in the environment\n"
        f"Photon: nothing answers at {host}: does the service run there?\n"
        "zilina: nothing is found by Žilina under the castle; "
        "write its `location` into the gazetteer\n"
        "upper-zilina: nothing is found by Upper Žilina by the river; "
        "write its `location` into the gazetteer\n"
        "2 places still to be located\n"
    )
    assert geocoder.asked() == ["Žilina under the castle", "Upper Žilina by the river"]
    assert geocoder.questions[0][2]["User-Agent"] == (
        f"storymap-atlas/{storymap.__version__} (+https://kronika.example/o-mne/%C5%BEilina)"
    )
