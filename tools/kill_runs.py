"""Kill runs: commands that are killed while they run, and what then is left of the author's work.

Half of the runs are killed at a random moment, the others right before a random one of their
changes to files. Each time the author's files have to be as before or as after, the last good page
has to have all that it leads to, and the same command, run once more, has to come to the end that
it would have come to.

    python tools/kill_runs.py [--runs 200] [--seed 1] [--command build]

It runs where processes fork.
"""

import argparse
import gc
import json
import mmap
import os
import random
import re
import shutil
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import storymap.cli.locating  # noqa: E402 - once, and not in each run
import storymap.editing  # noqa: E402 - as above
import storymap.pipeline  # noqa: E402 - as above
import storymap.preview  # noqa: E402 - as above
import storymap.printing  # noqa: E402 - as above
import storymap.pulling  # noqa: E402, F401 - as above
from storymap.cli import main as storymap_  # noqa: E402

STORIES = ROOT / "tests" / "stories" / "good"
DATE = "2026-11-22"
SERVED_S = 0.6
"""how long a preview runs at most"""
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
PART = re.compile(r"(^|/)\.storymap-[^/]*\.part(/|$)")
ASSET = re.compile(rb"assets/[a-z0-9-]+\.[0-9a-f]{16}\.[a-z0-9]+")
CSV = b"id,name,language,lat,lon,precision\nbergen,Bergen,en,60.39,5.32,settlement\n"
FOUND = {
    "place_id": 1,
    "osm_type": "node",
    "osm_id": 25797,
    "lat": "49.22315",
    "lon": "18.73941",
    "class": "place",
    "type": "city",
    "addresstype": "city",
    "name": "Martin",
    "display_name": "Martin, Slovakia",
    "address": {"city": "Martin", "country": "Slovakia", "country_code": "sk"},
    "extratags": {},
    "namedetails": {"name": "Martin"},
    "boundingbox": ["49.0", "49.3", "18.5", "18.9"],
}
"""in the form of Nominatim's answers"""
UNLOCATED = """\
- id: first
  names: [{text: Martin, language: en, kind: official}]
"""
BROWSER = """\
#!/bin/sh
for word; do case $word in --print-to-pdf=*) echo paper >"${word#*=}";; esac; done
"""

Files = dict[str, bytes]
"""what lies in a folder, by relative path"""


@dataclass(slots=True)
class Scenario:
    """A command, run beside a folder `story` and a folder `output`, and how its runs ended."""

    name: str
    words: tuple[str, ...]
    weight: int
    """its share of the runs"""
    story: str = "minimal"
    edit: Callable[[Path], None] = lambda _: None
    """what the author has changed since the last build"""
    saves: bool = False
    """whether the author saves while it runs, which it does until it is ended"""
    changes: int = 0
    """to files, when it runs to its end"""
    lasts_s: float = 0
    before: Files = field(default_factory=dict)
    after: Files = field(default_factory=dict)
    died: list[str] = field(default_factory=list)
    """each run's stage"""
    left: int = 0
    """runs that left something unfinished behind"""
    broken: list[str] = field(default_factory=list)


def retitled(folder: Path) -> None:
    """Give a story another title, and a picture other bytes."""
    head = folder / "story.yaml"
    head.write_bytes(re.sub(rb"(?m)^title: .*$", b"title: Anew", head.read_bytes()))
    for sound in folder.glob("media/*.wav"):
        sound.write_bytes(sound.read_bytes()[:-2])


def unlocated(folder: Path) -> None:
    """Give a story a place whose coordinates are to be found."""
    with (folder / "gazetteer.yaml").open("a") as gazetteer:
        gazetteer.write(UNLOCATED)


