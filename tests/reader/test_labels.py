"""Names on the map of Interhelpo: none touches another, none is cut or covered."""

import pytest
from looking import MAP

SIZES = [(390, 844), (768, 1024), (1440, 900)]
STEPS = [-1, "founding", "sister-cooperatives", "journey", "membership", "street"]
CLOSER = [0, 0.7, 1.5, 3, 5]
"""zooms, as levels above the smallest that the map allows"""

NAMES = f"""async (levels) => {{
    const inside = (a, b) => a.left >= b.left - 0.5 && a.top >= b.top - 0.5 &&
        a.right <= b.right + 0.5 && a.bottom <= b.bottom + 0.5
    const touch = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 &&
        a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5
    const rects = (selector) => [...document.querySelectorAll(selector)]
        .filter((element) => element.checkVisibility({{ visibilityProperty: true }}))
        .map((element) => [element.id || element.textContent, element.getBoundingClientRect()])
    const letters = (name) => {{
        const text = name.lastChild
        const box = name.getBoundingClientRect()
        return [...text.textContent].map((letter, index) => {{
            const {{ x, y, width, height }} = text.getExtentOfChar(index)
            return [`${{text.textContent}} (${{letter}})`, new DOMRect(
                box.left + x + 0.15 * width, box.top + y + 0.22 * height,
                0.7 * width, 0.56 * height)]
        }})
    }}
    const map = {MAP}
    const frame = map.getContainer().getBoundingClientRect()
    const covers = rects(
        '.sm-controls, #sm-options, #sm-scale, .sm-corner > *, #sm-card'
    )
    const faults = []
    let count = 0
    let bends = 0
    for (const closer of levels) {{
        map.setZoom(map.getMinZoom() + closer, {{ animate: false }})
        while ('naming' in map.getContainer().dataset) await new Promise(requestAnimationFrame)
        const along = [...document.querySelectorAll('.sm-along.sm-shown')].map(letters)
        const labels = [...rects('.sm-label:not(.sm-along)').map((label) => [label]), ...along]
        count += labels.length
        bends += along.length
        labels.forEach((label, index) => {{
            const others = [...covers, ...labels.slice(index + 1).flat()]
            for (const [text, box] of label) {{
                if (!inside(box, frame)) faults.push(`+${{closer}}: ${{text}} is cut`)
                for (const [other, rect] of others)
                    if (touch(box, rect)) faults.push(`+${{closer}}: ${{text}} meets ${{other}}`)
            }}
        }})
    }}
    return [count, bends, faults]
}}"""


def faults_of(reader):
    """Return what is wrong with the names at the five zooms, and how many follow a river."""
    count, bends, faults = reader.evaluate(NAMES, CLOSER)
    assert count > 0
    return faults, bends


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_no_two_names_touch(open_page, size):
    """At five zooms of several steps each name is whole, in the open and clear of the others."""
    reader = open_page(size=size)
    winding = 0
    for step in STEPS:
        reader.evaluate("step => void window.storymap.goTo(step)", step)
        faults, bends = faults_of(reader)
        assert faults == [], step
        winding += bends
    assert winding > 0


def test_names_keep_clear_of_an_open_card(open_page):
    """With the card open the map is smaller, and its names move over."""
    reader = open_page(after="#founding", size=(1440, 900))
    reader.page.click("#founding .sm-place")
    reader.wait("!document.getElementById('sm-card').hidden")
    assert faults_of(reader)[0] == []
