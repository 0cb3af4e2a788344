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
        ("khorezm", "Khorezm PSR", "1920-04-26/1924-10-27", "khorezm"),
        ("bukhara", "Bukharan PSR", "1920-10-08/1924-10-27", "bukhara"),
        ("kara-kirghiz-ao", "Kara-Kirghiz AO", "1924-10-14/1925-05-25", "kirghizia"),
        ("kirghiz-ao", "Kirghiz AO", "1925-05-25/1926-02-01", "kirghizia"),
        ("kirghiz-assr", "Kirghiz ASSR", "1926-02-01/1936-12-05", "kirghizia"),
        # The republics lasted until 1991, but not inside borders of the Soviet Union that are
        # known here.
        ("kirghiz-ssr", "Kirghiz SSR", "1936-12-05/1939-09-17", "kirghizia"),
        ("turkmen-ssr", "Turkmen SSR", "1924-10-27/1939-09-17", "turkmenia"),
        ("kazakh-assr", "Kazakh ASSR", "1925-06-15/1936-12-05", "kazakhia"),
        ("kazakh-ssr", "Kazakh SSR", "1936-12-05/1939-09-17", "kazakhia"),
        ("tajik-ssr", "Tajik SSR", "1929-10-16/1939-09-17", "tajikia"),
        ("today", "", "1993-01-01/..", TODAY),
    )
)
STATES = ("czechoslovakia", "soviet-union")
PARTS = ("kirghizia", "turkmenia", "kazakhia", "tajikia")
"""inside the Soviet Union, those with the longest span first"""
AREAS = ("bukhara", "khorezm")
"""of which no border is known, in the order of the pack's ranks"""
LINES = (
    (TODAY,),
    *((period,) for period in STATES + PARTS),
    *((period, TODAY) for period in STATES + PARTS),
)
"""whose border a line is, in the order of the pack's ranks"""

METHOD = (
    "Borders of 1918-1939 are approximate: they are today's provinces put together. Czechoslovakia "
    "is Czechia, Slovakia and Transcarpathia. The Soviet Union is its later republics without "
    "Kaliningrad, Tuva, the Baltic states, western Belarus and western Ukraine; known errors of "
    "that are Karelia with Vyborg, Petsamo and Salla, southern Sakhalin and the Kurils, the west "
    "of the provinces Minsk and Vitebsk, Budjak, and Pechory with Pytalovo, all of which lay "
    "outside it and are drawn inside. The Central Asian republics have their outlines of today: "
    "Karakalpakia, until 1930 a part of Kazakhia and until 1936 of Russia, is not told from "
    "Uzbekia, and neither are later exchanges of districts. Turkestan, divided in 1924, is a name "
    "alone. Bukhara and Khorezm, states of their own until then, are hatched where they roughly "
    "were, without a border: the later provinces Bukhara, Kashkadarya, Surkhandarya, Lebap, "
    "Khatlon and those round Dushanbe; Khorezm and Dashoguz. The first leaves out Karmana and "
    "Nurata and has too much desert west of the Amu Darya; the second lacks the left bank below "
    "Dashoguz. Interwar Poland and the governorates are not drawn, and neither is any border from "
    "September 1939 to 1992."
)


def periods_at(borders: Iterable[Border], when: When | None) -> tuple[str, ...]:
    """Return the periods whose lines a map of *when* shows, today's without a date.

    A date that reaches from former times into ours shows those of former times.
    """
    if when is None:
        return (TODAY,)
    touched = {border.period: None for border in borders if touches(border.when, when)}
    return tuple(period for period in touched if period != TODAY or len(touched) == 1)
