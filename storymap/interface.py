"""What the page itself says, in the reader's language, from ordinary catalogues (gettext).

English is what stands in the code and in the templates. A language is a catalogue under `locales`;
`tools/update_catalogues.py` brings all of them up to date.
"""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

CATALOGUES = files(__package__) / "locales"
NAME = "storymap.po"


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
