"""What the page itself says, in the reader's language, from ordinary catalogues (gettext).

English is what stands in the code and in the templates. A language is a catalogue under `locales`;
`tools/update_catalogues.py` brings all of them up to date.
"""

import io
import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Any

ENGLISH = "en"
CATALOGUES = files(__package__) / "locales"
NAME = "storymap.po"

_IN_ENGLISH = {  # Babel knows all of them, and takes its time
    "cs": "Czech",
    "de": "German",
    "en": "English",
    "eo": "Esperanto",
    "hu": "Hungarian",
    "kk": "Kazakh",
    "ky": "Kyrgyz",
    "pl": "Polish",
    "ru": "Russian",
    "sk": "Slovak",
    "uk": "Ukrainian",
}


_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""scripts of today, as ISO 15924 has them"""


def N_(text: str) -> str:  # noqa: N802 - the name by which gettext's tools know it
    """Mark a text for the catalogues that is looked up elsewhere."""
    return text


@cache
def texts(language: str) -> NullTranslations:
    """Return the texts of a language, by its BCP 47 tag; English for a language without any."""
    home = CATALOGUES / language.partition("-")[0] / "LC_MESSAGES" / NAME
    if not home.is_file():
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - English does without
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    compiled = io.BytesIO()
    with home.open("rb") as catalogue:
        write_mo(compiled, read_po(catalogue))
    compiled.seek(0)
    return GNUTranslations(compiled)


def number(value: float, language: str) -> str:
    """Write a number with as many decimals as it needs, as the language sets digits apart."""
    if language.partition("-")[0] != ENGLISH:
        from babel.numbers import format_decimal  # noqa: PLC0415 - as above

        locale, exact = _locale(language), value or 0  # else it may be a negative nothing
        return str(format_decimal(exact, "#,##0.###", locale=locale, decimal_quantization=False))
    plain = f"{int(value):,}" if value == int(value) else f"{Decimal(str(value)):,f}"
    return plain.replace("-", "\N{MINUS SIGN}")


@cache
def language_name(tag: str, language: str) -> str:
    """Return what a language is called in another, by their BCP 47 tags; *tag* if not known."""
    primary = tag.partition("-")[0]
    if language.partition("-")[0] == ENGLISH and primary in _IN_ENGLISH:
        return _IN_ENGLISH[primary]
    names: Mapping[str, str] = _locale(language).languages
    return names.get(primary, tag)


def country_name(code: str, language: str) -> str:
    """Return what a country is called today, by its ISO 3166-1 code; "" for none or an unknown."""
    names: Mapping[str, str] = _locale(language).territories if code else {}
    return names.get(code, "")


@cache
def country_code(name: str) -> str:
    """Return the ISO 3166-1 code of a country of today by its English name, "" for another."""
    names: Mapping[str, str] = _locale(ENGLISH).territories
    return next((code for code, text in names.items() if text == name), "")


def direction(language: str) -> str:
    """Return which way a language is written: `ltr` or `rtl`."""
    primary, *rest = language.split("-")
    script = next((part.title() for part in rest if re.fullmatch("[A-Za-z]{4}", part)), "")
    if script or primary in _IN_ENGLISH:
        return "rtl" if script in _RIGHT_TO_LEFT else "ltr"
    return str(_locale(language).text_direction)


@cache
def _locale(language: str) -> Any:  # noqa: ANN401 - of a library that English does without
    """Return what is known of a language, or of the one that it is a variety of, or of English."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - as above

    for tag in (language, language.partition("-")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag, sep="-")
    return Locale(ENGLISH)
