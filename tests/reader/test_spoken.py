"""What a screen reader says: Guidepup's virtual one, run in the real page.

It reads the accessibility tree as the ARIA specifications have it. No other is so exact, and none
that people use says quite the same.
"""

import time

import pytest
from conftest import TESTS

import hatch_build

HOME = TESTS / "screen_reader"
SCRIPT = HOME / "node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js"

START = """async (script) => {
    // This reader would read out what browsers do not show.
    for (const element of document.querySelectorAll('noscript')) element.ariaHidden = true
    document.getElementById('sm-fail').role = 'none'
    const { virtual } = await import(
        URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
    window.speech = virtual
    await virtual.start({ container: document.body })
}"""
"""the module comes by a `blob:` address, which the page's policy bars: it is off in this context"""


class Speech:
    """A listener to the open page."""

    def __init__(self, reader):
        self.reader = reader
        self.heard = 0
        reader.evaluate(START, SCRIPT.read_text(encoding="utf-8"))

    def new(self):
        """Return what was said since the last time."""
        log = self.reader.evaluate("window.speech.spokenPhraseLog()")
        fresh, self.heard = log[self.heard :], len(log)
        return fresh

    def next(self, until):
        """Read on to a phrase that begins so, and return what was said on the way."""
        said = []
        while not (said and said[-1].startswith(until)):
            assert len(said) < 80, f"{until!r} is not among {said}"
            self.reader.evaluate("window.speech.next()")
            said += self.new()
        return said

    def go(self, command):
        """Move by one of the reader's commands, such as `moveToNextHeading`."""
        self.reader.evaluate(f"window.speech.perform(window.speech.commands.{command})")

    def act(self):
        """Activate what the reader is at."""
        self.reader.evaluate("window.speech.act()")

    def announced(self, end):
        """Wait for an announcement that ends so, and return all that were made."""
        said = []
        limit = time.monotonic() + 10
        while not (said and said[-1].endswith(end)):
            assert time.monotonic() < limit, f"{end!r} is not among {said}"
            said += [each for each in self.new() if each.startswith(("polite", "assertive"))]
        return said


@pytest.fixture
def speech(open_page):
    """The story, read out from its cover."""
    hatch_build.install_packages(HOME)
    return Speech(open_page(bypass_csp=True))


def test_a_step_change_is_said_once(speech):
    """Number, title and date, politely; of steps passed in haste only the last one is said."""
    page = speech.reader.page
    page.focus("#sm-next")
    assert speech.new()[-1].startswith("button, Next")
    speech.act()
    assert speech.announced("1922") == ["polite: Step 1 of 25: A call from a congress, 1922"]
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert speech.announced("1923") == [
        "polite: Step 4 of 25: Founded on the first of May, 1 May 1923"
    ]


def test_a_reader_hears_the_story_from_cover_to_place(speech, snapshot):
    """The way through cover, step, what the map shows and a place's card, word for word."""
    transcript = []

    def tell(what, said):
        transcript.extend([f"# {what}", *said, ""])

    speech.go("moveToNextMain")
    tell("cover", speech.next("end of group"))
    speech.reader.evaluate("window.storymap.goTo('journey')")
    tell("the step", speech.announced("24 April 1925"))
    for _ in range(9):
        speech.go("moveToNextHeadingLevel2")
    tell("its text", speech.next("button"))
    tell("its places, and what the map shows", speech.next("end of group"))
    speech.reader.page.focus("#journey .sm-place[data-place=bishkek]")
    speech.new()
    speech.act()
    speech.reader.wait("!document.getElementById('sm-card').hidden")
    tell("the card of a place", [*speech.new(), *speech.next("table")])
    speech.reader.page.keyboard.press("Escape")
    tell("closed by Escape", speech.new())
    snapshot("spoken.txt", "\n".join(transcript))


def test_the_end_of_a_replayed_journey_is_said(speech):
    """Once, when the train is there."""
    speech.reader.evaluate("window.storymap.goTo('journey')")
    speech.announced("24 April 1925")
    speech.reader.page.focus("#journey .sm-replay")
    speech.new()
    speech.act()
    (said,) = speech.announced("Pishpek")
    words = said.replace("\u00a0", " ").split()
    assert " ".join(words) == "polite: 29 March – 24 April 1925 30 of 30 stations: Pishpek"


def test_what_a_search_finds_is_said(speech):
    """Not with every letter: when the typing pauses."""
    page = speech.reader.page
    page.click("#sm-search-button")
    page.keyboard.type("frunze")
    assert speech.announced("found: 1") == ["polite: Places found: 1"]


def test_another_language_is_said(speech):
    """The button says which one is on, and the change is announced in the new one."""
    page = speech.reader.page
    page.focus("#sm-language-button")
    assert speech.new()[-1].startswith("button, Language: English")
    speech.act()
    page.focus("#sm-languages [lang=sk]")
    speech.new()
    speech.act()
    assert speech.announced("slovenčina") == ["polite: Jazyk: slovenčina"]
    page.focus("#sm-next")
    speech.new()
    speech.act()
    assert speech.announced("1922") == ["polite: Krok 1 z 25: Výzva z kongresu, 1922"]
