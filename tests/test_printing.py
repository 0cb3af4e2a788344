"""`storymap print`, with a real browser, with none, and with some that are no good."""

import functools
import os
import re
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner

from storymap import printing
from storymap.cli import main

TESTS = Path(__file__).parent
STORY = TESTS / "stories" / "good" / "harbour"
BILINGUAL = TESTS / "stories" / "good" / "languages"
ARABIC = (
    BILINGUAL,
    "--language",
    "ar",
    "--paper",
    "letter",
    "--base-url",
    "https://example.org/well",
)
TITLE = "The harbour clock"
PAPERS = {"a4": [210, 297], "letter": [215.9, 279.4]}
"""width and height of each, in millimetres"""
DO = "    install one, or open the page in any browser and print it from there\n"


def run(*words):
    """Exit code, stdout and stderr of a command."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def printed(browser, tmp_path_factory):  # noqa: ARG001 - tells where there is none
    """A function that prints the story, once for each set of options, and opens the PDF."""

    @functools.cache
    def printed(*options):
        path = tmp_path_factory.mktemp("printed") / "story.pdf"
        code, out, said = run("print", *(options or [STORY]), "-o", path)
        assert (code, out) == (0, f"{path}\n"), said
        return pypdf.PdfReader(path)

    return printed


@pytest.fixture(scope="module")
def texts(printed):
    """The text of each of its pages, which takes seconds to read among the lines of the maps."""
    return [page.extract_text() for page in printed().pages]


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A function that puts a program of this text in the place of the browser."""
    if sys.platform == "win32":
        pytest.skip("a script is no program there")

    def fake(text):
        program = tmp_path / "browser"
        program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("STORYMAP_BROWSER", str(program))
        return program

    return fake


@pytest.mark.parametrize(("paper", "options"), [("a4", ()), ("letter", ARABIC)], ids=PAPERS)
def test_the_paper_is_the_one_that_was_asked_for(printed, paper, options):
    """Each page has its size, to half a millimetre."""
    for page in printed(*options).pages:
        size = [float(points) / 72 * 25.4 for points in page.mediabox[2:]]
        assert size == pytest.approx(PAPERS[paper], abs=0.5)


def test_pages_are_few_and_none_is_empty(texts):
    """Seven short steps need two or three, besides the cover and what follows them."""
    assert 4 <= len(texts) <= 6
    feet = [foot(number, texts) for number in range(1, len(texts) + 1)]
    assert all(len(text) > len(foot) + 1 for text, foot in zip(texts, feet, strict=True))


def test_pages_are_numbered(texts):
    """Each says at its foot which it is, out of how many, and after the first of what story."""
    for number, text in enumerate(texts, 1):
        assert foot(number, texts) in text.splitlines()


def foot(number, texts):
    """What is at the foot of a page."""
    return f"{number} / {len(texts)}{'' if number == 1 else TITLE}"


def test_it_says_its_title_and_its_language(printed):
    """To those who have it read to them, as to those who look for it among others."""
    pdf = printed()
    assert pdf.metadata.title == f"{TITLE}: A made-up story in real places"
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_each_steps_heading_is_on_the_page_of_its_map(printed):
    """And all of them are in the outline, with the parts that follow."""
    pdf = printed()
    _, steps = pdf.outline  # of what the only heading of the first rank holds
    headings = {
        entry.title: pdf.get_destination_page_number(entry)
        for entry in steps
        if not isinstance(entry, list)
    }
    maps = dict(figures(pdf))
    del maps[TITLE]
    assert len(maps) == 7
    assert headings | maps == headings
    assert list(headings)[len(maps) :] == ["Places", "Routes", "Sources and licences"]


def test_a_heading_of_several_lines_is_one_in_the_outline(printed, tmp_path):
    """Its words are apart there too: browsers leave out the spaces at which a line breaks."""
    story = shutil.copytree(STORY, tmp_path / "harbour")
    long = "Why there was a clock at all, and who on the whole coast of the Levant had asked for it"
    (step,) = (path for path in (story / "events").iterdir() if "at all" in path.read_text("utf-8"))
    step.write_text(step.read_text("utf-8").replace("Why there was a clock at all", long), "utf-8")
    _, steps = printed(story).outline
    assert long in [entry.title for entry in steps if not isinstance(entry, list)]


