import pytest

from tools import fuzz

TARGETS = fuzz.targets()
INPUTS = 60
"""for each target; tools/fuzz.py gives more for as long as it is let"""


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_makes_a_reader_crash_or_hang(name):
    """What it cannot read it refuses in words; the inputs are the same each time."""
    fuzz.fire(TARGETS[name], INPUTS, 0)


@pytest.mark.parametrize(
    "text",
    [
        "[a](http://b.example) " * 4000,
        "<http://b.example>\n" * 4000,
        *(
            mark * (40_000 // len(mark))
            for mark in ("[", "![", "> ", "- ", "*a ", "![](", "&#", "`")
        ),
    ],
    ids=lambda text: text[:4],
)
def test_no_markdown_takes_forever(text):
    """The longest text that is let through is read in seconds, however its marks are nested."""
    with fuzz.patience():
        TARGETS["markdown"].run(text)


@pytest.mark.parametrize(
    ("file", "data", "message"),
    [
        ("story.yaml", b"a: " + b"[" * 5000, "this is nested deeper than 40 levels"),
        ("story.yaml", b'title: "\\0"\n', "the control character U+0000 does not belong in a text"),
        ("story.yaml", b'base-url: "https://["\n', "'https://[' is no web address"),
        ("gazetteer.geojson", b"[" * 99_999, "this is nested too deeply"),
        (
            "gazetteer.geojson",
            b'{"features": [{"properties": {"title": "\\ud800"}}]}',
            "the control character U+D800 does not belong in a text",
        ),
        (
            "gazetteer.geojson",
            b'{"features": [{"geometry": {"type": "Point", "coordinates": [%s, 1]}}]}'
            % (b"9" * 5000),
            "expected two numbers, [latitude, longitude]",
        ),
        (
            "events/010-founding.md",
            b"---\n---\n" + b"a" * 100_001,
            "this text has more than 100,000 characters",
        ),
        (
            "events/010-founding.md",
            b"---\nwhen: '[1900%s]'\n---\n" % (b",1900" * 9000),
            f"'[1900{',1900' * 10},190…' is no EDTF date: a set has 1,000 characters at most",
        ),
    ],
)
def test_what_is_beyond_all_measure_is_refused_in_words(file, data, message):
    """Depth, length and numbers without end are faults of a file like any others."""
    from storymap.reading import read_story

    story = "linked-places" if file.endswith("json") else "minimal"
    told, problems = read_story(fuzz.STORIES / story, {file: data})
    assert (told, message in [problem.message for problem in problems]) == (None, True)
