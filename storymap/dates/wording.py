"""How a language says dates: its words, and the patterns that they stand in.

Languages inflect what a phrase is about. A pattern asks for the form that it needs by name, as in
`before {:instrumental}`; the names are each language's own, but for the form in which a date stands
`alone`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from storymap.dates.when import Granularity, Limit

ALONE = "alone"


class Shared(StrEnum):
    """What both ends of a range have in common, so that it need not be said twice."""

    MONTH = "month"
    YEAR = "year"
    NOTHING = "nothing"


Units = Mapping[Granularity, str]
"""how each granularity is said: fields are `day`, `month[form]`, `season[form]`, `year`,
`decade` (within its century), `century`"""


def plain(number: int) -> str:
    """Return an ordinal that its pattern completes."""
    return str(number)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words and patterns of one language."""

    undated: str
    months: Mapping[str, Sequence[str]]
    """form -> January to December"""
    seasons: Mapping[str, Sequence[str]]
    """form -> spring, summer, autumn, winter"""
    parts: Mapping[str, Sequence[str]]
    """form -> the quarters, the thirds, the halves of a year"""
    units: Mapping[str, Units]
    """form -> patterns; what one lacks is said as when alone"""
    ranges: Mapping[tuple[Granularity, Shared], tuple[str, str]]
    """how a range begins and ends whose dates share something; without, both are said in full"""
    before_common_era: str
    common_era: str
    """a date before the year 1000"""
    approximate: str
    uncertain: str
    between: str
    """some time that no unit names"""
    from_to: str
    bounded: Mapping[tuple[Limit, Limit], str]
    """an interval of which only one end is known"""
    or_earlier: str
    or_later: str
    joints: Mapping[str, str]
    """what joins the last two dates of a set, by the bracket that opens it"""
    ordinal: Callable[[int], str] = field(default=plain)
    """a century's number"""

    def season(self, number: int) -> Mapping[str, str]:
        """Return the forms of a season, by its number in EDTF; of none where it is no season."""
        if not number:
            return dict.fromkeys(self.months, "")
        if number <= 32:
            return {form: names[(number - 21) % 4] for form, names in self.seasons.items()}
        return {form: names[number - 33] for form, names in self.parts.items()}
