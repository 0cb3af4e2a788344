"""Dates in Czech."""

from storymap.dates.when import Granularity, Limit
from storymap.dates.wording import Shared, Wording

WORDING = Wording(
    undated="bez data",
    months={
        "alone": (
            *("leden", "únor", "březen", "duben", "květen", "červen"),
            *("červenec", "srpen", "září", "říjen", "listopad", "prosinec"),
        ),
        "genitive": (
            *("ledna", "února", "března", "dubna", "května", "června"),
            *("července", "srpna", "září", "října", "listopadu", "prosince"),
        ),
        "instrumental": (
            *("lednem", "únorem", "březnem", "dubnem", "květnem", "červnem"),
            *("červencem", "srpnem", "zářím", "říjnem", "listopadem", "prosincem"),
        ),
    },
    seasons={
        "alone": ("jaro", "léto", "podzim", "zima"),
        "genitive": ("jara", "léta", "podzimu", "zimy"),
        "instrumental": ("jarem", "létem", "podzimem", "zimou"),
    },
    parts={
        "alone": (
            *("první čtvrtletí", "druhé čtvrtletí", "třetí čtvrtletí", "čtvrté čtvrtletí"),
            *("první třetina roku", "druhá třetina roku", "poslední třetina roku"),
            *("první pololetí", "druhé pololetí"),
        ),
        "genitive": (
            *("prvního čtvrtletí", "druhého čtvrtletí", "třetího čtvrtletí"),
            *("čtvrtého čtvrtletí", "první třetiny roku", "druhé třetiny roku"),
            *("poslední třetiny roku", "prvního pololetí", "druhého pololetí"),
        ),
        "instrumental": (
            *("prvním čtvrtletím", "druhým čtvrtletím", "třetím čtvrtletím"),
            *("čtvrtým čtvrtletím", "první třetinou roku", "druhou třetinou roku"),
            *("poslední třetinou roku", "prvním pololetím", "druhým pololetím"),
        ),
    },
    units={
        "alone": {
            Granularity.DAY: "{day}. {month[genitive]} {year}",
            Granularity.MONTH: "{month[alone]} {year}",
            Granularity.SEASON: "{season[alone]} {year}",
            Granularity.YEAR: "{year}",
            Granularity.DECADE: "{decade}. léta {century}. století",
            Granularity.CENTURY: "{century}. století",
        },
        "genitive": {
            Granularity.MONTH: "{month[genitive]} {year}",
            Granularity.SEASON: "{season[genitive]} {year}",
            Granularity.YEAR: "roku {year}",
            Granularity.DECADE: "{decade}. let {century}. století",
        },
        "instrumental": {
            Granularity.DAY: "{day}. {month[instrumental]} {year}",
            Granularity.MONTH: "{month[instrumental]} {year}",
            Granularity.SEASON: "{season[instrumental]} {year}",
            Granularity.YEAR: "rokem {year}",
            Granularity.DECADE: "{decade}. lety {century}. století",
            Granularity.CENTURY: "{century}. stoletím",
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
    before_common_era="{} př. n. l.",
    common_era="{} n. l.",
    approximate="asi {}",
    uncertain="možná {}",
    between="mezi {:instrumental} a {:instrumental}",
    from_to="od {:genitive} do {:genitive}",
    bounded={
        (Limit.UNKNOWN, Limit.KNOWN): "před {:instrumental}",
        (Limit.OPEN, Limit.KNOWN): "do {:genitive}",
        (Limit.KNOWN, Limit.UNKNOWN): "od {:genitive}, konec neznámý",
        (Limit.KNOWN, Limit.OPEN): "od {:genitive}",
    },
    or_earlier="{} nebo dříve",
    or_later="{} nebo později",
    joints={"[": " nebo ", "{": " a "},
)
