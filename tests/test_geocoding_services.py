import dataclasses
import inspect
import re
import shutil
import socket
from itertools import pairwise
from pathlib import Path

import pytest
from fake_geocoder import (
    BROKEN,
    DROPPED,
    NOTHING,
    ZILINA_CZ,
    ZILINA_SK,
    Reply,
    answer,
    dead_port,
    feature,
    photon,
    serving,
)
from geopy.geocoders import SERVICE_TO_GEOCODER, Nominatim

import storymap
from storymap.geocoding import line, manners, services
from storymap.geocoding.candidates import Candidate, Match, Query, Unavailable, ask, query_for
from storymap.geocoding.chain import Answers, ask_in_turn
from storymap.geocoding.services import connect
from storymap.geometry import Box, LatLon
from storymap.model import Precision, Service
from storymap.reading.geocoders import GEOCODERS

ZILINA = Query("zilina", ("Žilina",))
BOTH = answer([ZILINA_SK, ZILINA_CZ])
IN_SLOVAKIA = Candidate(
    id="osm:node/25797",
    name="Žilina",
    at=LatLon(49.22315, 18.73941),
    provider="Nominatim",
    match=Match.EXACT,
    matched="Žilina",
    asked="Žilina",
    kind="city",
    country="SK",
    population=81219,
    address="Žilina, Slovakia",
)


@pytest.fixture
def no_network(monkeypatch):
    """No name of a host can be looked up: nothing leaves this machine."""

    def fail(*_, **__):
        raise socket.gaierror(socket.EAI_AGAIN, "no network")

    monkeypatch.setattr(socket, "getaddrinfo", fail)


def asking(*asked, waits=None, environment=None, language="en"):
    """Return the providers of services given as (name, address) or name."""
    listed = [Service(*(each if isinstance(each, tuple) else (each,))) for each in asked]
    return connect(
        listed,
        environment or {},
        user_agent="storymap/1",
        language=language,
        wait=lambda seconds, why: waits is not None and waits.append((seconds, why)),
    )


def ask_one(name, geocoder, query=ZILINA, **options):
    [provider] = asking((name, geocoder.address), **options)
    return ask(provider, query)


# --- what is asked, and what comes back ---------------------------------------------------------


def test_nominatim_is_told_all_that_is_known():
    """Country, surroundings and language go with the name; who asks stands in the user agent."""
    query = Query("zilina", ("Žilina",), country="SK", near=LatLon(49, 18))
    with serving(BOTH) as geocoder:
        found = ask_one("nominatim", geocoder, query, language="sk")
    [(path, parameters, headers, _)] = geocoder.questions
    assert found == (IN_SLOVAKIA,)
    assert path == "/search"
    assert headers["User-Agent"] == "storymap/1"
    assert {
        key: parameters[key] for key in ("q", "countrycodes", "viewbox", "accept-language")
    } == {
        "q": "Žilina",
        "countrycodes": "sk",
        "viewbox": "17.0,48.0,19.0,50.0",
        "accept-language": "sk,en",
    }


def test_namesakes_are_all_told():
    """Two places of one name are two candidates, in the service's order."""
    with serving(BOTH) as geocoder:
        found = ask_one("nominatim", geocoder)
    assert [(each.kind, each.country, each.population) for each in found] == [
        ("city", "SK", 81219),
        ("village", "CZ", None),
    ]


@pytest.mark.parametrize(
    ("asked", "match", "matched"),
    [
        ("Žilina", Match.EXACT, "Žilina"),
        ("Solna", Match.ALTERNATE, "Solna"),
        ("zhilina", Match.NEAR, "Žilina"),
        ("Sollein", Match.FOUND, "Žilina"),
    ],
)
def test_an_answer_says_how_it_fits(asked, match, matched):
    """Other names of the answer count, those that OpenStreetMap joins with a semicolon as well."""
    with serving(answer([ZILINA_SK])) as geocoder:
        [found] = ask_one("nominatim", geocoder, Query("zilina", (asked,)))
    assert (found.match, found.matched) == (match, matched)


