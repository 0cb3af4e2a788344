import os
from concurrent.futures import BrokenExecutor

import pytest

from storymap.processes import Processes


def test_only_the_task_of_a_process_that_dies_fails():
    """The others are done, by the process that takes its place too."""
    with Processes(1) as processes:
        futures = [
            processes.submit(os.getpid),
            processes.submit(os._exit, 9),
            processes.submit(pow, 2, 10),
        ]
        assert futures[0].result() != os.getpid()
        with pytest.raises(BrokenExecutor):
            futures[1].result()
        assert futures[2].result() == 1024


def test_an_exception_is_the_answer_to_its_task():
    """It comes to the caller as it was raised, and the process goes on."""
    with Processes(1) as processes:
        first, second = processes.submit(os.stat, "/not there"), processes.submit(abs, -1)
        with pytest.raises(FileNotFoundError):
            first.result()
        assert second.result() == 1
