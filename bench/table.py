"""Lines of a table: medians, and the limits that they have to keep."""

import math
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    value: float
    unit: str
    spread: tuple[float, float] | None = None
    most: float | None = None
    least: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the value lies beyond its limit."""
        if math.isnan(self.value):  # what it is reckoned from failed
            return True
        above = self.most is not None and self.value > self.most
        return above or (self.least is not None and self.value < self.least)

    @property
    def limit(self) -> str:
        """The limit in words; nothing where there is none."""
        if self.most is not None:
            return f"at most {self.most:g}"
        return f"at least {self.least:g}" if self.least is not None else ""

    @property
    def verdict(self) -> str:
        """Whether the limit is kept; nothing where there is none."""
        return "MISSED" if self.missed else "ok" if self.limit else ""

    def cells(self) -> list[str]:
        """Return the line of a page's table."""
        ends = dict.fromkeys(map(_figure, self.spread or ()))
        spread = " to ".join(ends) if len(ends) > 1 else ""
        what = f"… {self.what.strip()}" if self.what.startswith(" ") else self.what
        value = "" if math.isnan(self.value) else f"{_figure(self.value)} {self.unit}".rstrip()
        return [what, value, spread, self.limit, self.verdict]

    def __str__(self) -> str:
        spread = f"{self.spread[0]:.4g} to {self.spread[1]:.4g}" if self.spread else ""
        value = f"{self.value:.4g} {self.unit}"
        line = f"{self.what:<48}{value:>10}   {spread:<18}{self.limit:<14}{self.verdict}"
        return line.rstrip()


def row(what: str, samples: list[float], unit: str, **limits: float) -> Row:
    """Return the row of a median."""
    return Row(what, median(samples), unit, (min(samples), max(samples)), **limits)


def _figure(value: float) -> str:
    """Write a figure with three digits or, where it has more before its point, with those."""
    if abs(value) < 0.001:
        return f"{value:.6f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
