"""Dates in Esperanto."""

from storymap.dates.when import Granularity, Limit
from storymap.dates.wording import Shared, Wording

WORDING = Wording(
    undated="sen dato",
    months={
        "alone": (
            *("januaro", "februaro", "marto", "aprilo", "majo", "junio"),
            *("julio", "aŭgusto", "septembro", "oktobro", "novembro", "decembro"),
        )
    },
    seasons={"alone": ("printempo", "somero", "aŭtuno", "vintro")},
    parts={
        "alone": (
            *("unua kvaronjaro de", "dua kvaronjaro de", "tria kvaronjaro de"),
            *("kvara kvaronjaro de", "unua triono de", "dua triono de", "lasta triono de"),
            *("unua duonjaro de", "dua duonjaro de"),
        )
    },
    units={
        "alone": {
            Granularity.DAY: "{day}-a de {month[alone]} {year}",
            Granularity.MONTH: "{month[alone]} {year}",
            Granularity.SEASON: "{season[alone]} {year}",
            Granularity.YEAR: "{year}",
            Granularity.DECADE: "{year}-aj jaroj",
            Granularity.CENTURY: "{century}-a jarcento",
        },
        "la": {
            Granularity.DAY: "la {day}-a de {month[alone]} {year}",
            Granularity.SEASON: "la {season[alone]} {year}",
            Granularity.DECADE: "la {year}-aj jaroj",
            Granularity.CENTURY: "la {century}-a jarcento",
        },
    },
    ranges={
        (Granularity.DAY, Shared.MONTH): ("{day}-a", "{day}-a de {month[alone]} {year}"),
        (Granularity.DAY, Shared.YEAR): (
            "{day}-a de {month[alone]}",
            "{day}-a de {month[alone]} {year}",
        ),
        (Granularity.MONTH, Shared.YEAR): ("{month[alone]}", "{month[alone]} {year}"),
    },
    before_common_era="{} a. K.",
    common_era="{} p. K.",
    approximate="ĉirkaŭ {:la}",
    uncertain="eble {:la}",
    between="inter {:la} kaj {:la}",
    from_to="de {:la} ĝis {:la}",
    bounded={
        (Limit.UNKNOWN, Limit.KNOWN): "antaŭ {:la}",
        (Limit.OPEN, Limit.KNOWN): "ĝis {:la}",
        (Limit.KNOWN, Limit.UNKNOWN): "ekde {:la}, fino nekonata",
        (Limit.KNOWN, Limit.OPEN): "ekde {:la}",
    },
    or_earlier="{:la} aŭ pli frue",
    or_later="{:la} aŭ pli malfrue",
    joints={"[": " aŭ ", "{": " kaj "},
)