def scenarios(address: str) -> list[Scenario]:
    """Return every command that writes, and the one that does not."""

    def pulled(folder: Path) -> None:
        with (folder / "story.yaml").open("a") as head:
            head.write(f"\npull: {{gazetteer.csv: {address}/gazetteer.csv}}\n")

    into = ("-o", "output")
    on_web = ("--base-url", "https://example.org/story/")
    asking = ("--online", "--service", "nominatim", "--address", address, "--date", DATE)
    place = ("place", "Osh", "--country", "KG", "--at", "40.53,72.80", "--language", "en")
    build = ("build", "story", *into, "--assets", "beside", "--separate", *on_web)
    return [
        Scenario("build", build, 60, "media", retitled),
        Scenario("add place", ("add", *place, "--story", "story"), 25),
        Scenario("add event", ("add", "event", "A day", "--when", "1926", "--story", "story"), 25),
        Scenario(
            "locate",
            ("locate", "--story", "story", *asking, "--pick", "first=1"),
            30,
            edit=unlocated,
        ),
        Scenario("new", ("new", "mine"), 10),
        Scenario("new .", ("new", "output/empty"), 10),
        Scenario("embed", ("embed", "story", *into, *on_web), 10, edit=retitled),
        Scenario("pull", ("pull", "story"), 10, "spreadsheets", pulled),
        Scenario("print", ("print", "story", "-o", "output/story.pdf"), 10),
        Scenario("serve", ("serve", "story", "--no-open"), 10, "minimal", saves=True),
    ]


class _Answers(BaseHTTPRequestHandler):
    """Answers every question for a spreadsheet, or for where a place lies, alike."""

    def do_GET(self) -> None:
        """Answer."""
        found = json.dumps([FOUND]).encode()
        body, kind = (CSV, "text/csv") if "csv" in self.path else (found, "application/json")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def content(folder: Path) -> Files:
    """Return every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def put(folder: Path, files: Files) -> None:
    """Let a folder hold *files* and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("tmp", "output/empty"):
        (folder / name).mkdir(parents=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@dataclass(frozen=True, slots=True)
class Child:
    """A run of a command, in a process of its own, that counts its changes to files."""

    pid: int
    counter: mmap.mmap

    @property
    def changes(self) -> int:
        """How many it has begun."""
        number: int = struct.unpack("q", self.counter[:8])[0]
        return number

    def ended(self) -> int | None:
        """Return its exit code, or None while it runs."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None

    def wait(self, seconds: float = 120) -> int | None:
        """Return its exit code, or None where it still runs after some seconds."""
        ends = time.monotonic() + seconds
        while (code := self.ended()) is None and time.monotonic() < ends:
            time.sleep(0.001)
        return code

    def kill(self) -> None:
        """End it, without a chance for it to do anything about it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def start(words: tuple[str, ...], folder: Path, kill_at: int = 0) -> Child:
    """Run a command in *folder*; right before change *kill_at* it kills itself."""
    counter = mmap.mmap(-1, 8)
    pid = os.fork()
    if pid:
        return Child(pid, counter)
    os.chdir(folder)
    tempfile.tempdir = str(folder / "tmp")
    with Path(folder.parent / "said.txt").open("wb") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    count = 0

    def count_change(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event not in CHANGES and not (event == "open" and _writes(arguments)):
            return
        count += 1
        counter[:8] = struct.pack("q", count)
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count_change)
    code: object = 1
    try:
        storymap_(list(words), prog_name="storymap")
    except SystemExit as end:
        code = end.code
    finally:
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)


def _writes(arguments: tuple[object, ...]) -> bool:
    path, _, flags = arguments
    return isinstance(flags, int) and bool(flags & WRITING) and not str(path).startswith("/dev")


def rehearse(scenario: Scenario, folder: Path) -> None:
    """Let a command run to its end, and keep what was before and what is after."""
    put(folder, {})
    shutil.copytree(STORIES / scenario.story, folder / "story")
    if scenario.name == "build" and start(scenario.words, folder).wait():
        raise SystemExit((folder.parent / "said.txt").read_text())
    scenario.edit(folder / "story")
    scenario.before = content(folder)
    if scenario.saves:
        scenario.lasts_s = SERVED_S
        scenario.after = scenario.before
        return
    began = time.monotonic()
    child = start(scenario.words, folder)
    if child.wait():
        raise SystemExit((folder.parent / "said.txt").read_text())
    scenario.lasts_s = time.monotonic() - began
    scenario.changes = child.changes
    scenario.after = content(folder)


