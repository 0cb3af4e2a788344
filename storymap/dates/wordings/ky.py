"""Dates in Kyrgyz."""

from storymap.dates.when import Granularity, Limit
from storymap.dates.wording import Shared, Wording

WORDING = Wording(
    undated="датасыз",
    months={  # as the month of a year, which is how a date has them
        "alone": (
            *("январы", "февралы", "марты", "апрели", "майы", "июну"),
            *("июлу", "августу", "сентябры", "октябры", "ноябры", "декабры"),
        ),
        "dative": (
            *("январына", "февралына", "мартына", "апрелине", "майына", "июнуна"),
            *("июлуна", "августуна", "сентябрына", "октябрына", "ноябрына", "декабрына"),
        ),
        "ablative": (
            *("январынан", "февралынан", "мартынан", "апрелинен", "майынан", "июнунан"),
            *("июлунан", "августунан", "сентябрынан", "октябрынан", "ноябрынан", "декабрынан"),
        ),
    },
    seasons={
        "alone": ("жазы", "жайы", "күзү", "кышы"),
        "dative": ("жазына", "жайына", "күзүнө", "кышына"),
        "ablative": ("жазынан", "жайынан", "күзүнөн", "кышынан"),
    },
    parts={
        "alone": (
            *("биринчи чейреги", "экинчи чейреги", "үчүнчү чейреги", "төртүнчү чейреги"),
            *("биринчи үчтөн бири", "экинчи үчтөн бири", "акыркы үчтөн бири"),
            *("биринчи жарымы", "экинчи жарымы"),
        ),
        "dative": (
            *("биринчи чейрегине", "экинчи чейрегине", "үчүнчү чейрегине", "төртүнчү чейрегине"),
            *("биринчи үчтөн бирине", "экинчи үчтөн бирине", "акыркы үчтөн бирине"),
            *("биринчи жарымына", "экинчи жарымына"),
        ),
        "ablative": (
            *("биринчи чейрегинен", "экинчи чейрегинен", "үчүнчү чейрегинен"),
            *("төртүнчү чейрегинен", "биринчи үчтөн биринен", "экинчи үчтөн биринен"),
            *("акыркы үчтөн биринен", "биринчи жарымынан", "экинчи жарымынан"),
        ),
    },
    units={
        "alone": {
            Granularity.DAY: "{year}-жылдын {day}-{month[alone]}",
            Granularity.MONTH: "{year}-жылдын {month[alone]}",
            Granularity.SEASON: "{year}-жылдын {season[alone]}",
            Granularity.YEAR: "{year}-жыл",
            Granularity.DECADE: "{year}-жылдар",
            Granularity.CENTURY: "{century}-кылым",
        },
        "dative": {
            Granularity.DAY: "{year}-жылдын {day}-{month[dative]}",
            Granularity.MONTH: "{year}-жылдын {month[dative]}",
            Granularity.SEASON: "{year}-жылдын {season[dative]}",
            Granularity.YEAR: "{year}-жылга",
            Granularity.DECADE: "{year}-жылдарга",
            Granularity.CENTURY: "{century}-кылымга",
        },
        "ablative": {
            Granularity.DAY: "{year}-жылдын {day}-{month[ablative]}",
            Granularity.MONTH: "{year}-жылдын {month[ablative]}",
            Granularity.SEASON: "{year}-жылдын {season[ablative]}",
            Granularity.YEAR: "{year}-жылдан",
            Granularity.DECADE: "{year}-жылдардан",
            Granularity.CENTURY: "{century}-кылымдан",
        },
    },
    ranges={
        (Granularity.DAY, Shared.MONTH): ("{year}-жылдын {day}", "{day}-{month[alone]}"),
        (Granularity.DAY, Shared.YEAR): (
            "{year}-жылдын {day}-{month[alone]}",
            "{day}-{month[alone]}",
        ),
        (Granularity.MONTH, Shared.YEAR): ("{year}-жылдын {month[alone]}", "{month[alone]}"),
        (Granularity.YEAR, Shared.NOTHING): ("{year}", "{year}-жылдар"),
    },
    before_common_era="б. з. ч. {}",
    common_era="б. з. {}",
    approximate="болжол менен {}",
    uncertain="балким, {}",
    between="{} менен {} ортосунда",
    from_to="{:ablative} {:dative} чейин",
    bounded={
        (Limit.UNKNOWN, Limit.KNOWN): "{:dative} чейин",
        (Limit.OPEN, Limit.KNOWN): "{:dative} дейре",
        (Limit.KNOWN, Limit.UNKNOWN): "{:ablative}, аягы белгисиз",
        (Limit.KNOWN, Limit.OPEN): "{:ablative} баштап",
    },
    or_earlier="{} же андан мурун",
    or_later="{} же андан кийин",
    joints={"[": " же ", "{": " жана "},
)
