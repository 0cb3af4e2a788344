"""Additions to YAML: of any document, and byte by byte."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from storymap.editing.splices import append, put
from storymap.problems import StoryError
from storymap.reading.yaml_nodes import compose

steadily = settings(max_examples=150, deadline=None, derandomize=True)

PLACE = {
    "id": "almaty",
    "names": [{"text": "Алматы: Верный", "language": "ru"}],
    "country": "NO",
    "hints": ["no", "Zhetysu"],
}

WORDS = st.sampled_from(
    ["a", "Žilina", "😀 b", "42.87", "no", "x # y", "a: b", "it's", '"', "-", ""]
)


def quoted(word):
    return "'" + word.replace("'", "''") + "'"


def doubled(word):
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


SCALARS = st.one_of(
    st.sampled_from(["a", "Žilina", "😀 b", "42.87", "no", "it's", "~"]),
    WORDS.map(quoted),
    WORDS.map(doubled),
)
COMMENTS = st.sampled_from(["", "", "", "  # a remark", " # - id: x", " #"])


@st.composite
def brackets(draw):
    """A list or mapping in one line, with or without spaces and a last comma."""
    opening, closing = draw(st.sampled_from(["[]", "{}"]))
    words = draw(st.lists(SCALARS, max_size=3))
    if opening == "{":
        words = [f"k{index}: {word}" for index, word in enumerate(words)]
    space = draw(st.sampled_from(["", " "]))
    comma = draw(st.sampled_from(["", ","])) if words else ""
    return f"{opening}{space}{', '.join(words)}{comma}{space}{closing}"


@st.composite
def values(draw, column):
    """A value in lines: the first goes behind its key, the others are indented."""
    kind = draw(st.sampled_from(["scalar", "brackets", "nothing", "text", "list", "mapping"]))
    comment = draw(COMMENTS)
    deeper = column + draw(st.integers(1, 4))
    margin = " " * deeper
    if kind == "scalar":
        return [" " + draw(SCALARS) + comment]
    if kind == "brackets":
        return [" " + draw(brackets()) + comment]
    if kind == "nothing":
        return [comment]
    if kind == "text":
        head = draw(st.sampled_from(["|", "|-", "|+", ">", ">-", ">+"]))
        lines = draw(st.lists(st.sampled_from(["", "a", "# no remark", "b: c"]), max_size=4))
        return [f" {head}{comment}", margin + "text", *(margin + x if x else "" for x in lines)]
    if kind == "list":
        column += draw(st.integers(0, 4))
        margin = " " * column
        items = draw(st.lists(st.one_of(SCALARS, brackets()), min_size=1, max_size=3))
        return [comment, *(f"{margin}- {item}{draw(COMMENTS)}" for item in items)]
    words = draw(st.lists(SCALARS, min_size=1, max_size=3))
    return [comment, *(f"{margin}k{i}: {word}" for i, word in enumerate(words))]


@st.composite
def documents(draw):
    """A list of mappings as people write them: in blocks and brackets, with remarks anywhere."""
    margin = draw(st.sampled_from(["", "", "  "]))
    gap = draw(st.sampled_from([" ", "   "]))
    column = len(margin) + 1 + len(gap)
    lines = draw(st.sampled_from([[], ["# Places"], ["---"], ["# Places", ""]]))
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            lines = [*lines, f"{margin}-{gap}{draw(brackets())}{draw(COMMENTS)}"]
        else:
            keys = draw(
                st.lists(
                    st.sampled_from(["id", "names", "country", "notes"]), unique=True, min_size=1
                )
            )
            pairs = []
            for key in keys:
                first, *rest = draw(values(column))
                pairs += [" " * column + f"{key}:{first}", *rest]
            pairs[0] = f"{margin}-{gap}{pairs[0].lstrip()}"
            lines = [*lines, *pairs]
        lines = [
            *lines,
            *draw(
                st.lists(
                    st.sampled_from(["", "# left", f"{margin}# below", "      # deep"]), max_size=3
                )
            ),
        ]
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return end.join(lines) + draw(st.sampled_from(["", end]))


def said(data):
    """What a document says, but for a line break at the end of its last line."""
    if isinstance(data, dict):
        return {key: said(value) for key, value in data.items()}
    if isinstance(data, list):
        return [said(value) for value in data]
    return data.rstrip("\n") if data else data


@steadily
@given(documents())
def test_an_item_is_one_insertion(text):
    """Whatever the list looks like, nothing else changes and it says one thing more."""
    document, _ = compose(text, "f.yaml")
    splice = append(document, PLACE)
    assert splice.start == splice.end
    after = splice.applied(text)
    assert after[: splice.start] + after[splice.start + len(splice.text) :] == text
    found, problems = compose(after, "f.yaml")
    assert problems == ()
    assert said(found.data) == said([*document.data, PLACE])


@steadily
@given(documents(), st.data())
def test_a_key_gets_its_value_and_all_else_stays(text, data):
    """A new key is one insertion; an old one keeps what stands before and behind its value."""
    document, _ = compose(text, "f.yaml")
    index = data.draw(st.integers(0, len(document.data) - 1))
    assume(isinstance(document.data[index], dict))
    old = document.data[index].get("country")
    assume(not isinstance(old, list | dict))  # a remark may stand in the way of one line
    new = "country" not in document.data[index]
    splice = put(document, "country", "KZ", (index,))
    after = splice.applied(text)
    assert after.startswith(text[: splice.start])
    assert after.endswith(text[splice.end :])
    assert splice.start == splice.end or not new
    found, problems = compose(after, "f.yaml")
    assert problems == ()
    expected = document.data
    expected[index]["country"] = "KZ"
    assert said(found.data) == said(expected)


@steadily
@given(st.text("-a: \n#[]{},'\"|>&*\r\t?!", max_size=30))
def test_what_is_beyond_us_is_refused(text):
    """Of anything at all, either the addition holds or it is not made."""
    document, _ = compose(text, "f.yaml")
    if document is None:
        return
    try:
        splice = append(document, "new")
    except StoryError:
        return
    found, _ = compose(splice.applied(text), "f.yaml")
    assert said(found.data) == said([*(document.data or []), "new"])


HOUSE = """\
- id: a
  names:
    - {text: A, language: en}
  location: {precision: exact}
