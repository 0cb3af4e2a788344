import pytest

from storymap.problems import Problem, Severity, StoryError


def test_a_problem_reads_as_place_message_and_hint():
    """Editors can jump to it; the hint stands below, indented."""
    hint = "did you mean 'zilina' (places/gazetteer.yaml:31)?"
    problem = Problem("places/events/020-train.md", 14, 7, "no place is called 'zillina'", hint)
    assert str(problem) == (
        "places/events/020-train.md:14:7: no place is called 'zillina'\n"
        "    did you mean 'zilina' (places/gazetteer.yaml:31)?"
    )


def test_a_problem_of_a_whole_file_has_no_line():
    """A line of 0 is not printed."""
    assert str(Problem("places/story.yaml", 0, 0, "there is no such file")) == (
        "places/story.yaml: there is no such file"
    )


def test_a_warning_says_that_it_is_one():
    """An error is the rule and says nothing of it."""
    problem = Problem("a.yaml", 1, 2, "the place 'a' is never used", severity=Severity.WARNING)
    assert str(problem) == "a.yaml:1:2: warning: the place 'a' is never used"


def test_an_error_carries_all_problems_in_the_order_of_the_files():
    """Lines sort as numbers, not as text."""
    later, earlier = Problem("a.yaml", 10, 1, "later"), Problem("a.yaml", 9, 1, "earlier")
    with pytest.raises(StoryError, match=r"^a\.yaml:9:1: earlier\na\.yaml:10:1: later$") as caught:
        raise StoryError([later, earlier])
    assert caught.value.problems == (earlier, later)