def test_a_region_has_a_box():
    """What is no settlement is told with its extent."""
    region = ZILINA_SK | {"addresstype": "state"}
    with serving(answer([region])) as geocoder:
        [found] = ask_one("nominatim", geocoder)
    assert (found.precision, found.box) == (Precision.REGION, Box(18.58, 49.06, 18.9, 49.38))


def test_a_place_is_asked_for_with_hints_and_without():
    """Words of the author's narrow the question; where they find nothing the name goes alone."""
    query = Query("armavir", ("Armavir",), hints=("Krasnodar Krai", "Russia"))
    with serving(NOTHING) as geocoder:
        assert ask_one("nominatim", geocoder, query) == ()
    assert geocoder.asked() == ["Armavir, Krasnodar Krai, Russia", "Armavir"]


def test_names_of_all_times_are_asked():
    """A former name that the service does not know leaves the others to be asked."""
    query = Query("zilina", ("Sillein", "Zsolna", "Žilina"))
    with serving(NOTHING, NOTHING, answer([ZILINA_SK])) as geocoder:
        [found] = ask_one("nominatim", geocoder, query)
    assert geocoder.asked() == ["Sillein", "Zsolna", "Žilina"]
    assert found == IN_SLOVAKIA


def test_lasting_names_are_asked_first(interhelpo):
    """Services know places as they are called today, and half of the world's old streets alike."""
    street = query_for(interhelpo.place("intergelpo-street"))
    assert street.names[:2] == ("Intergel'po Street", "улица Интергельпо")
    assert set(street.names[-2:]) == {"Promyshlennaya Street", "улица Промышленная"}


def test_photon_is_read():
    """Its answers are OpenStreetMap's too, so they bear the same ids; other countries drop out."""
    almaty = {"osm_type": "R", "osm_id": 2, "name": "Almaty", "countrycode": "KZ"}
    verny = {
        "osm_type": "N",
        "osm_id": 5,
        "name": "Verny",
        "countrycode": "FR",
        "country": "France",
    }
    replies = photon(
        feature(76.9, 43.25, **almaty, osm_key="place", osm_value="city", country="Kazakhstan"),
        feature(6.2, 49.0, **verny, osm_key="place", osm_value="village"),
    )
    query = Query("verniy", ("Verny",), country="KZ", near=LatLon(43, 77))
    with serving(answer(replies)) as geocoder:
        found = ask_one("photon", geocoder, query, language="ky")
    [(path, parameters, _, _)] = geocoder.questions
    assert found == (
        Candidate(
            id="osm:relation/2",
            name="Almaty",
            at=LatLon(43.25, 76.9),
            provider="Photon",
            match=Match.FOUND,
            matched="Almaty",
            asked="Verny",
            kind="city",
            country="KZ",
            address="Almaty, Kazakhstan",
        ),
    )
    assert (path, parameters) == (
        "/api",
        {"q": "Verny", "limit": "10", "lang": "en", "lat": "43.0", "lon": "77.0"},
    )


def test_geonames_is_read():
    """It is asked with the user's name from the environment, and gives GeoNames' numbers."""
    bishkek = {
        "geonameId": 1528675,
        "name": "Bishkek",
        "toponymName": "Bishkek",
        "lat": "42.87",
        "lng": "74.59",
        "countryCode": "KG",
        "countryName": "Kyrgyzstan",
        "population": 900000,
        "fcodeName": "capital of a political entity",
    }
    with serving(answer({"totalResultsCount": 1, "geonames": [bishkek]})) as geocoder:
        [found] = ask_one(
            "geonames",
            geocoder,
            Query("bishkek", ("Bishkek",), country="KG"),
            environment={"STORYMAP_GEONAMES_USERNAME": "historian"},
        )
    [(path, parameters, _, _)] = geocoder.questions
    assert (path, parameters) == (
        "/searchJSON",
        {"q": "Bishkek", "username": "historian", "country": "KG"},
    )
    assert (found.id, found.at, found.kind, found.population) == (
        "geonames:1528675",
        LatLon(42.87, 74.59),
        "capital of a political entity",
        900000,
    )