def run_once(scenario: Scenario, folder: Path, chance: random.Random, *, exactly: bool) -> None:
    """Kill a run, judge what is left, run it again, and judge that."""
    put(folder, scenario.before)
    if exactly and scenario.changes:
        child = start(scenario.words, folder, chance.randint(1, scenario.changes))
        child.wait()
    else:
        child = start(scenario.words, folder)
        moment = time.monotonic() + chance.uniform(0, 1.1 * scenario.lasts_s)
        while (running := child.ended() is None) and time.monotonic() < moment:
            if scenario.saves:
                save(folder / "story" / "story.yaml", chance)
            time.sleep(min(0.01, max(0, moment - time.monotonic())))
        if running:
            child.kill()
    scenario.died.append(stage(child.changes, scenario.changes))
    found = content(folder)
    scenario.left += any(map(PART.search, found)) or any((folder / "tmp").iterdir())
    faults = [*faults_after_kill(scenario, found)]
    if not scenario.saves:
        for scratch in (folder / "tmp").iterdir():  # an hour later
            os.utime(scratch, (1, 1))
        code = start(scenario.words, folder).wait()
        if content(folder) != scenario.after:
            said = (folder.parent / "said.txt").read_text()
            faults.append(f"the next run, with code {code}, came to another end: {said}")
    scenario.broken += faults


def save(path: Path, chance: random.Random) -> None:
    """Save a file as it is: in its place, or beside it and then over it, as editors do."""
    data = path.read_bytes()
    if chance.random() < 0.5:
        path.write_bytes(data)
    else:
        beside = path.with_name(f"{path.name}~")
        beside.write_bytes(data)
        beside.replace(path)


def stage(changes: int, of_all: int) -> str:
    """Say how far a run had come."""
    if not changes:
        return "reading"
    return "writing" if changes < of_all else "ending"


def faults_after_kill(scenario: Scenario, found: Files) -> list[str]:
    """Return what is neither as before nor as after, or misses what it needs."""
    before, after = scenario.before, scenario.after
    whole = {name: data for name, data in found.items() if not PART.search(name)}
    whole = {name: data for name, data in whole.items() if not name.startswith("tmp/")}
    faults = [
        f"{name} is in between"
        for name, data in whole.items()
        if data not in {before.get(name), after.get(name)}
    ]
    faults += [f"{name} is lost" for name in before.keys() & after.keys() - whole.keys()]
    if {n: d for n, d in whole.items() if n.startswith("story/")} not in (
        {n: d for n, d in before.items() if n.startswith("story/")},
        {n: d for n, d in after.items() if n.startswith("story/")},
    ):
        faults.append("the author's files are neither as before nor as after")
    for name, page in whole.items():
        if name.startswith("output/") and name.endswith(".html"):
            needed = {f"output/{asset.decode()}" for asset in ASSET.findall(page)}
            faults += [f"{name} misses {asset}" for asset in needed - whole.keys()]
    index = "output/index.html"
    if whole.get(index) == after.get(index) != before.get(index):
        others = {name for name in after if name.startswith("output/")}
        faults += [f"{name} comes too late" for name in others if whole.get(name) != after[name]]
    return faults


def main() -> int:
    """Run them all, and print how they ended."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--command", help="Only this one, as its row is called.")
    given = options.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - to be repeated, not to be secret
    gc.disable()
    gc.freeze()
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    if not (answering := os.fork()):
        server.serve_forever()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kill-runs-") as name:
        folder = Path(name) / "work"
        browser = Path(name) / "browser"
        browser.write_text(BROWSER)
        browser.chmod(0o755)
        os.environ["STORYMAP_BROWSER"] = str(browser)
        try:
            all_ = scenarios(f"http://127.0.0.1:{server.server_port}")
            all_ = [each for each in all_ if given.command in {None, each.name}]
            total = sum(each.weight for each in all_)
            for scenario in all_:
                rehearse(scenario, folder)
                for number in range(max(1, given.runs * scenario.weight // total)):
                    run_once(scenario, folder, chance, exactly=bool(number % 2))
        finally:
            os.kill(answering, signal.SIGKILL)
            os.waitpid(answering, 0)
    return report(all_, given.seed, time.monotonic() - began)


def report(all_: list[Scenario], seed: int, took_s: float) -> int:
    """Print a row for each command; return the exit code."""
    stages = ("reading", "writing", "ending")
    print(
        f"{'killed while':<12}{'runs':>6}{''.join(f'{s:>9}' for s in stages)}  left parts  broken"
    )
    for each in all_:
        counts = "".join(f"{each.died.count(stage):>9}" for stage in stages)
        row = f"{len(each.died):>6}{counts}{each.left:>12}{len(each.broken):>8}"
        print(f"{each.name:<12}{row}")
    runs, broken = sum(len(each.died) for each in all_), [f for e in all_ for f in e.broken]
    print(f"{runs} runs, {len(broken)} faults, seed {seed}, {took_s:.0f} s")
    for each in all_:
        for fault in each.broken:
            print(f"{each.name}: {fault}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
