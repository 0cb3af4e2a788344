"""What tests share: the project's own story, its page, and a reader's browser without a network."""

import gc
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import storymap

TESTS = Path(__file__).parent
ROOT = TESTS.parent
QUIET = (  # Chromium's own traffic is not the page's
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
NO_BROWSER = (
    "no Chromium, Chrome or Edge is installed; STORYMAP_BROWSER may name the program of one"
)
TELL_VIOLATIONS = """
    addEventListener("securitypolicyviolation", (violation) =>
        console.error(`CSP: ${violation.violatedDirective} ${violation.blockedURI}`))
"""


LATE = "not true after|TimeoutError|InvalidSessionId|WebDriverException|TargetClosed"
"""how a test ends that has waited for a browser in vain"""


def pytest_addoption(parser):
    """Let `--snapshot-update` write what is compared otherwise."""
    parser.addoption("--snapshot-update", action="store_true", help="Write tests/snapshots anew.")


def pytest_collection_modifyitems(items):
    """Mark what opens a page, for `-m "not browser"`; where the browser is late, it runs once more.

    So it is now and then on a busy machine, or lost. What is at fault fails twice, and what a page
    shows is never asked twice.
    """
    for item in items:
        if {"browser", "open_story", "walk"} & set(item.fixturenames):
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=LATE))


# --- stories ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def interhelpo():
    """The model of the project's own story."""
    return storymap.load(ROOT / "places").model


@pytest.fixture(scope="session")
def minimal():
    """The smallest story that there is."""
    return storymap.load(TESTS / "stories" / "good" / "minimal")


@pytest.fixture(scope="session")
def built_page(tmp_path_factory):
    """The path of the page that `storymap build places` writes."""
    from storymap import pipeline

    built = pipeline.build(ROOT / "places", tmp_path_factory.mktemp("output"))
    assert built.page, "\n".join(map(str, built.problems))
    return Path(built.page.path)


@pytest.fixture(scope="session")
def gazetteer():
    """The whole offline gazetteer, which takes seconds to load."""
    from storymap.geocoding.offline import offline

    provider = offline()
    gc.freeze()  # or each later search for garbage goes through its million names
    yield provider
    gc.unfreeze()


@pytest.fixture
def snapshot(request):
    """A function that compares a text with the file of that name in tests/snapshots."""

    def compare(name, text):
        path = TESTS / "snapshots" / name
        if request.config.getoption("--snapshot-update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"no {path}; pytest --snapshot-update writes it"
        assert text == path.read_text(encoding="utf-8"), "pytest --snapshot-update accepts this"

    return compare


# --- a reader -----------------------------------------------------------------------------------


def lacking(message):
    """Fail, or skip the test where nobody requires browsers."""
    if os.environ.get("STORYMAP_BROWSER_REQUIRED"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser():
    """An installed Chromium, Chrome or Edge."""
    program = os.environ.get("STORYMAP_BROWSER") or next(
        filter(None, map(shutil.which, BROWSERS)), None
    )
    if program is None:
        lacking(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


@dataclass
class Reader:
    """An open page, what it asked the network for and what it complained about."""

    page: object
    requests: list = field(default_factory=list)
    """addresses outside the page that it asked for; all were refused"""
    complaints: list = field(default_factory=list)
    """errors on the console, uncaught exceptions and breaches of the content security policy"""

    def evaluate(self, script, argument=None):
        """Return what a script gives in the page."""
        return self.page.evaluate(script, argument)

    def wait(self, expression, seconds=10):
        """Wait until an expression is true (Playwright's own way needs `eval`: the CSP bars it)."""
        limit = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            assert time.monotonic() < limit, f"not true after {seconds} s: {expression}"
            time.sleep(0.02)

    def settled(self, outcome="ready"):
        """Wait until map and first step are complete, or have failed, as the contract has it."""
        self.wait(f"document.documentElement.dataset.storymap === '{outcome}'")

    def step(self):
        """Return the id of the current step, None on the cover."""
        return self.evaluate("window.storymap.state().step")


@pytest.fixture
def open_page(browser, request):
    """A function that opens a page from disk, with the network cut, as a reader would.

    Without a path it is the project's own story; for the address of a server on this computer, a
    text, that server alone is the page's network, with those at the addresses in `network`.
    `after` goes behind the address, with its `#` or `?`; `size` is the viewport's in CSS pixels;
    `outcome` is what the map comes to, or None for a page that is no story; other options are those
    of a Playwright context, with motion reduced unless they say otherwise. A test fails in the end
    if a page asked for anything outside itself or complained, unless the test empties those lists.
    """
    contexts, readers = [], []

    def open_page(path=None, after="", *, size=(1280, 800), outcome="ready", network=(), **options):
        path = path or request.getfixturevalue("built_page")
        options = {"reduced_motion": "reduce", "color_scheme": "light"} | options
        served = isinstance(path, str)
        address = path if served else path.as_uri()
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        reader = Reader(context.new_page())
        readers.append(reader)

        def refuse(route):
            own = address if served else "file:"
            if route.request.url.startswith((own, *network, "data:", "blob:")):
                route.continue_()
            else:
                reader.requests.append(route.request.url)
                route.abort()

        context.set_offline(not served)
        context.route("**/*", refuse)
        context.add_init_script(TELL_VIOLATIONS)
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        reader.page.on(
            "console",
            lambda said: said.type == "error" and reader.complaints.append(said.text),
        )
        reader.page.goto(address + after)
        if outcome and options.get("java_script_enabled", True):
            reader.settled(outcome)
        return reader

    yield open_page
    for context in contexts:
        context.close()
    for reader in readers:
        assert (reader.requests, reader.complaints) == ([], [])
