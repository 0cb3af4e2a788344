"""Dates as historians write them (EDTF, ISO 8601-2), never more certain than written."""

from storymap.dates.reading import DateError, parse
from storymap.dates.speaking import spoken, spoken_extent
from storymap.dates.when import (
    Day,
    Granularity,
    Limit,
    When,
    certainly_before,
    decimal_years,
    overlaps,
    touches,
)

__all__ = [
    "DateError",
    "Day",
    "Granularity",
    "Limit",
    "When",
    "certainly_before",
    "decimal_years",
    "overlaps",
    "parse",
    "spoken",
    "spoken_extent",
    "touches",
]
