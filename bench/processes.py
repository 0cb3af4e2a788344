"""Whole processes, timed from the outside."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(slots=True)
class Timings:
    """Seconds that each process took, in order."""

    folium: list[float] = field(default_factory=list)
    english: list[float] = field(default_factory=list)
    """in one language"""
    build: list[float] = field(default_factory=list)
    """in all languages"""
    again: list[float] = field(default_factory=list)


def measure(runs: int, folder: Path) -> Timings:
    """Time a process that imports folium, builds in one and all languages, and one more, in turns.

    Raises:
        RuntimeError: a build that has nothing to do wrote the page.
    """
    timings = Timings()
    for number in range(runs):
        output = folder / str(number)
        build = ("-m", "storymap", "build", "places", "-o", str(output))
        timings.folium.append(seconds("-c", "import folium"))
        timings.english.append(seconds(*build[:-1], f"{output}-en", "--languages", "en"))
        timings.build.append(seconds(*build))
        written = (output / "index.html").stat().st_mtime_ns
        timings.again.append(seconds(*build))
        if (output / "index.html").stat().st_mtime_ns != written:
            message = "the same build again wrote the page"
            raise RuntimeError(message)
    return timings


def seconds(*arguments: str) -> float:
    """Run Python with these arguments; return how long that took.

    Raises:
        RuntimeError: it failed; the message is its own.
    """
    # what is installed has its bytecode, and so must a checkout, after the first run
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, *arguments]
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    taken = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(done.stderr)
    return taken
