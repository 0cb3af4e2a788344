"""Contrast of what carries meaning, against the page's papers and against every colour of the map.

4.5 for text and 3 for marks are level AA of WCAG 2.2. Marks and names on the map stand on a casing,
so it is against that they are seen; what has none is held against the map's own pixels, the relief
with its shadows among them.
"""

import base64

import pytest
from looking import WHERE, bare

from storymap.contrast import contrast

SCHEMES = ["light", "dark"]
TOKENS = """() => {
    const style = getComputedStyle(document.documentElement)
    const names = [...document.styleSheets[0].cssRules].flatMap(rule => [...rule.style ?? []])
    return Object.fromEntries(names.filter(name => name.startsWith('--'))
        .map(name => [name.slice(2), style.getPropertyValue(name).trim()]))
}"""
TEXTS = {
    "paper": ["ink", "ink-2", "accent", "accent-2"],
    "tint": ["ink", "ink-2", "accent", "accent-2"],
    "ink": ["paper"],
    "accent": ["paper"],
    "casing": ["ink", "ink-2", "accent-2", "water-ink", "rock-ink"],
    "land": ["ink", "ink-2", "water-ink", "rock-ink"],
    "sea": ["ink", "ink-2", "water-ink"],
}
"""what lies below -> the texts on it, as tokens of the style"""
MARKS = {
    "casing": ["accent", "accent-2", "ink-2", "ink"],
    "land": ["accent", "accent-2", "ink-2", "border", "ink"],
    "sea": ["accent", "accent-2", "ink-2", "border", "ink"],
    "paper": ["accent", "accent-2", "border", "ink"],
    "tint": ["accent"],
}
"""the same for marks, lines, frames and the ring of the focus"""
UNCASED = ["accent-2", "ink-2", "ink"]
"""what is drawn on the bare map: coasts, the route ahead, frames"""
LUMINANCES = """async (png) => {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const brush = new OffscreenCanvas(image.width, image.height).getContext('2d')
    brush.drawImage(image, 0, 0)
    const { data } = brush.getImageData(0, 0, image.width, image.height)
    const linear = Array.from({ length: 256 }, (_, value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
    const all = new Float64Array(data.length / 4)
    for (let at = 0; at < all.length; at++)
        all[at] = 0.2126 * linear[data[4 * at]] + 0.7152 * linear[data[4 * at + 1]]
            + 0.0722 * linear[data[4 * at + 2]]
    all.sort()
    return [0.02, 0.98].map(share => all[Math.floor(share * (all.length - 1))])
}"""


@pytest.fixture(params=SCHEMES)
def reader(request, open_page):
    """The page in light or dark colours, at a step with mountains, sea and a long way."""
    return open_page(after="#journey", size=(1440, 900), color_scheme=request.param)


def test_colours_are_told_from_what_is_below(reader):
    """Every pair of tokens that may meet on paper or map."""
    tokens = reader.evaluate(TOKENS)
    faint = {
        f"{mark} on {ground}: {ratio:.1f}"
        for pairs, least in ((TEXTS, 4.5), (MARKS, 3.0))
        for ground, marks in pairs.items()
        for mark in marks
        if (ratio := contrast(tokens[mark], tokens[ground])) < least
    }
    assert faint == set()


def test_lines_are_told_from_the_maps_own_pixels(reader):
    """All but the two hundredths of them that are the darkest or lightest."""
    tokens = reader.evaluate(TOKENS)
    bare(reader)
    png = reader.page.screenshot(clip=reader.evaluate(WHERE))
    grounds = reader.evaluate(LUMINANCES, base64.b64encode(png).decode())
    faint = {
        f"{line}: {ratio:.1f}"
        for line in UNCASED
        for ground in grounds
        if (ratio := contrast(tokens[line], grey(ground))) < 3.0
    }
    assert faint == set()


def grey(luminance):
    """Return a grey of that relative luminance, as `#rrggbb`."""
    low = luminance <= 0.0031308
    value = 12.92 * luminance if low else 1.055 * luminance ** (1 / 2.4) - 0.055
    return "#" + 3 * f"{round(255 * value):02x}"
