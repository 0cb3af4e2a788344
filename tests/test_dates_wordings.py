from string import Formatter

import pytest
from babel import Locale

from storymap.dates import Granularity, parse, spoken
from storymap.dates.wordings import LANGUAGES, wording

SPOKEN = {
    "1923-05-01": (
        *("1. mája 1923", "1. května 1923", "1 мая 1923"),
        *("1923-жылдын 1-майы", "1-a de majo 1923"),
    ),
    "1923-05": ("máj 1923", "květen 1923", "май 1923", "1923-жылдын майы", "majo 1923"),
    "1927~": ("asi 1927", "asi 1927", "примерно 1927", "болжол менен 1927-жыл", "ĉirkaŭ 1927"),
    "1927?": ("možno 1927", "možná 1927", "возможно, 1927", "балким, 1927-жыл", "eble 1927"),
    "/1923": (
        "pred rokom 1923",
        "před rokem 1923",
        "до 1923 года",
        "1923-жылга чейин",
        "antaŭ 1923",
    ),
    "/1923-05-01": (
        *("pred 1. májom 1923", "před 1. květnem 1923", "до 1 мая 1923 года"),
        *("1923-жылдын 1-майына чейин", "antaŭ la 1-a de majo 1923"),
    ),
    "../1923": ("do roku 1923", "do roku 1923", "по 1923 год", "1923-жылга дейре", "ĝis 1923"),
    "1925/..": (
        *("od roku 1925", "od roku 1925", "с 1925 года"),
        *("1925-жылдан баштап", "ekde 1925"),
    ),
    "1925/": (
        *("od roku 1925, koniec neznámy", "od roku 1925, konec neznámý"),
        *(
            "с 1925 года, конец неизвестен",
            "1925-жылдан, аягы белгисиз",
            "ekde 1925, fino nekonata",
        ),
    ),
    "1925-03-29/1925-04-24": (
        *("29. marca \u2013 24. apríla 1925", "29. března \u2013 24. dubna 1925"),
        *("29 марта \u2013 24 апреля 1925", "1925-жылдын 29-марты \u2013 24-апрели"),
        "29-a de marto \u2013 24-a de aprilo 1925",
    ),
    "1925-04-05/1925-04-24": (
        *("5.\u201324. apríla 1925", "5.\u201324. dubna 1925", "5\u201324 апреля 1925"),
        *("1925-жылдын 5\u201324-апрели", "5-a\u201324-a de aprilo 1925"),
    ),
    "1927/1939": (*(3 * ["1927\u20131939"]), "1927\u20131939-жылдар", "1927\u20131939"),
    "1927/1939-05": (
        *("1927 \u2013 máj 1939", "1927 \u2013 květen 1939", "1927 \u2013 май 1939"),
        *("1927-жыл \u2013 1939-жылдын майы", "1927 \u2013 majo 1939"),
    ),
    "1927~/1939": (
        *("od asi roku 1927 do roku 1939", "od asi roku 1927 do roku 1939"),
        *("с примерно 1927 года по 1939 год", "болжол менен 1927-жылдан 1939-жылга чейин"),
        "de ĉirkaŭ 1927 ĝis 1939",
    ),
    "192X": (
        *("20. roky 20. storočia", "20. léta 20. století", "1920-е годы"),
        *("1920-жылдар", "1920-aj jaroj"),
    ),
    "19XX": ("20. storočie", "20. století", "XX век", "20-кылым", "20-a jarcento"),
    "1925-21": (
        *("jar 1925", "jaro 1925", "весна 1925 года"),
        *("1925-жылдын жазы", "printempo 1925"),
    ),
    "[1923,1924]": (
        *("1923 alebo 1924", "1923 nebo 1924", "1923 или 1924"),
        *("1923-жыл же 1924-жыл", "1923 aŭ 1924"),
    ),
    "-0049/-0043": (
        *("50\u201344 pred n. l.", "50\u201344 př. n. l.", "50\u201344 до н. э."),
        *("б. з. ч. 50\u201344-жылдар", "50\u201344 a. K."),
    ),
}
"""EDTF -> how Slovak, Czech, Russian, Kyrgyz and Esperanto say it"""


@pytest.mark.parametrize("text", SPOKEN)
def test_dates_are_said_in_each_language(text):
    """Each language inflects and orders dates in its own way."""
    said = tuple(spoken(parse(text), language) for language in ("sk", "cs", "ru", "ky", "eo"))
    assert said == SPOKEN[text]


@pytest.mark.parametrize("language", ["cs", "ru", "sk"])
@pytest.mark.parametrize(("form", "width"), [("alone", "stand-alone"), ("genitive", "format")])
def test_months_are_those_of_the_cldr(language, form, width):
    """Alone and after a day, months have the names that Unicode's locale data give."""
    names = Locale(language).months[width]["wide"]
    assert wording(language).months[form] == tuple(names[month] for month in range(1, 13))


def test_months_of_esperanto_are_those_of_the_cldr():
    """It has one form of each, small as in running text."""
    names = Locale("eo").months["format"]["wide"]
    assert wording("eo").months["alone"] == tuple(names[month].lower() for month in range(1, 13))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_that_a_pattern_asks_for_exists(language):
    """No date can meet a phrase that asks for a form without words."""
    words = wording(language)
    patterns = [words.approximate, words.uncertain, words.between, words.from_to]
    patterns += [words.or_earlier, words.or_later, *words.bounded.values()]
    forms = {form for each in patterns for _, _, form, _ in Formatter().parse(each) if form}
    assert forms <= set(words.units)
    assert set(words.units["alone"]) >= set(Granularity) - {Granularity.SET}
    assert {len(names) for names in words.months.values()} == {12}
    assert {len(names) for names in words.seasons.values()} == {4}
    assert {len(names) for names in words.parts.values()} == {9}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("season", range(21, 42))
def test_every_part_of_a_year_has_its_words(language, season):
    """Seasons, quarters, thirds and halves are said, alone and within a phrase."""
    for text in (f"1925-{season}", f"/1925-{season}", f"1925-{season}/.."):
        assert "1925" in spoken(parse(text), language)
