"""Work shared out among copies of this process."""

import os
import sys

import pytest

from storymap import forks

copies = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes safely")


@pytest.fixture(autouse=True)
def _single(monkeypatch):
    """Threads of the test runner are none of ours."""
    monkeypatch.setattr("threading.active_count", lambda: 1)


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
@pytest.mark.parametrize("count", [0, 1, 5])
def test_answers_are_in_order(count, jobs):
    """However many processes there are, and things to do."""
    assert forks.mapped(lambda n: n * n, range(count), jobs) == [n * n for n in range(count)]


@copies
def test_the_work_is_shared_out():
    """Each process has its share."""
    first, second, third = forks.mapped(lambda _: os.getpid(), range(3), 2)
    assert first == third == os.getpid() != second


@copies
@pytest.mark.parametrize("end", [lambda: 1 / 0, lambda: os._exit(3)])
def test_what_a_copy_does_not_answer_is_worked_out_here(end):
    """Whichever way it came to its end."""
    here = os.getpid()
    assert forks.mapped(lambda n: n if os.getpid() == here else end(), range(4), 2) == [0, 1, 2, 3]


@copies
def test_a_fault_is_raised_and_no_copy_is_left(monkeypatch):
    """As if there had been one process."""
    fork, children = os.fork, []
    monkeypatch.setattr(os, "fork", lambda: children.append(fork()) or children[-1])
    with pytest.raises(ZeroDivisionError):
        forks.mapped(lambda n: 1 // n, range(4), 2)
    (child,) = children
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


@copies
def test_a_copy_works_ahead():
    """What it made comes when it is asked for, nothing included."""
    assert forks.ahead(os.getpid, 2)() != os.getpid()
    assert forks.ahead(lambda: None, 2)() is None


def test_with_one_job_nothing_is_done_ahead():
    """This process does it, when it is asked for."""
    assert forks.ahead(os.getpid, 1)() == os.getpid()


@copies
@pytest.mark.parametrize("end", [lambda: 1 / 0, lambda: os._exit(3)])
def test_what_was_not_made_ahead_is_made_when_it_is_asked_for(end):
    """Whichever way the copy came to its end."""
    here = os.getpid()
    assert forks.ahead(lambda: 1 if os.getpid() == here else end(), 2)() == 1


def test_a_process_with_threads_is_not_copied(monkeypatch):
    """It does everything itself."""
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert forks.mapped(lambda _: os.getpid(), range(3), 3) == [os.getpid()] * 3
    assert forks.ahead(os.getpid, 2)() == os.getpid()