def test_pelias_is_read():
    """Its numbers tell which gazetteer of its own an answer is from."""
    verny = {"gid": "whosonfirst:locality:1", "name": "Verny", "layer": "locality"}
    with serving(answer(photon(feature(6.2, 49.0, **verny)))) as geocoder:
        [found] = ask_one("pelias", geocoder, Query("verny", ("Verny",), country="FR"))
    [(path, parameters, _, _)] = geocoder.questions
    assert (path, parameters["text"], parameters["boundary.country"]) == (
        "/v1/search",
        "Verny",
        "FR",
    )
    assert (found.id, found.kind, found.at) == (
        "whosonfirst:locality:1",
        "locality",
        LatLon(49.0, 6.2),
    )


def test_arcgis_is_told_that_its_answers_are_kept():
    """Esri asks for that, and for an account at its own address."""
    osh = {"address": "Osh", "location": {"x": 72.8, "y": 40.5}, "attributes": {"Type": "City"}}
    with serving(answer({"candidates": [osh]})) as geocoder:
        [found] = ask_one("arcgis", geocoder, Query("osh", ("Osh",)))
    [(_, parameters, _, _)] = geocoder.questions
    assert parameters["forStorage"] == "true"
    assert (found.id, found.name, found.kind) == ("arcgis:40.50000,72.80000", "Osh", "city")


def test_any_geocoder_of_geopy_can_be_asked():
    """Of one that we do not know, name and position are told, and a warning goes with its terms."""
    osh = {"position": {"lat": 40.5, "lon": 72.8}, "address": {"freeformAddress": "Osh, KG"}}
    with serving(answer({"results": [osh]})) as geocoder:
        [provider] = asking(
            ("tomtom", geocoder.address), environment={"STORYMAP_TOMTOM_API_KEY": "k"}
        )
        [found] = ask(provider, Query("osh", ("Osh",)))
    assert (found.id, found.name, found.at) == (
        "tomtom:40.50000,72.80000",
        "Osh",
        LatLon(40.5, 72.8),
    )
    assert provider.terms.caution == (
        "TomTom may not allow its answers to be kept: read its terms before you accept one"
    )


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("name", GEOCODERS)
def test_every_geocoder_of_geopy_is_made_and_asked(name):
    """With keys from the environment alone, and as far as one comes without a network."""
    geocoder = SERVICE_TO_GEOCODER[name]
    parameters = inspect.signature(geocoder.__init__).parameters
    needed = [key for key, each in parameters.items() if each.default is each.empty]
    keys = {
        f"STORYMAP_{name}_{key}".upper(): "https://key"
        for key in (*needed, *manners.manner_of(name, geocoder).needs)
    }
    address = "https://geocoder.example" if name == "pelias" else ""
    [provider] = asking((name, address), environment=keys)
    with pytest.raises(Unavailable) as raised:
        provider.search(Query("tbilisi", ("filled.count.soap",)), "filled.count.soap")
    title = geocoder.__name__
    assert re.fullmatch(rf"{title}: \S+ cannot be found: is there a network\?", str(raised.value))


def test_the_names_are_those_of_geopy():
    """A story may name every geocoder that geopy has, and no other."""
    assert set(GEOCODERS) == set(SERVICE_TO_GEOCODER)


