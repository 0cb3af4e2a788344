"""Pictures of the page for people: the README's, and a contact sheet of every step.

    python tools/take_pictures.py [PAGE]

Needs Playwright and an installed Chromium, Chrome or Edge (or STORYMAP_BROWSER), like the tests.
"""

import os
import shutil
import sys
import time
from base64 import b64encode
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FORMS: tuple[tuple[str, ViewportSize, int], ...] = (
    ("wide", {"width": 1440, "height": 900}, 288),
    ("phone", {"width": 390, "height": 844}, 156),
)
"""name, viewport in CSS pixels, width on the contact sheet"""
README = ("wide", "light")
README_STEP = "journey"


def main() -> None:
    """Take all pictures of the page given, by default that of `build.py`."""
    page = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "output" / "index.html").resolve()
    program = os.environ.get("STORYMAP_BROWSER") or next(filter(None, map(shutil.which, PROGRAMS)))
    DOCS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        for form, viewport, width in FORMS:
            for scheme in SCHEMES:
                shots = pictures(browser, page, viewport, scheme)
                if (form, scheme) == README:
                    (DOCS / "interhelpo.png").write_bytes(shots[README_STEP])
                sheet = contact_sheet(browser, list(shots.values()), width)
                (DOCS / f"steps-{form}-{scheme}.jpg").write_bytes(sheet)
        browser.close()


def pictures(
    browser: Browser, page: Path, viewport: ViewportSize, scheme: Literal["light", "dark"]
) -> dict[str, bytes]:
    """Return what a reader sees at the cover ("") and each step as PNG, the network cut."""
    context = browser.new_context(
        viewport=viewport, color_scheme=scheme, reduced_motion="reduce", offline=True
    )
    tab = context.new_page()
    tab.goto(page.as_uri())
    while not tab.evaluate("document.documentElement.dataset.storymap === 'ready'"):
        time.sleep(0.05)
    steps: list[str] = tab.evaluate("[...document.querySelectorAll('.step')].map(s => s.id)")
    time.sleep(2)  # the relief comes a moment after the map
    shots = {"": tab.screenshot()}
    for step in steps:
        tab.evaluate("step => void window.storymap.goTo(step)", step)
        time.sleep(1)
        shots[step] = tab.screenshot()
    context.close()
    return shots


def contact_sheet(browser: Browser, shots: list[bytes], width: int) -> bytes:
    """Return the pictures side by side, as one JPEG."""
    images = "".join(
        f'<img width={width} src="data:image/png;base64,{b64encode(shot).decode()}">'
        for shot in shots
    )
    tab = browser.new_page(viewport={"width": 1500, "height": 800})
    tab.set_content(f"<style>body {{ margin: 4px }} img {{ margin: 3px }}</style>{images}")
    sheet = tab.screenshot(full_page=True, type="jpeg", quality=72)
    tab.close()
    return sheet


if __name__ == "__main__":
    main()
