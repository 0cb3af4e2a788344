"""The catalogues of what the page says, brought up to date with the code and the templates.

Run it as `python tools/update_catalogues.py` after a text of the interface was changed or added;
`python tools/update_catalogues.py de` begins a catalogue for a further language. What translators
wrote is kept; a text that has none yet stays empty and is shown in English.
"""

import re
import sys
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
HEADERS = ("Language", "Plural-Forms", "Content-Type")
LOCALES = ROOT / "storymap" / "locales"
SOURCES: tuple[tuple[Path, list[tuple[str, str]], dict[str, Any]], ...] = (
    (ROOT / "templates", [("**.jinja", "jinja2")], {"**.jinja": {"silent": "false"}}),
    (ROOT / "storymap", [("**.py", "python")], {}),
)


def main(new: list[str]) -> None:
    """Update every catalogue, those of the languages *new* being made first."""
    template = extracted()
    for language in new:
        home(language).parent.mkdir(parents=True, exist_ok=True)
        write(Catalog(Locale.parse(language)), language)
    for file in sorted(LOCALES.glob("*/LC_MESSAGES/storymap.po")):
        language = file.parts[-3]
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write(catalogue, language)
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{language}: {len(catalogue)} texts, {missing} without a translation")


def extracted() -> Catalog:
    """Return every text of the interface."""
    catalogue = Catalog()
    for folder, methods, options in SOURCES:
        for _, _, text, comments, context in extract_from_dir(
            folder, methods, options, comment_tags=["Translators:"]
        ):
            catalogue.add(text, auto_comments=comments, context=context)
    return catalogue


def home(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return LOCALES / language / "LC_MESSAGES" / "storymap.po"


def write(catalogue: Catalog, language: str) -> None:
    """Write a catalogue, without dates and places in the code, which change for no reason."""
    plain = Catalog(
        Locale.parse(language),
        fuzzy=False,
        header_comment=f"# What the page says, in {Locale.parse(language).get_display_name('en')}.",
    )
    for message in sorted(catalogue, key=lambda message: str(message.id)):
        if message.id:
            plain.add(message.id, message.string, auto_comments=message.auto_comments)
    with home(language).open("wb") as stream:
        write_po(stream, plain, width=100, no_location=True)
    header, texts = home(language).read_text("utf-8").split("\n\n", 1)
    lines = [line for line in header.splitlines() if _kept(line)]
    home(language).write_text("\n".join(lines) + "\n\n" + texts, "utf-8")


def _kept(line: str) -> bool:
    """Tell whether a line of the header says something that does not change for no reason."""
    return not re.match(r'"[A-Z]', line) or bool(re.match(f'"({"|".join(HEADERS)}):', line))


if __name__ == "__main__":
    main(sys.argv[1:])
