"""Facts of the story in `places/`, each as the notes on its sources have it."""

import re
from pathlib import Path

import pytest

from storymap.dates import certainly_before, parse
from storymap.model import Certainty, Precision
from storymap.reading import read_story
from storymap.scenes import label, names_at
from storymap.translation import translated, untranslated_head


@pytest.fixture(scope="module")
def read():
    return read_story(Path(__file__).parents[1] / "places")


@pytest.fixture(scope="module")
def story(read):
    assert read[0] is not None
    return read[0]


def step(story, id):
    return next(event for event in story.events if event.id == id)


def test_no_problems(read):
    """The project's own story has neither errors nor warnings."""
    assert [str(problem) for problem in read[1]] == []


def test_all_steps(story):
    """The story has the steps that it was to have, in this order."""
    assert [event.id for event in story.events] == [
        "resolution",
        "marecek",
        "newspaper",
        "founding",
        "sister-cooperatives",
        "slovak-commune",
        "reflector",
        "trains",
        "journey",
        "arrival",
        "power-station",
        "best-cooperative",
        "second-train",
        "textile-factory",
        "theatre",
        "melting-house",
        "dubcek",
        "fucik",
        "works",
        "membership",
        "twenty-percent",
        "end",
        "film",
        "street",
        "nazdar",
    ]


@pytest.mark.parametrize(
    ("id", "when"),
    [
        ("resolution", "1922"),
        ("marecek", "/1923"),
        ("newspaper", "/1923"),
        ("founding", "1923-05-01"),
        ("trains", "1925/.."),
        ("journey", "1925-03-29/1925-04-24"),
        ("arrival", "1925-04-24"),
        ("power-station", "1925"),
        ("best-cooperative", "1925"),
        ("textile-factory", "1927"),
        ("theatre", "1927"),
        ("melting-house", "1928"),
        ("fucik", "1930"),
        ("membership", "1932"),
        ("end", "1943"),
        ("film", "2008"),
    ],
)
def test_dates_are_those_of_the_sources(story, id, when):
    """A dated step carries the date of its source, no surer than it stands there."""
    assert step(story, id).when == parse(when)


@pytest.mark.parametrize(
    "id", ["sister-cooperatives", "dubcek", "works", "twenty-percent", "street"]
)
def test_undated_steps(story, id):
    """What the source does not date stays undated."""
    assert step(story, id).when is None


def test_steps_follow_time_without_flashbacks(story):
    """No dated step lies certainly before an earlier one."""
    dates = [event.when for event in story.events if event.when]
    backwards = [
        (earlier.edtf, later.edtf)
        for i, earlier in enumerate(dates)
        for later in dates[i + 1 :]
        if certainly_before(later, earlier)
    ]
    assert backwards == []


def test_every_step_cites_a_source(story):
    """No step goes without a source."""
    assert [event.id for event in story.events if not event.citations] == []


def test_every_source_is_cited(story):
    """The list of works holds nothing that no statement rests on."""
    cited = {
        citation.source
        for cites in (
            *(event.citations for event in story.events),
            *(place.citations for place in story.places),
            *(name.citations for place in story.places for name in place.names),
            *(route.citations for route in story.routes),
            *(
                (statement.citation,)
                for event in story.events
                for dispute in event.disputes
                for statement in dispute.statements
            ),
        )
        for citation in cites
    }
    assert {source.id for source in story.sources} - cited == set()


def test_steps_are_short_enough_for_a_lesson(story):
    """A step is read in half a minute: 60 to 140 words."""
    lengths = {event.id: len(event.text.split()) for event in story.events}
    assert {id: words for id, words in lengths.items() if not 60 <= words <= 140} == {}


@pytest.mark.parametrize(
    ("id", "point", "precision", "radius_km"),
    [
        ("zilina", (49.22315, 18.73941), Precision.SETTLEMENT, 3),
        ("verniy", (43.25249, 76.9115), Precision.SETTLEMENT, 10),
        ("armavir", (44.99849, 41.11472), Precision.APPROXIMATE, 40),
        ("stalingrad-guberniya", (48.71378, 44.4976), Precision.REGION, 200),
        ("yershov", (51.35595, 48.27269), Precision.SETTLEMENT, 3),
        ("intergelpo-street", (42.87, 74.552), Precision.APPROXIMATE, 1.2),
    ],
)
def test_the_six_places_of_the_brief(story, id, point, precision, radius_km):
    """Each of them is on the map and in a step, at its own precision."""
    location = story.place(id).location
    assert location.point == point
    assert location.precision is precision
    assert location.radius_m == radius_km * 1000
    assert any(id in event.places for event in story.events)


