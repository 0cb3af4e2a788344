"""What the page itself says, in the reader's language, from ordinary catalogues (gettext).

English is what stands in the code and in the templates. A language is a catalogue under `locales`;
`tools/update_catalogues.py` brings all of them up to date.
"""

import io
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

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

        return format_decimal(value, "#,##0.###", locale=language.replace("-", "_"))
    plain = f"{int(value):,}" if value == int(value) else f"{value:,}"
    return plain.replace("-", "\N{MINUS SIGN}")


def language_name(tag: str, language: str) -> str:
    """Return what a language is called in another, by their BCP 47 tags; *tag* if not known."""
    primary = tag.partition("-")[0]
    if language.partition("-")[0] == ENGLISH and primary in _IN_ENGLISH:
        return _IN_ENGLISH[primary]
    from babel import Locale  # noqa: PLC0415 - as above

    names: Mapping[str, str] = Locale.parse(language, sep="-").languages
    return names.get(primary, tag)
