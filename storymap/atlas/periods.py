"""Borders of former times, for as long as the pack's data can say where they were.

They are put together from today's provinces (`tools/make_atlas.py`), so that shifts smaller than a
province are missing. Where no recipe holds for a date, no border is drawn: none is invented.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from storymap.dates import When, parse, touches


@dataclass(frozen=True, slots=True)
class Border:
    """A state or a part of one, under one name."""

    id: str
    label: str
    when: When
    period: str
    """which lines of the atlas it has; several names in succession may share them"""


TODAY = "today"
"""the period of the lines that all maps have"""

BORDERS = tuple(
    Border(id, label, parse(when), period)
    for id, label, when, period in (
        ("czechoslovakia", "Czechoslovakia", "1918-10-28/1938-09-30", "czechoslovakia"),
        ("soviet-union", "Soviet Union", "1922-12-30/1939-09-17", "soviet-union"),
        ("kara-kirghiz-ao", "Kara-Kirghiz AO", "1924-10-14/1925-05-25", "kirghizia"),
        ("kirghiz-ao", "Kirghiz AO", "1925-05-25/1926-02-01", "kirghizia"),
        ("kirghiz-assr", "Kirghiz ASSR", "1926-02-01/1936-12-05", "kirghizia"),
        # It lasted until 1991, but not inside borders of the Soviet Union that are known here.
        ("kirghiz-ssr", "Kirghiz SSR", "1936-12-05/1939-09-17", "kirghizia"),
        ("today", "", "1993-01-01/..", TODAY),
    )
)
PERIODS = ("czechoslovakia", "soviet-union", "kirghizia")
"""in the order of the pack's ranks"""

METHOD = (
    "Borders of 1918-1939 are approximate: they are today's provinces put together. Czechoslovakia "
    "is Czechia, Slovakia and Transcarpathia. The Soviet Union is its later republics without "
    "Kaliningrad, Tuva, the Baltic states, western Belarus and western Ukraine; known errors of "
    "that are Karelia with Vyborg, Petsamo and Salla, southern Sakhalin and the Kurils, the west "
    "of the provinces Minsk and Vitebsk, Budjak, and Pechory with Pytalovo, all of which lay "
    "outside it and are drawn inside. Until 1924 Bukhara and Khorezm were states of their own; "
    "nothing shows where. Interwar Poland and the governorates are not drawn, and neither is any "
    "border from September 1939 to 1992."
)


def periods_at(borders: Iterable[Border], when: When | None) -> tuple[str, ...]:
    """Return the periods whose lines a map of *when* shows, today's without a date.

    A date that reaches from former times into ours shows those of former times.
    """
    if when is None:
        return (TODAY,)
    touched = {border.period: None for border in borders if touches(border.when, when)}
    return tuple(period for period in touched if period != TODAY or len(touched) == 1)
