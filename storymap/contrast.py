"""How well one colour is seen on another.

Source: WCAG 2.2, relative luminance and contrast ratio.
"""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as `#rrggbb`: from 1, none, to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`: from 0, black, to 1, white."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
