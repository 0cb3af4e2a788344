"""Dates in Slovak."""

from storymap.dates.when import Granularity, Limit
from storymap.dates.wording import Shared, Wording

WORDING = Wording(
    undated="bez dátumu",
    months={
        "alone": (
            *("január", "február", "marec", "apríl", "máj", "jún"),
            *("júl", "august", "september", "október", "november", "december"),
        ),
        "genitive": (
            *("januára", "februára", "marca", "apríla", "mája", "júna"),
            *("júla", "augusta", "septembra", "októbra", "novembra", "decembra"),
        ),
        "instrumental": (
            *("januárom", "februárom", "marcom", "aprílom", "májom", "júnom"),
            *("júlom", "augustom", "septembrom", "októbrom", "novembrom", "decembrom"),
        ),
    },
    seasons={
        "alone": ("jar", "leto", "jeseň", "zima"),
        "genitive": ("jari", "leta", "jesene", "zimy"),
        "instrumental": ("jarou", "letom", "jeseňou", "zimou"),
    },
    parts={
        "alone": (
            *("prvý štvrťrok", "druhý štvrťrok", "tretí štvrťrok", "štvrtý štvrťrok"),
            *("prvá tretina roku", "druhá tretina roku", "posledná tretina roku"),
            *("prvý polrok", "druhý polrok"),
        ),
        "genitive": (
            *("prvého štvrťroka", "druhého štvrťroka", "tretieho štvrťroka"),
            *("štvrtého štvrťroka", "prvej tretiny roku", "druhej tretiny roku"),
            *("poslednej tretiny roku", "prvého polroka", "druhého polroka"),
        ),
        "instrumental": (
            *("prvým štvrťrokom", "druhým štvrťrokom", "tretím štvrťrokom"),
            *("štvrtým štvrťrokom", "prvou tretinou roku", "druhou tretinou roku"),
            *("poslednou tretinou roku", "prvým polrokom", "druhým polrokom"),
        ),
    },
    units={
        "alone": {
            Granularity.DAY: "{day}. {month[genitive]} {year}",
            Granularity.MONTH: "{month[alone]} {year}",
            Granularity.SEASON: "{season[alone]} {year}",
            Granularity.YEAR: "{year}",
            Granularity.DECADE: "{decade}. roky {century}. storočia",
            Granularity.CENTURY: "{century}. storočie",
        },
        "genitive": {
            Granularity.MONTH: "{month[genitive]} {year}",
            Granularity.SEASON: "{season[genitive]} {year}",
            Granularity.YEAR: "roku {year}",
            Granularity.DECADE: "{decade}. rokov {century}. storočia",
            Granularity.CENTURY: "{century}. storočia",
        },
        "instrumental": {
            Granularity.DAY: "{day}. {month[instrumental]} {year}",
            Granularity.MONTH: "{month[instrumental]} {year}",
            Granularity.SEASON: "{season[instrumental]} {year}",
            Granularity.YEAR: "rokom {year}",
            Granularity.DECADE: "{decade}. rokmi {century}. storočia",
            Granularity.CENTURY: "{century}. storočím",
        },
    },
    ranges={
        (Granularity.DAY, Shared.MONTH): ("{day}.", "{day}. {month[genitive]} {year}"),
        (Granularity.DAY, Shared.YEAR): (
            "{day}. {month[genitive]}",
            "{day}. {month[genitive]} {year}",
        ),
        (Granularity.MONTH, Shared.YEAR): ("{month[alone]}", "{month[alone]} {year}"),
    },
    before_common_era="{} pred n. l.",
    common_era="{} n. l.",
    approximate="asi {}",
    uncertain="možno {}",
    between="medzi {:instrumental} a {:instrumental}",
    from_to="od {:genitive} do {:genitive}",
    bounded={
        (Limit.UNKNOWN, Limit.KNOWN): "pred {:instrumental}",
        (Limit.OPEN, Limit.KNOWN): "do {:genitive}",
        (Limit.KNOWN, Limit.UNKNOWN): "od {:genitive}, koniec neznámy",
        (Limit.KNOWN, Limit.OPEN): "od {:genitive}",
    },
    or_earlier="{} alebo skôr",
    or_later="{} alebo neskôr",
    joints={"[": " alebo ", "{": " a "},
)
