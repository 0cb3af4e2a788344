"""What the map's pixels say: what is land, what is water and what nobody has painted."""

import base64
from dataclasses import dataclass

MAP = "window[JSON.parse(document.getElementById('storymap-data').textContent).map]"
"""the page's Leaflet map"""

BARE = """() => {
    const style = (selector, name, value) => {
        for (const element of document.querySelectorAll(selector))
            element.style.setProperty(name, value, 'important')
    }
    style('.leaflet-container', 'background', '#f0f')
    style('.leaflet-map-pane > :not(.leaflet-atlas-pane)', 'display', 'none')
    style('.sm-stage > :not(#sm-map)', 'display', 'none')
}"""

WHERE = f"""() => {{
    const {{ x, y, width, height }} = {MAP}.getContainer().getBoundingClientRect()
    return {{ x, y, width, height }}
}}"""

SURVEY = f"""async ([png, places]) => {{
    const image = new Image()
    image.src = `data:image/png;base64,${{png}}`
    await image.decode()
    const {{ width, height }} = image
    const brush = new OffscreenCanvas(width, height).getContext('2d')
    brush.drawImage(image, 0, 0)
    const {{ data }} = brush.getImageData(0, 0, width, height)

    const tokens = getComputedStyle(document.documentElement)
    const blueness = (token) => {{
        const rgb = parseInt(tokens.getPropertyValue(token).trim().slice(1), 16)
        return (rgb & 255) - (rgb >> 16)
    }}
    const threshold = (blueness('--land') + blueness('--sea')) / 2
    const isWater = (at) => data[at + 2] - data[at] > threshold
    const isVoid = (at) => data[at] > 240 && data[at + 1] < 16 && data[at + 2] > 240

    const around = ([lat, lon]) => {{
        const {{ x, y }} = {MAP}.latLngToContainerPoint([lat, lon])
        if (x < 3 || y < 3 || x > width - 3 || y > height - 3) return null
        let wet = 0
        for (let i = -2; i <= 2; i++)
            for (let j = -2; j <= 2; j++)
                wet += isWater(4 * ((Math.round(y) + j) * width + Math.round(x) + i))
        return wet > 12
    }}
    let water = 0, empty = 0
    for (let at = 0; at < data.length; at += 4) {{
        if (isVoid(at)) empty++
        else if (isWater(at)) water++
    }}
    return [water / (width * height), empty, places.map(around)]
}}"""


@dataclass(frozen=True, slots=True)
class View:
    """What a screenshot of the map shows."""

    water: float
    """share of its pixels"""
    void: int
    """pixels on which nothing is painted"""
    wet: list
    """for each place asked for, whether most of the pixels there are water; None if out of view"""


def bare(reader):
    """Take everything but the base map away, and make what it leaves unpainted glaring."""
    reader.evaluate(BARE)


def look(reader, places=()):
    """Return what a bare map shows, and whether there is water at *places* (lat, lon)."""
    png = reader.page.screenshot(clip=reader.evaluate(WHERE))
    return View(*reader.evaluate(SURVEY, [base64.b64encode(png).decode(), list(places)]))
