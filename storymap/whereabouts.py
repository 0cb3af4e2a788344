"""Where a place is, in words, no more exactly than anybody knows it."""

import math

from storymap import interface
from storymap.interface import N_
from storymap.model import Location, Precision

TYPICAL_ERROR_M = {Precision.EXACT: 20.0, Precision.SETTLEMENT: 2_000.0}
"""how far off a position may be where its radius is not stated"""
METRES_PER_DEGREE = 111_320.0
KILOMETRE = 1000

NORTH, SOUTH = N_("%(degrees)s° N"), N_("%(degrees)s° S")
EAST, WEST = N_("%(degrees)s° E"), N_("%(degrees)s° W")


def precision(location: Location, language: str) -> str:
    """Return how well a place is located."""
    _ = interface.texts(language).gettext
    radius = distance(float(f"{location.radius_m:.3g}"), language) if location.radius_m else ""
    match location.precision, bool(radius):
        case Precision.EXACT, _:
            text = _("A point")
        case Precision.SETTLEMENT, _:
            text = _("A settlement, shown by a point in it")
        case Precision.APPROXIMATE, True:
            text = _("Approximate: within about %(distance)s")
        case Precision.APPROXIMATE, False:
            text = _("Approximate: the exact point is not known")
        case Precision.REGION, True:
            text = _("A region, within about %(distance)s of this point")
        case Precision.REGION, False:
            text = _("A region")
        case _:
            text = _("Nobody can place it: %(reason)s")
    return text % {"distance": radius, "reason": location.reason}


def coordinates(location: Location, language: str) -> str:
    """Return the position with no more decimals than its precision warrants, empty if none."""
    if location.point is None:
        return ""
    _ = interface.texts(language).gettext
    lat, lon = location.point
    return ", ".join(
        _(pattern) % {"degrees": f"{abs(degrees):.{decimals(location)}f}"}
        for pattern, degrees in (
            (NORTH if lat >= 0 else SOUTH, lat),
            (EAST if lon >= 0 else WEST, lon),
        )
    )


def decimals(location: Location) -> int:
    """Return how many decimals of a degree the precision of a position warrants."""
    error_m = location.radius_m or TYPICAL_ERROR_M.get(location.precision, METRES_PER_DEGREE)
    return max(0, math.ceil(math.log10(METRES_PER_DEGREE / error_m)))


def distance(metres: float, language: str) -> str:
    """Return a distance in words, in metres below a kilometre."""
    _ = interface.texts(language).gettext
    if metres < KILOMETRE:
        return _("{count} m").format(count=interface.number(metres, language))
    return _("{count} km").format(count=interface.number(metres / KILOMETRE, language))
