"""Dates in English."""

from storymap.dates.when import Granularity, Limit
from storymap.dates.wording import Shared, Wording


def _ordinal(number: int) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else suffix}"


WORDING = Wording(
    undated="undated",
    months={
        "alone": (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        )
    },
    seasons={"alone": ("spring", "summer", "autumn", "winter")},
    parts={
        "alone": (
            *("first quarter of", "second quarter of", "third quarter of", "last quarter of"),
            *("first third of", "second third of", "last third of"),
            *("first half of", "second half of"),
        )
    },
    units={
        "alone": {
            Granularity.DAY: "{day} {month[alone]} {year}",
            Granularity.MONTH: "{month[alone]} {year}",
            Granularity.SEASON: "{season[alone]} {year}",
            Granularity.YEAR: "{year}",
            Granularity.DECADE: "{year}s",
            Granularity.CENTURY: "{century} century",
        },
        "the": {
            Granularity.DECADE: "the {year}s",
            Granularity.CENTURY: "the {century} century",
        },
    },
    ranges={
        (Granularity.DAY, Shared.MONTH): ("{day}", "{day} {month[alone]} {year}"),
        (Granularity.DAY, Shared.YEAR): ("{day} {month[alone]}", "{day} {month[alone]} {year}"),
        (Granularity.MONTH, Shared.YEAR): ("{month[alone]}", "{month[alone]} {year}"),
    },
    before_common_era="{} BCE",
    common_era="{} CE",
    approximate="about {:the}",
    uncertain="perhaps {:the}",
    between="between {} and {}",
    from_to="from {:the} to {:the}",
    bounded={
        (Limit.UNKNOWN, Limit.KNOWN): "before {:the}",
        (Limit.OPEN, Limit.KNOWN): "until {:the}",
        (Limit.KNOWN, Limit.UNKNOWN): "from {:the}, end unknown",
        (Limit.KNOWN, Limit.OPEN): "from {:the} on",
    },
    or_earlier="{:the} or earlier",
    or_later="{:the} or later",
    joints={"[": " or ", "{": " and "},
    ordinal=_ordinal,
)
