"""Dates in Russian."""

from storymap.dates.when import Granularity, Limit
from storymap.dates.wording import Shared, Wording

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: int) -> str:
    """Return a century as books write it; one of geology would be a page of X."""
    if number > 100:
        return str(number)
    digits = ""
    for value, digit in _ROMAN:
        count, number = divmod(number, value)
        digits += count * digit
    return digits


WORDING = Wording(
    undated="без даты",
    months={
        "alone": (
            *("январь", "февраль", "март", "апрель", "май", "июнь"),
            *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
        ),
        "genitive": (
            *("января", "февраля", "марта", "апреля", "мая", "июня"),
            *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
        ),
        "instrumental": (
            *("январём", "февралём", "мартом", "апрелем", "маем", "июнем"),
            *("июлем", "августом", "сентябрём", "октябрём", "ноябрём", "декабрём"),
        ),
    },
    seasons={
        "alone": ("весна", "лето", "осень", "зима"),
        "genitive": ("весны", "лета", "осени", "зимы"),
        "instrumental": ("весной", "летом", "осенью", "зимой"),
        "accusative": ("весну", "лето", "осень", "зиму"),
    },
    parts={
        "alone": (
            *("первый квартал", "второй квартал", "третий квартал", "четвёртый квартал"),
            *("первая треть", "вторая треть", "последняя треть"),
            *("первая половина", "вторая половина"),
        ),
        "genitive": (
            *("первого квартала", "второго квартала", "третьего квартала", "четвёртого квартала"),
            *("первой трети", "второй трети", "последней трети"),
            *("первой половины", "второй половины"),
        ),
        "instrumental": (
            *("первым кварталом", "вторым кварталом", "третьим кварталом", "четвёртым кварталом"),
            *("первой третью", "второй третью", "последней третью"),
            *("первой половиной", "второй половиной"),
        ),
        "accusative": (
            *("первый квартал", "второй квартал", "третий квартал", "четвёртый квартал"),
            *("первую треть", "вторую треть", "последнюю треть"),
            *("первую половину", "вторую половину"),
        ),
    },
    units={
        "alone": {
            Granularity.DAY: "{day} {month[genitive]} {year}",
            Granularity.MONTH: "{month[alone]} {year}",
            Granularity.SEASON: "{season[alone]} {year} года",
            Granularity.YEAR: "{year}",
            Granularity.DECADE: "{year}-е годы",
            Granularity.CENTURY: "{century} век",
        },
        "genitive": {
            Granularity.DAY: "{day} {month[genitive]} {year} года",
            Granularity.MONTH: "{month[genitive]} {year} года",
            Granularity.SEASON: "{season[genitive]} {year} года",
            Granularity.YEAR: "{year} года",
            Granularity.DECADE: "{year}-х годов",
            Granularity.CENTURY: "{century} века",
        },
        "instrumental": {
            Granularity.DAY: "{day} {month[genitive]} {year} года",
            Granularity.MONTH: "{month[instrumental]} {year} года",
            Granularity.SEASON: "{season[instrumental]} {year} года",
            Granularity.YEAR: "{year} годом",
            Granularity.DECADE: "{year}-ми годами",
            Granularity.CENTURY: "{century} веком",
        },
        "accusative": {
            Granularity.DAY: "{day} {month[genitive]} {year} года",
            Granularity.MONTH: "{month[alone]} {year} года",
            Granularity.SEASON: "{season[accusative]} {year} года",
            Granularity.YEAR: "{year} год",
        },
    },
    ranges={
        (Granularity.DAY, Shared.MONTH): ("{day}", "{day} {month[genitive]} {year}"),
        (Granularity.DAY, Shared.YEAR): (
            "{day} {month[genitive]}",
            "{day} {month[genitive]} {year}",
        ),
        (Granularity.MONTH, Shared.YEAR): ("{month[alone]}", "{month[alone]} {year}"),
    },
    before_common_era="{} до н. э.",
    common_era="{} н. э.",
    approximate="примерно {}",
    uncertain="возможно, {}",
    between="между {:instrumental} и {:instrumental}",
    from_to="с {:genitive} по {:accusative}",
    bounded={
        (Limit.UNKNOWN, Limit.KNOWN): "до {:genitive}",
        (Limit.OPEN, Limit.KNOWN): "по {:accusative}",
        (Limit.KNOWN, Limit.UNKNOWN): "с {:genitive}, конец неизвестен",
        (Limit.KNOWN, Limit.OPEN): "с {:genitive}",
    },
    or_earlier="{} или раньше",
    or_later="{} или позже",
    joints={"[": " или ", "{": " и "},
    ordinal=_roman,
)