def test_a_story_names_its_services(tmp_path):
    """In the order of asking; a name may be in capitals, an address one's own."""
    story = shutil.copytree(Path(__file__).parent / "stories" / "good" / "minimal", tmp_path / "s")
    with (story / "story.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "geocoding:\n"
            "  services:\n"
            "    - GeoNames\n"
            "    - {service: photon, address: 'http://127.0.0.1:2322'}\n"
        )
    assert storymap.load(story).model.services == (
        Service("geonames"),
        Service("photon", "http://127.0.0.1:2322"),
    )


# --- keys and addresses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "message"),
    [
        (
            "geonames",
            "GeoNames: it wants a key; set STORYMAP_GEONAMES_USERNAME in the environment",
        ),
        (
            "liveaddress",
            (
                "LiveAddress: it wants a key; set STORYMAP_LIVEADDRESS_AUTH_ID and "
                "STORYMAP_LIVEADDRESS_AUTH_TOKEN in the environment"
            ),
        ),
        (
            "arcgis",
            (
                "ArcGIS: it wants a key; set STORYMAP_ARCGIS_USERNAME and "
                "STORYMAP_ARCGIS_PASSWORD and STORYMAP_ARCGIS_REFERER in the environment"
            ),
        ),
        (("baidu", "https://geocoder.example"), "Baidu: it has no address but its provider's"),
        ("pelias", "Pelias: it has no address but your own; say which"),
    ],
)
@pytest.mark.usefixtures("no_network")
def test_what_a_service_lacks_is_said(service, message):
    """Before anything is asked, with the names of the variables."""
    environment = {"STORYMAP_BAIDU_API_KEY": "k"}
    with pytest.raises(Unavailable, match=f"^{re.escape(message)}$"):
        ask_in_turn(asking(service, environment=environment), ZILINA)


def test_a_server_of_ones_own_needs_no_proxy(monkeypatch):
    """Loopback is this machine, whatever the environment says of proxies."""
    with dead_port() as proxy, serving(BOTH) as geocoder:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert len(ask_one("nominatim", geocoder)) == 2


def test_an_address_may_have_a_path():
    """A service need not have a host for itself."""
    with serving(BOTH) as geocoder:
        [provider] = asking(("nominatim", f"{geocoder.address}/nominatim/"))
        ask(provider, ZILINA)
    assert geocoder.questions[0][0] == "/nominatim/search"


# --- pace ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "pause_s"),
    [
        ("", 1),
        ("https://Nominatim.OpenStreetMap.org:443/", 1),
        ("https://nominatim.example", 0),
    ],
)
def test_the_public_nominatim_is_asked_once_a_second(monkeypatch, address, pause_s):
    """So its policy has it, also for whoever writes its address; a server of one's own is free."""
    pauses = []
    monkeypatch.setattr(services, "Line", lambda *_, pause_s, wait: pauses.append(pause_s))  # noqa: ARG005 - as Line has it
    [provider] = asking(("nominatim", address))
    assert (pauses, provider.thrifty) == ([pause_s], pause_s > 0)


@pytest.fixture
def public(monkeypatch):
    """Count the server on loopback as public, with a policy of ten questions a second."""
    brisk = dataclasses.replace(manners.manner_of("nominatim", Nominatim), pause_s=0.1)
    monkeypatch.setattr(services, "manner_of", lambda *_: brisk)
    monkeypatch.setattr(services, "_is_own", lambda *_: False)


@pytest.mark.usefixtures("public")
def test_questions_keep_their_distance():
    """A service whose provider wants pauses gets them between all questions."""
    with serving(NOTHING) as geocoder:
        ask_one("nominatim", geocoder, Query("zilina", ("Sillein", "Zsolna", "Žilina")))
    times = [when for _, _, _, when in geocoder.questions]
    assert all(later - earlier >= 0.09 for earlier, later in pairwise(times))


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(("country", "asked"), [("SK", ["Zsolna"]), ("", ["Zsolna", "Žilina"])])
def test_a_public_service_is_asked_no_more_than_needed(country, asked):
    """One answered name is enough where the country is known; else it may be a namesake's."""
    with serving(answer([ZILINA_SK])) as geocoder:
        ask_one("nominatim", geocoder, Query("zilina", ("Zsolna", "Žilina"), country))
    assert geocoder.asked() == asked


