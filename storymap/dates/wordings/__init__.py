"""The languages whose dates are known here, each a module named by its tag."""

from functools import cache
from importlib import import_module

from storymap.dates.wording import Wording

LANGUAGES = ("en", "cs", "eo", "ky", "ru", "sk")


@cache
def wording(language: str) -> Wording:
    """Return how dates are said in a language, by its BCP 47 tag; others are said in English."""
    primary = language.partition("-")[0]
    module = import_module(f"{__name__}.{primary if primary in LANGUAGES else 'en'}")
    found: Wording = module.WORDING
    return found