"""


def appended(text, item, path=(), model=""):
    document, _ = compose(text, "f.yaml")
    return append(document, item, path, model=model).applied(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- id: b\n  names:\n    - {text: B, language: en}\n"),
        ("# none yet", "# none yet\n- id: b\n  names:\n    - {text: B, language: en}"),
        (
            "- id: a  # one\n  # more\n\n# the end\n",
            (
                "- id: a  # one\n  # more\n- id: b\n  names:\n    - {text: B, language: en}\n"
                "\n# the end\n"
            ),
        ),
        (
            "- id: 'a'\n\n-   id: 'a'\n    names:\n    - text: \"A\"\n      language: en",
            (
                "- id: 'a'\n\n-   id: 'a'\n    names:\n    - text: \"A\"\n      language: en\n"
                "\n- id: 'b'\n  names:\n  - text: \"B\"\n    language: en"
            ),
        ),
        (
            "- { id: a, names: [ { text: A } ] }\r\n",
            (
                "- { id: a, names: [ { text: A } ] }\r\n"
                "- { id: b, names: [ { text: B, language: en } ] }\r\n"
            ),
        ),
        (
            '[\n  {"id": "a", "names": [{"text": "A"}]},  # one\n]\n',
            (
                '[\n  {"id": "a", "names": [{"text": "A"}]},  # one\n'
                '  {"id": "b", "names": [{"text": "B", "language": "en"}]},\n]\n'
            ),
        ),
        (
            "[{id: a}  # one\n]",
            "[{id: a}  # one\n , {id: b, names: [{text: B, language: en}]}\n]",
        ),
        ("[ ]", "[ {id: b, names: [{text: B, language: en}]}]"),
        (
            "- notes: |+\n    a\n\n",
            "- notes: |+\n    a\n\n- id: b\n  names:\n    - {text: B, language: en}\n",
        ),
    ],
)
def test_an_item_is_written_as_the_others_are(before, after):
    """Indentation, quotes, brackets, blank lines and line ends; remarks stay where they belong."""
    place = {"id": "b", "names": [{"text": "B", "language": "en"}]}
    assert appended(before, place, model=HOUSE) == after


def test_a_list_within_a_document_grows_too():
    """The path leads there, through keys and indexes."""
    text = "references:\n  - id: a\n    author: [x]\nmore: yes\n"
    assert appended(text, "y", ("references", 0, "author")) == text.replace("[x]", "[x, y]")
    assert appended(text, {"id": "b"}, ("references",)) == text.replace(
        "more:", "  - id: b\nmore:"
    ).replace("more: yes\n", "more: yes\n", 1)


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ("a: 1  # one\nb: 2\n", "a", "x", "a: x  # one\nb: 2\n"),
        ("a:\nb: 2\n", "a", "x", "a: x\nb: 2\n"),
        ("a: |\n  x\n\n# end\n", "a", "x", "a: x\n\n# end\n"),
        ('a: "1"\n', "a", "x", 'a: "x"\n'),
        ("a: 1\n", "b", ["x", "no"], 'a: 1\nb: [x, "no"]\n'),
        ("a:\n  - x\nb: 2", "a", ["y", "z"], "a:\n  - y\n  - z\nb: 2"),
        ("a:\n- x\nb: 2", "a", "y", "a: y\nb: 2"),
        ("{a: 1}", "b", "x\n\x07", '{a: 1, b: "x\\n\\u0007"}'),
    ],
)
def test_a_value_is_written_as_the_old_one_was(before, key, value, after):
    """In its place and manner."""
    document, _ = compose(before, "f.yaml")
    assert put(document, key, value).applied(before) == after


def test_what_is_no_list_gets_no_item():
    """The author is told where."""
    document, _ = compose("a: b\n", "f.yaml")
    expected = (
        "f.yaml:1:1: this is written in a way that is not safe to change by a command\n"
        "    change it by hand"
    )
    with pytest.raises(StoryError, match=f"^{re.escape(expected)}$"):
        append(document, "x")
    with pytest.raises(StoryError, match=f"^{re.escape(expected)}$"):
        put(compose("[a]", "f.yaml")[0], "a", "x")


def test_an_alias_is_left_alone():
    """What is changed by one name would change elsewhere."""
    document, _ = compose("- &a {id: x}\n- *a\n", "f.yaml")
    with pytest.raises(StoryError, match=r"^f\.yaml:1:3: this is written in a way"):
        put(document, "id", "y", (1,))
