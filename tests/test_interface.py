import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from storymap.interface import direction, language_name, number, texts

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted((ROOT / "storymap" / "locales").glob("*/LC_MESSAGES/storymap.po"))
FIELDS = re.compile(r"%\(\w+\)s|\{\w+\}")


def messages(file):
    """Return what a catalogue translates: each original with its translations."""
    with file.open("rb") as stream:
        return [
            ([message.id, message.id] if isinstance(message.id, str) else list(message.id), message)
            for message in read_po(stream)
            if message.id
        ]


def translations(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_every_text_is_translated_with_its_fields(file):
    """No translation is missing, and each has the fields of its original."""
    for originals, message in messages(file):
        for translation in translations(message):
            assert translation, originals
            assert sorted(FIELDS.findall(translation)) == sorted(FIELDS.findall(originals[-1]))


def test_the_catalogues_are_up_to_date(tmp_path):
    """Bringing them up to date changes nothing."""
    before = [file.read_bytes() for file in CATALOGUES]
    subprocess.run(
        [sys.executable, ROOT / "tools" / "update_catalogues.py"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    )
    assert [file.read_bytes() for file in CATALOGUES] == before


def test_a_language_without_a_catalogue_reads_english():
    """What stands in the code is English."""
    assert texts("de").gettext("Start") == texts("en-GB").gettext("Start") == "Start"
    assert texts("sk").gettext("Start") == "Začať"


def test_a_number_of_things_is_said_as_the_language_counts():
    """Slovak has one form for one, one for two to four, one for more."""
    said = [texts("sk").ngettext("%(num)s step", "%(num)s steps", n) for n in (1, 3, 25)]
    assert said == ["%(num)s krok", "%(num)s kroky", "%(num)s krokov"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((223.0, "223"), (1078, "1,078"), (0.1, "0.1"), (1234.5, "1,234.5"), (-3, "\u22123")),
        *((0, "0"), (0.00000025, "0.00000025"), (1e21, f"1{',000' * 7}")),
    ],
)
def test_numbers_are_written_with_what_they_need(value, text):
    """Whole numbers have no decimals, and thousands are set apart."""
    assert number(value, "en") == text


@pytest.mark.parametrize(("language", "text"), [("sk", "1\xa0234,5"), ("ru", "1\xa0234,5")])
def test_numbers_are_written_as_the_language_does(language, text):
    """Thousands and decimals have the signs of the locale data."""
    assert number(1234.5, language) == text
    assert number(-0.0, language) == "0"


@pytest.mark.parametrize("language", ["en", "sk", "ru"])
def test_no_language_leaves_decimals_out(language):
    """What the author counted is not rounded for some readers."""
    for value in ("1.0004", "0.00000025", "1.23456789"):
        assert number(float(value), language).replace(",", ".") == value
    assert number(1e21, language).count("000") == 7


@pytest.mark.parametrize("language", ["sk-CZ", "sk-x-old", "sk-1994"])
def test_a_variety_that_nobody_knows_is_its_language(language):
    """Not English, which stands in for languages that nobody knows."""
    assert number(1234.5, language) == "1\xa0234,5"
    assert language_name("cs", language) == "čeština"
    assert language_name("cs", "qaa-CZ") == "Czech"


def test_languages_have_their_names_in_each():
    """English names are those that the locale data have, too."""
    assert [language_name("cs-Latn", language) for language in ("en", "sk", "ky")] == [
        *("Czech", "čeština", "чехче"),
    ]
    assert language_name("ar", "en") == "Arabic"
    assert language_name("qaa-x-own", "en") == "qaa-x-own"


@pytest.mark.parametrize(
    ("language", "way"),
    [
        *(("ky", "ltr"), ("ky-Arab", "rtl"), ("tt-arab-RU", "rtl"), ("ar", "rtl"), ("he", "rtl")),
        *(("ar-Latn", "ltr"), ("sd-Deva", "ltr"), ("sl-1994", "ltr"), ("en-GB", "ltr")),
        *(("qaa", "ltr"), ("qaa-Hebr", "rtl")),
    ],
)
def test_a_language_runs_the_way_of_its_script(language, way):
    """A script that the tag names goes before that of the language."""
    assert direction(language) == way
