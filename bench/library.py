"""Builds made-up stories with one process and with two, and prints how the times compare.

    .venv/bin/python bench/library.py            72 stories, medians of five; ends with 1
                                                 where a limit is missed
    .venv/bin/python bench/library.py --smoke    two stories once, limits shown but not held

Linear would be twice as fast with two processes. Run it on a machine that has two processors and
nothing else to do; it says how much else there was, and what the machine itself makes of two
processes, which only count.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import processes

sys.path.insert(0, str(processes.ROOT))
import storymap
from storymap.processes import Processes

STORIES, RUNS = 72, 5
PLACES, STEPS = 30, 20
LEAST_SPEEDUP = 1.7
COUNTING = "for number in range(30_000_000): pass"
MOST_GROWTH = 1.15

STORY = "format: 1\ntitle: Story {number}\nlanguage: en\ncover: {{promise: Made up.}}\n"
STEP = "---\ntitle: In {year}\nwhen: {year}\nplaces: [place-{one}, place-{two}]\n---\n{text}\n"
TEXT = "The people of the place met in the hall and spoke of water and of the harvest. " * 8


def write_story(folder: Path, number: int) -> Path:
    """Write a story somewhere in the world, each number another one."""
    random = Random(number)  # noqa: S311 - a plausible story, no secret
    lat, lon = random.uniform(-40, 60), random.uniform(-120, 140)
    rows = (
        f"place-{n},Place {n},{lat + random.gauss(0, 3):.4f},{lon + random.gauss(0, 5):.4f}\n"
        for n in range(PLACES)
    )
    (folder / "events").mkdir(parents=True)
    (folder / "story.yaml").write_text(STORY.format(number=number), "utf-8")
    (folder / "gazetteer.csv").write_text("id,name,lat,lon\n" + "".join(rows), "utf-8")
    for step in range(STEPS):
        one, two = random.sample(range(PLACES), 2)
        text = STEP.format(year=1900 + step, one=one, two=two, text=TEXT)
        (folder / "events" / f"{step:03}-step-{step}.md").write_text(text, "utf-8")
    return folder


def seconds(folders: list[Path], output: Path, jobs: int) -> float:
    """Return how long the command takes that builds all of the stories anew."""
    paths = map(str, folders)
    command = ("-m", "storymap", "build", *paths, "-o", str(output), "--jobs", str(jobs))
    return processes.seconds(*command)


def counting(jobs: int) -> float:
    """Return how long it takes so many processes to count, each as far as one alone would."""
    started = time.perf_counter()
    at_work = [subprocess.Popen([sys.executable, "-c", COUNTING]) for _ in range(jobs)]
    for process in at_work:
        process.wait()
    return time.perf_counter() - started


def peak_mb() -> float:
    """Return the most memory that this process has had."""
    import resource  # noqa: PLC0415 - Windows has none

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def peaks(folders: list[Path], output: Path) -> tuple[float, float]:
    """Return the peak of one process after a quarter of the stories, and after all."""
    quarter = len(folders) // 4
    with Processes(1) as executor:
        storymap.build_many(folders[:quarter], output, executor=executor)
        early = executor.submit(peak_mb).result()
        storymap.build_many(folders[quarter:], output, executor=executor)
        return early, executor.submit(peak_mb).result()


def main() -> int:
    """Print the measurements; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true")
    smoke = parser.parse_args().smoke
    count, runs = (2, 1) if smoke else (STORIES, RUNS)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as name:
        folder = Path(name)
        folders = [write_story(folder / "stories" / f"{n:03}", n) for n in range(4 * count)]
        taken: dict[int, list[float]] = {1: [], 2: []}
        counted: dict[int, list[float]] = {1: [], 2: []}
        for run in range(runs):
            for jobs, times in taken.items():
                times.append(seconds(folders[:count], folder / f"{jobs}-{run}", jobs))
                counted[jobs].append(counting(jobs))
        early, late = peaks(folders, folder / "memory")
    for jobs, times in taken.items():
        span = f"{min(times):.2f} to {max(times):.2f}"
        print(f"{count} stories, {jobs} at a time  {median(times):.2f} s   {span}")
    speedup = median(taken[1]) / median(taken[2])
    machine = 2 * median(counted[1]) / median(counted[2])
    print(f"  times as fast          {speedup:.2f} x   at least {LEAST_SPEEDUP}, linear is 2")
    print(f"  the machine itself     {machine:.2f} x   by two processes that count")
    print(
        f"peak of a process after {count} stories {early:.0f} MB, after {4 * count} {late:.0f} MB"
    )
    print(f"  growth                 {late / early:.2f} x   at most {MOST_GROWTH}")
    missed = speedup < LEAST_SPEEDUP or late / early > MOST_GROWTH
    return int(missed and not smoke)


if __name__ == "__main__":
    sys.exit(main())
