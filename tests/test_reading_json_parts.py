import pytest

from storymap.problems import Severity
from storymap.reading.faults import Fault
from storymap.reading.json_parts import read_json

TEXT = '{\n  "a": 1,\n  "b": [ {"c": "x"}, {"c": "ž", "d": [[1, 2], []]} ]\n}\n'


@pytest.mark.parametrize(
    ("path", "of_key", "where"),
    [
        ((), False, (1, 1)),
        (("a",), False, (2, 8)),
        (("a",), True, (2, 3)),
        (("b", 1, "c"), False, (3, 28)),
        (("b", 1, "d", 0, 1), False, (3, 43)),
        (("b", 1, "d", 1), False, (3, 47)),
        (("b", 7), False, (3, 8)),
        (("a", "b"), False, (2, 8)),
        (("z",), True, (1, 1)),
    ],
)
def test_a_problem_stands_where_the_part_does(path, of_key, where):
    """A part that is not there is looked for in what should hold it."""
    part, _ = read_json(TEXT, "a.json")
    problem = part.problem(Fault("wrong", "mend it", path), of_key=of_key)
    assert (problem.line, problem.column) == where
    assert str(problem) == f"a.json:{where[0]}:{where[1]}: wrong\n    mend it"


def test_a_doubt_is_a_warning():
    """Its line says so."""
    part, _ = read_json("1", "a.json")
    assert str(part.problem(Fault("odd"), Severity.WARNING)) == "a.json:1:1: warning: odd"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.json:1:1: a value is expected here"),
        ("[1 2]", "a.json:1:4: a ',' is expected here"),
        ('{"a" 1}', "a.json:1:6: a ':' is expected here"),
        ("{a: 1}", "a.json:1:2: a key in double quotes is expected here"),
        ('{"a": 1,\n}', "a.json:1:8: nothing follows this ','"),
        ("[1, ]", "a.json:1:3: nothing follows this ','"),
        ("[,]", "a.json:1:2: a value is expected here"),
        ('[\n"a]', "a.json:2:1: the quotes that open here are not closed"),
        ("{} {}", "a.json:1:4: the document has ended before this"),
        ('["\\x"]', "a.json:1:3: this is no valid JSON: invalid \\escape"),
        ("[" * 100_000, "a.json: this is nested too deeply"),
    ],
)
def test_faults_of_syntax_are_told_in_our_words(text, said):
    """There is no document then."""
    part, problems = read_json(text, "a.json")
    assert part is None
    assert [str(problem) for problem in problems] == [said]


def test_a_number_may_have_any_length():
    """Python refuses to turn thousands of digits into an integer."""
    part, _ = read_json("[12, " + "9" * 5000 + "]", "a.json")
    assert part.data == [12, float("inf")]