def figures(pdf):
    """Yield title and page of each map, in the order in which they are read."""
    numbers = {page.indirect_reference.idnum: page.page_number for page in pdf.pages}
    nodes = [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while nodes:
        node = nodes.pop()
        if isinstance(node, list):
            nodes.extend(each.get_object() for each in reversed(node))
        elif isinstance(node, dict):
            if node.get("/Alt", "").startswith("Map: "):
                yield node["/Alt"].removeprefix("Map: "), numbers[node.raw_get("/Pg").idnum]
            with suppress(KeyError):
                nodes.append(node["/K"])


def test_fonts_are_in_it(printed):
    """It looks the same elsewhere."""
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in printed().pages
        for font in page["/Resources"]["/Font"].values()
        if "/DescendantFonts" in font.get_object()
    ]
    assert fonts
    assert all(font.keys() & {"/FontFile2", "/FontFile3"} for font in fonts)


def test_it_is_in_the_language_that_was_asked_for(printed):
    """Right to left where that is its way, and its code leads to that language."""
    pdf = printed(*ARABIC)
    assert pdf.trailer["/Root"]["/Lang"] == "ar"
    cover = pdf.pages[0].extract_text().replace("\n", "")
    assert "https://example.org/well/?lang=ar" in cover


def test_a_language_that_the_story_is_not_in_is_wrong_usage(fake):
    """No browser is asked."""
    fake("exit 1")
    code, out, said = run("print", BILINGUAL, "--language", "la")
    assert (code, out) == (2, "")
    assert "Invalid value for --language: the story is not in 'la'; it is in en, ar" in said


def test_a_story_with_errors_is_not_printed(fake):
    """Its problems are told as for a build."""
    fake("exit 1")
    code, out, said = run("print", TESTS / "stories" / "bad" / "bad-dates" / "story")
    assert (code, out) == (1, "")
    assert re.search(r"^\d+ errors", said, re.MULTILINE)


def test_without_a_browser_it_says_what_else_to_do(monkeypatch, tmp_path):
    """In one message, and nothing is written."""
    monkeypatch.delenv("STORYMAP_BROWSER", raising=False)
    for variable in ("PATH", *printing.WINDOWS_FOLDERS):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr(printing, "MAC_PROGRAMS", ())
    path = tmp_path / "story.pdf"
    assert run("print", STORY, "-o", path) == (
        1,
        "",
        f"storymap: no browser that can print is installed: Chromium, Chrome, Edge or Brave\n{DO}",
    )
    assert not path.exists()


def test_a_browser_that_is_named_has_to_be_there(monkeypatch):
    """Another one that is installed is not taken for it."""
    monkeypatch.setenv("STORYMAP_BROWSER", "no-such-browser")
    assert run("print", STORY) == (
        1,
        "",
        f"storymap: there is no program 'no-such-browser', which STORYMAP_BROWSER names\n{DO}",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("echo warming up >&2; echo no display >&2", "no display"),
        ("exit 3", "it gave no reason"),
        ("sleep 100 & wait", "it was not done after 0.3 s"),
    ],
    ids=["talks", "says nothing", "hangs"],
)
def test_a_browser_that_fails_is_told_of(fake, text, reason):
    """By the last thing that it said, or by how long it was waited for."""
    program = fake(text)
    with pytest.raises(printing.BrowserError) as caught:
        printing.print_page("", "a4", str(program), longest_s=0.3)
    assert str(caught.value) == (
        f"{program} made no PDF: {reason}\n"
        "    let STORYMAP_BROWSER name another browser, or open the page in any and print it from "
        "there"
    )


def test_nothing_of_a_browser_that_hangs_runs_on(fake, tmp_path):
    """It is ended with all that it has started."""
    pid = tmp_path / "pid"
    program = fake(f"sleep 100 & echo $! > {pid}; wait")
    with pytest.raises(printing.BrowserError):
        printing.print_page("", "a4", str(program), longest_s=0.5)
    state = Path(f"/proc/{pid.read_text().strip()}/stat")
    until = time.monotonic() + 5  # the system ends it, in its own time
    while state.exists() and state.read_text().split()[2] != "Z":
        assert time.monotonic() < until


def test_what_a_killed_run_left_is_removed(tmp_path, monkeypatch):
    """Its folder goes an hour later; that of a browser which still prints stays."""
    monkeypatch.setattr(printing, "gettempdir", lambda: str(tmp_path))
    for name, age_s in [("storymap-print-old", 3700), ("storymap-print-new", 10), ("others", 9999)]:
        (tmp_path / name / "profile").mkdir(parents=True)
        moment = time.time() - age_s
        os.utime(tmp_path / name, (moment, moment))
    with suppress(printing.BrowserError):
        printing.print_page("", "a4", sys.executable)
    assert {path.name for path in tmp_path.iterdir()} == {"others", "storymap-print-new"}
