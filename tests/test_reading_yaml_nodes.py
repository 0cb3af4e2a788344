import pytest

from storymap.reading.faults import Fault
from storymap.reading.yaml_nodes import DEEPEST, LARGEST, compose


def data_of(text):
    """Return what a document without problems says."""
    part, problems = compose(text, "a.yaml")
    assert problems == ()
    return part.data


@pytest.mark.parametrize("text", ["1923-05-01", "1923", "no", "1_000", "1e3", "~", "null", "0x1F"])
def test_a_scalar_stays_what_the_author_wrote(text):
    """YAML 1.1 would make dates, booleans, numbers and nothing of these."""
    assert data_of(f"key: {text}\n") == {"key": text}


def test_nothing_is_not_an_empty_text():
    """A key without a value is None; quotes make an empty text."""
    assert data_of("a:\nb: ''\nc: ['']\n") == {"a": None, "b": "", "c": [""]}


def test_an_empty_document_says_nothing():
    """A comment is not content."""
    assert data_of("# nothing yet\n") is None


def test_an_alias_says_what_its_anchor_does():
    """Anchors save typing where several entries share a part."""
    assert data_of("a: &x [1]\nb: *x\n") == {"a": ["1"], "b": ["1"]}


@pytest.mark.parametrize(
    ("path", "of_key", "where"),
    [
        (("a",), False, (1, 4)),
        (("b", 1, "c"), False, (4, 8)),
        (("b", 1, "c"), True, (4, 5)),
        (("b", 1), False, (4, 5)),
        (("b", 1, "missing"), False, (4, 5)),
        (("b", 7), False, (3, 3)),
        (("a", "no mapping"), False, (1, 4)),
        ((), False, (1, 1)),
    ],
)
def test_a_fault_is_found_where_it_stands(path, of_key, where):
    """What is missing is reported where it should be."""
    part, _ = compose("a: 1\nb:\n  - 2\n  - c: 3\n", "a.yaml")
    problem = part.problem(Fault("wrong", path=path), of_key=of_key)
    assert (problem.line, problem.column) == where


def test_a_fault_of_a_few_words_is_found_inside_a_text():
    """The quoted words are looked for from the beginning of the value."""
    part, _ = compose("a: bad\nb: |\n  good\n  and bad\n", "a.yaml")
    problem = part.problem(Fault("wrong", path=("b",), quote="bad"))
    assert (problem.line, problem.column) == (4, 7)


def test_an_entry_knows_its_own_line():
    """Paths count from the entry."""
    part, _ = compose("- id: a\n- id: b\n  x: 1\n", "a.yaml")
    _, second = part.entries()
    assert second.line() == "a.yaml:2"
    assert second.problem(Fault("wrong", path=("x",))).line == 3


def test_depth_is_limited_before_the_stack_is():
    """A hundred thousand brackets would end the interpreter."""
    part, (problem,) = compose("[" * 100_000, "a.yaml")
    assert part is None
    assert str(problem) == f"a.yaml:1:{DEEPEST}: this is nested deeper than {DEEPEST} levels"


def test_aliases_of_aliases_do_not_fill_the_memory():
    """Eight lines can unfold to more than a thousand million entries."""
    lines = ["a: &a [" + ", ".join("x" * 9) + "]"]
    lines += [
        f"{name}: &{name} [" + ", ".join([f"*{before}"] * 9) + "]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    part, (problem,) = compose("\n".join(lines), "a.yaml")
    assert part is None
    assert problem.message == (
        f"with its aliases unfolded, this file has more than {LARGEST:,} entries"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: *b\n", "a.yaml:1:4: the alias that begins here has no anchor"),
        ('a: "\\q"\n', "a.yaml:1:5: this is no escape that YAML knows"),
        ("- a\nb: c\n", "a.yaml:2:1: a '-' is expected here, in the list that begins in line 1"),
        ("a: 1\n- b\n", "a.yaml:2:1: a key is expected here, among those that begin in line 1"),
        ("a:\n  b: 1\n  c\n", "a.yaml:3:3: this line has no ':'"),
        ("a: [1, 2\n", "a.yaml:2:1: a ',' or ']' is expected here, in the list that begins in"),
        ("a: |x\n", "a.yaml:1:4: a text cannot begin with '|'"),
        ("a: *b* c\n", "a.yaml:1:4: a text cannot begin with '*'"),
        ("a: ? c\n", "a.yaml:1:4: a text cannot begin with '?'"),
        ("a: - c\n", "a.yaml:1:4: a '-' is out of place here"),
        ("a:b c\nd: e\n", "a.yaml:1:2: a space is missing after this ':'"),
        ("a:\xa0b\nd: e\n", "a.yaml:1:2: a space is missing after this ':'"),
        ("a\uff1ab\nd: e\n", "a.yaml:1:2: this only looks like a ':'"),
        ("a b\nc: d\n", "a.yaml:1:1: this line has no ':'"),
        ("- a: b\n\xa0 c: d\n", "a.yaml:2:1: this only looks like a space"),
        ("a:\n- b\n-c\n", "a.yaml:3:1: a space is missing after this '-'"),
        ("- a: b\n\tc: d\n", "a.yaml:2:1: a tab cannot indent a line"),
        ("a: b\n<<<<<<< HEAD\nc: d\n", "a.yaml:2:1: two versions of this file meet here"),
    ],
)
def test_faults_of_syntax_are_told_in_plain_words(text, expected):
    """Those that `stories/bad` does not show; hints aside."""
    part, (problem,) = compose(text, "a.yaml")
    assert part is None
    assert str(problem).startswith(expected)


def test_curly_quotes_are_no_quotes():
    """Who typed them believes the text to be quoted, so the hint says which quotes count."""
    _, (problem,) = compose("a: \u201cb: c\u201d\n", "a.yaml")
    assert problem.message == "a ':' is out of place here"
    assert problem.hint == (
        "put a text that holds ': ' in straight quotes, \" or '; curly ones do not count"
    )


def test_a_word_that_yaml_would_drop_is_told():
    """`!` begins a tag, which nothing in a story has."""
    _, (problem,) = compose("a: !Hola mundo\n", "a.yaml")
    assert str(problem) == ("a.yaml:1:4: a text cannot begin with '!'\n    put the text in quotes")