# --- failures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "message", "waits"),
    [
        (DROPPED, "{} broke off its answer", [1, 3, 9]),
        (
            Reply(BOTH.body, headers={"Content-Length": "9999"}),
            "{} broke off its answer",
            [1, 3, 9],
        ),
        (Reply(status=500), "{} is out of order (error 500)", [1, 3, 9]),
        (Reply(status=502), "{} is out of order (error 502)", [1, 3, 9]),
        (
            Reply(status=503, headers={"Retry-After": "7"}),
            "{} is out of order (error 503); try again in 7 seconds",
            [7, 7, 7],
        ),
        (
            Reply(status=429),
            "{} has had too many questions from you",
            [1, 3, 9],
        ),
        (
            Reply(status=429, headers={"Retry-After": "7"}),
            "{} has had too many questions from you; try again in 7 seconds",
            [7, 7, 7],
        ),
        (
            Reply(status=429, headers={"Retry-After": "600"}),
            "{} has had too many questions from you; try again in 10 minutes",
            [],
        ),
        (
            Reply(status=429, headers={"Retry-After": "86400"}),
            "{} has had too many questions from you; try again in 24 hours",
            [],
        ),
        (Reply(status=401), "{} does not accept your key", []),
        (Reply(status=403), "{} refuses to answer you (error 403)", []),
        (Reply(status=404), "{} answers with error 404: is its address right?", []),
        (Reply(status=400), "{} does not understand the question (error 400)", []),
        (BROKEN, "{} answers in a form that is not Nominatim's: is its address right?", []),
        (
            Reply(b"<!doctype html>"),
            "{} answers in a form that is not Nominatim's: is its address right?",
            [],
        ),
        (
            answer([{"lat": "1", "lon": "2", "display_name": "half an answer"}]),
            "{} answers in a form that is not Nominatim's: is its address right?",
            [],
        ),
        (answer({"error": "the disk is full"}), "{} says 'the disk is full'", []),
    ],
    ids=lambda value: None if isinstance(value, str | list) else f"{value.status}",
)
def test_a_failure_is_put_into_words(reply, message, waits):
    """What passes is asked again after a while, or when the service says; the rest is not."""
    waited = []
    with serving(reply) as geocoder:
        expected = f"Nominatim: {message.format(geocoder.address.removeprefix('http://'))}"
        with pytest.raises(Unavailable, match=f"^{re.escape(expected)}$"):
            ask_one("nominatim", geocoder, waits=waited)
    assert waited == [(seconds, expected.partition(";")[0]) for seconds in waits]
    assert len(geocoder.questions) == 1 + len(waits)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (10, "{} does not accept your key"),
        (19, "you have asked {} all that it answers you for now"),
        (14, "{} says 'invalid parameter'"),
    ],
)
def test_geonames_says_in_its_answer_what_failed(value, message):
    """Its errors come as answers like any other."""
    reply = answer({"status": {"message": "invalid parameter", "value": value}})
    with serving(reply) as geocoder:
        host = geocoder.address.removeprefix("http://")
        with pytest.raises(Unavailable, match=f"^GeoNames: {re.escape(message.format(host))}$"):
            ask_one("geonames", geocoder, environment={"STORYMAP_GEONAMES_USERNAME": "historian"})


def test_a_slow_service_is_given_up(monkeypatch):
    """It has so many seconds for an answer, four times."""
    monkeypatch.setattr(line, "TIMEOUT_S", 0.05)
    with serving(Reply(after_s=0.1)) as geocoder:
        host = geocoder.address.removeprefix("http://")
        expected = f"Nominatim: no answer from {host} within 0.05 seconds"
        with pytest.raises(Unavailable, match=f"^{re.escape(expected)}$"):
            ask_one("nominatim", geocoder)
    assert len(geocoder.questions) == 4