@pytest.mark.parametrize("id", ["pflug", "solidarita", "cechocentr"])
def test_three_cooperatives_are_unlocated(story, id):
    """Nobody can place these three, and the gazetteer says why."""
    location = story.place(id).location
    assert location.precision is Precision.UNLOCATED
    assert location.point is None
    assert location.reason
    assert id in step(story, "sister-cooperatives").places


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("yershov", "Ershovsk"),
        ("intergelpo-street", "Intergel'po"),
        ("verniy", "Verniy"),
        ("reflektor", "Reflector"),
        ("armavir", "Kladno Commune"),
        ("stalingrad-guberniya", "Slovak Commune"),
        ("pflug", "Pflug"),
        ("solidarita", "Solidarita"),
        ("cechocentr", "Čechocentr"),
        ("verniy", "Verny"),
    ],
)
def test_spellings_of_the_source_can_be_found(story, place, text):
    """What a reader of the source looks for is among the place's names."""
    assert text in {name.text for name in story.place(place).names}


@pytest.mark.parametrize(
    ("place", "when", "then", "today"),
    [
        ("bishkek", "1925", "Pishpek", "Bishkek"),
        ("bishkek", "1926", "Pishpek · Frunze", "Bishkek"),
        ("bishkek", "1932", "Frunze", "Bishkek"),
        ("bishkek", "2008", "Bishkek", ""),
        ("bishkek", None, "Bishkek · Pishpek · Frunze", ""),
        ("verniy", "1920", "Verniy", "Almaty"),
        ("verniy", "1925", "Alma-Ata", "Almaty"),
        ("volgograd", "1924", "Tsaritsyn", "Volgograd"),
        ("volgograd", "1932", "Stalingrad", "Volgograd"),
        ("volgograd", "2008", "Volgograd", ""),
        ("stalingrad-guberniya", "1926", "Stalingrad Guberniya", "Volgograd Oblast"),
        ("yershov", "1925", "Yershovo", "Yershov"),
        ("kyrgyzstan", "1932", "Kirghiz ASSR", "Kyrgyzstan"),
        ("intergelpo-street", "1932", "Promyshlennaya Street", "Intergel'po Street"),
        ("lviv", "1925", "Lwów", "Lviv"),
        ("taraz", "1925", "Aulie-Ata", "Taraz"),
        ("zilina", "1925", "Žilina", ""),
    ],
)
def test_toponyms_of_a_date(story, place, when, then, today):
    """The map names a place as it was called on the date, and as it is called today."""
    found = label(story.place(place), parse(when) if when else None, "en")
    assert (found.text, found.today) == (then, today)


@pytest.mark.parametrize(
    ("id", "place", "names"),
    [
        ("newspaper", "verniy", ("Verniy",)),
        ("trains", "bishkek", ("Pishpek",)),
        ("arrival", "bishkek", ("Pishpek",)),
        ("second-train", "bishkek", ("Pishpek", "Frunze")),
        ("slovak-commune", "volgograd", ("Stalingrad",)),
        ("slovak-commune", "stalingrad-guberniya", ("Stalingrad Guberniya",)),
        ("twenty-percent", "kyrgyzstan", ("Kirghiz ASSR",)),
        ("dubcek", "bishkek", ("Bishkek", "Pishpek", "Frunze")),
        ("film", "bishkek", ("Bishkek",)),
        ("street", "intergelpo-street", ("Intergel'po Street",)),
    ],
)
def test_toponyms_of_a_step(story, id, place, names):
    """A step names its place as at its own date, or at the one that it says."""
    event = step(story, id)
    assert place in event.places
    assert names_at(story.place(place), event.names_at or event.when, "en") == names


