"""What the names of the map are called in other languages."""

import csv
import re

import numpy as np
import pytest

from storymap import atlas, lettering, scenes
from storymap.atlas.lettering import PACK, Kind, Name
from storymap.exonyms import TABLE, exonym
from storymap.geometry import LatLon

LANGUAGES = ("sk", "cs", "ru", "ky", "eo")
CYRILLIC = re.compile(r"[\u0400-\u052f .-]+")


def name(text, kind, lon=50.0):
    return Name(text, LatLon(45.0, lon), kind, 3.0, 9.0, None, 0)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "Caspian Sea",
            Kind.SEA,
            "Kaspické more Kaspické moře Каспийское море Каспий деңизи Kaspia Maro",
        ),
        (
            "Kirghiz ASSR",
            Kind.STATE,
            "Kirgizská ASSR Kyrgyzská ASSR Киргизская АССР Кыргыз АССРи Kirgiza ASSR",
        ),
        ("Poland", Kind.STATE, "Poľsko Polsko Польша Польша Pollando"),
        ("Turkey", Kind.STATE, "Turecko Turecko Турция Түркия Turkujo"),
        ("Vienna", Kind.TOWN, "Viedeň Vídeň Вена Вена Vieno"),
        ("Danube", Kind.RIVER, "Dunaj Dunaj Дунай Дунай Danubo"),
        ("Nowhere", Kind.TOWN, "Nowhere Nowhere Nowhere Nowhere Nowhere"),
    ],
)
def test_a_name_is_told_in_each_language(text, kind, expected):
    """By the table, by CLDR for states of today, else as it is."""
    assert " ".join(exonym(name(text, kind), language) for language in LANGUAGES) == expected


def test_english_is_what_the_lettering_is_in():
    """A variety of it too."""
    assert exonym(name("Vienna", Kind.TOWN), "en-GB") == "Vienna"


@pytest.mark.parametrize(("language", "text"), [("sr", "Вена"), ("sr-Latn", "Vienna")])
def test_russian_stands_in_for_those_who_read_cyrillic(language, text):
    """The script of a tag goes before that of its language."""
    assert exonym(name("Vienna", Kind.TOWN), language) == text


def test_a_namesake_beyond_the_ocean_keeps_its_name():
    """Paris in Texas is no Paríž."""
    assert exonym(name("Paris", Kind.TOWN, lon=-95.5), "sk") == "Paris"


def test_every_row_is_of_a_name_on_the_map():
    """Once, with no space too many."""
    known = set(zip(*_known(), strict=True))
    rows = list(csv.reader(TABLE.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["kind", "en", *LANGUAGES]
    assert all(cell == cell.strip() for row in rows for cell in row)
    keys = [(kind, text) for kind, text, *_ in rows[1:]]
    assert [key for key in keys if key not in known] == []
    assert len(keys) == len(set(keys))


def _known():
    with PACK.open("rb") as stream, np.load(stream) as pack:
        texts = pack["text"].tobytes().decode().split("\n")
        return [list(Kind)[kind].value for kind in pack["kind"]], texts


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_the_map_of_the_interhelpo_story_is_in_cyrillic(interhelpo, language):
    """But for a few towns; where a language has no name of its own, Russian stands in."""
    layout = scenes.lay_out(interhelpo, "en")
    base = atlas.cover(layout.cover.frame, [scene.frame for scene in layout.scenes])
    letters = lettering.lay_out(layout, base.bounds, language)
    foreign = {each.text for each in letters.names if not CYRILLIC.fullmatch(each.text)}
    assert len(foreign) < 5
    assert all(each.kind is Kind.TOWN for each in letters.names if each.text in foreign)


def test_in_all_languages_the_same_is_named(interhelpo):
    """So that a page can change from one to the other."""
    layout = scenes.lay_out(interhelpo, "en")
    base = atlas.cover(layout.cover.frame, [scene.frame for scene in layout.scenes])
    spots = [
        [(each.at, each.kind) for each in lettering.lay_out(layout, base.bounds, language).names]
        for language in ("en", *LANGUAGES)
    ]
    assert all(each == spots[0] for each in spots)