def test_a_dead_port_is_asked_once():
    """Nobody runs there, and waiting will not change that."""
    waited = []
    with dead_port() as address:
        host = address.removeprefix("http://")
        expected = f"Nominatim: nothing answers at {host}: does the service run there?"
        with pytest.raises(Unavailable, match=f"^{re.escape(expected)}$"):
            ask_in_turn(asking(("nominatim", address), waits=waited), ZILINA)
    assert waited == []


def test_trouble_passes():
    """After a dropped connection, an error and too many requests, the answer counts."""
    waited = []
    busy = Reply(status=429, headers={"Retry-After": "2"})
    with serving(DROPPED, Reply(status=500), busy, BOTH) as geocoder:
        found = ask_one("nominatim", geocoder, waits=waited)
    host = geocoder.address.removeprefix("http://")
    assert len(found) == 2
    assert waited == [
        (1, f"Nominatim: {host} broke off its answer"),
        (3, f"Nominatim: {host} is out of order (error 500)"),
        (2, f"Nominatim: {host} has had too many questions from you"),
    ]


def test_a_date_to_come_back_is_understood():
    """Retry-After may be a date; one that is past means at once."""
    waited = []
    busy = Reply(status=503, headers={"Retry-After": "Wed, 01 May 2024 00:00:00 GMT"})
    with serving(busy, BOTH) as geocoder:
        assert len(ask_one("nominatim", geocoder, waits=waited)) == 2
    assert [seconds for seconds, _ in waited] == [1]


def test_a_failed_service_is_left_alone():
    """It is not asked again; but a question that it does not understand is no failure of it."""
    with serving(Reply(status=400), Reply(status=403)) as geocoder:
        [provider] = asking(("nominatim", geocoder.address))
        for _ in range(4):
            with pytest.raises(Unavailable):
                ask(provider, ZILINA)
    assert len(geocoder.questions) == 2


# --- the chain ----------------------------------------------------------------------------------


def test_the_next_service_is_asked():
    """One that fails or knows nothing is passed over; what failed is told beside the answer."""
    with serving(Reply(status=403)) as shut, serving(NOTHING) as dull, serving(BOTH) as last:
        answers = ask_in_turn(
            asking(*(("nominatim", each.address) for each in (shut, dull, last)), "geonames"),
            ZILINA,
        )
    host = shut.address.removeprefix("http://")
    assert answers.failures == (f"Nominatim: {host} refuses to answer you (error 403)",)
    assert [each.country for each in answers.candidates] == ["SK", "CZ"]


def test_nobody_knows_the_place():
    """That is an answer, as long as one of them gave it."""
    with serving(NOTHING) as dull:
        answers = ask_in_turn(asking(("nominatim", dull.address), "geonames"), ZILINA)
    assert answers == Answers(
        (), ("GeoNames: it wants a key; set STORYMAP_GEONAMES_USERNAME in the environment",)
    )


def test_a_question_that_is_not_understood_holds_up_no_others():
    """It is told like a failure, and the place counts as one that nobody knows."""
    with serving(Reply(status=400)) as geocoder:
        answers = ask_in_turn(asking(("nominatim", geocoder.address)), ZILINA)
    host = geocoder.address.removeprefix("http://")
    assert answers == Answers(
        (), (f"Nominatim: {host} does not understand the question (error 400)",)
    )


def test_nobody_answers():
    """Then every service says why, in its turn."""
    with dead_port() as address:
        host = address.removeprefix("http://")
        expected = (
            f"Nominatim: nothing answers at {host}: does the service run there?\n"
            "GeoNames: it wants a key; set STORYMAP_GEONAMES_USERNAME in the environment"
        )
        with pytest.raises(Unavailable, match=f"^{re.escape(expected)}$"):
            ask_in_turn(asking(("nominatim", address), "geonames"), ZILINA)