def test_the_route(story):
    """Both ends are documented, Turkestan is inferred, all before is guessed; so is each leg."""
    (route,) = story.routes
    sure = [stop.certainty for stop in route.stops]
    assert len(route.stops) == 30
    assert (route.stops[0].place, route.stops[-1].place) == ("zilina", "bishkek")
    assert sure == (
        [Certainty.DOCUMENTED]
        + [Certainty.GUESSED] * 14
        + [Certainty.INFERRED] * 14
        + [Certainty.DOCUMENTED]
    )
    assert route.legs() == (*[Certainty.GUESSED] * 15, *[Certainty.INFERRED] * 14)
    assert route.when == parse("1925-03-29/1925-04-24")


def test_the_journey_travels_the_whole_route(story):
    """One step goes from the first stop to the last."""
    passage = step(story, "journey").passage
    assert passage is not None
    assert (passage.route, passage.first, passage.last) == ("zilina-pishpek", 0, 29)


def test_the_members_of_1932(story):
    """Fourteen groups make 521 members, Czechs and Slovaks 135 of them."""
    table = step(story, "membership").table
    assert table is not None
    counts = dict(table.rows)
    assert len(table.rows) == 14
    assert sum(counts.values()) == 521
    assert counts["Czechs"] + counts["Slovaks"] == 135
    assert counts["Russians"] == max(counts.values()) == 223


@pytest.mark.parametrize(
    ("id", "sources"),
    [
        ("newspaper", {"wikipedia", "fact-sheet", "e-history"}),
        ("founding", {"wikipedia", "vaculik", "halaj", "zilina-gallery", "watson", "cambridge"}),
        ("slovak-commune", {"wikipedia", "denik"}),
        ("reflector", {"wikipedia", "ru-wikipedia", "fact-sheet"}),
        ("trains", {"wikipedia", "sk-wikipedia", "johanies", "zilina-gallery"}),
        ("arrival", {"leupold", "open-kg", "slovo-kg", "ru-wikipedia", "retradio"}),
        ("best-cooperative", {"wikipedia", "fact-sheet"}),
        ("melting-house", {"wikipedia", "open-kg", "sk-wikipedia"}),
        ("works", {"wikipedia", "johanies", "time-news"}),
        ("membership", {"wikipedia", "fact-sheet"}),
        ("twenty-percent", {"wikipedia", "sk-wikipedia", "zilina-gallery"}),
    ],
)
def test_disputes_name_their_sources(story, id, sources):
    """Where sources disagree, the step lets each of them speak."""
    speaking = {
        statement.citation.source
        for dispute in step(story, id).disputes
        for statement in dispute.statements
    }
    assert sources <= speaking


def test_general_knowledge_is_marked(story):
    """An English name whose span is uncertain says in its note what the span rests on."""
    unmarked = [
        (place.id, name.text)
        for place in story.places
        for name in place.names
        if name.language == "en" and name.when and name.when.uncertain and not name.note
    ]
    assert unmarked == []


def numbers(event):
    """Return the numbers in the texts of an event, without the marks between thousands."""
    statements = [said.says for dispute in event.disputes for said in dispute.statements]
    points = [dispute.about for dispute in event.disputes]
    text = " ".join([event.title, event.text, event.background, *points, *statements])
    return {*re.findall(r"\d+", re.sub(r"(?<=\d)[,\N{NO-BREAK SPACE}](?=\d{3})", "", text))}


@pytest.mark.parametrize("language", ["sk", "cs", "ru", "ky", "eo"])
def test_a_translation_is_whole_and_keeps_the_numbers(story, language):
    """Dates and counts are those of the original; a day or a decade may be said in words."""
    assert language in story.languages
    assert untranslated_head(story, language) == ()
    translation = translated(story, language)
    for event, original in zip(translation.events, story.events, strict=True):
        assert event.untranslated == frozenset()
        assert numbers(event) - numbers(original) <= {"1930"}  # 1929-30
        assert numbers(original) - numbers(event) <= {"1", "30", "1920", "1930"}, event.id


def test_a_translation_awaits_its_review(story):
    """Until a native speaker has read it, the page says so."""
    assert [head.reviewed for head in story.translations] == [False] * 5
