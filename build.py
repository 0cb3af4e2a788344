#!/usr/bin/env python3
"""The one command: makes the page of the story in `places`, or runs every test.

    python3 build.py                build places/ into output/index.html
    python3 build.py test           run the linters, the type checker and every test
    python3 build.py test ARG ...   run pytest with these arguments
    python3 build.py COMMAND ...    run `storymap COMMAND ...`

Standard library only. Where Storymap's dependencies are missing it installs them into `.venv`
beside this file and runs itself again there; afterwards it needs no network. Every Python since
3.6 can read this file, so that an old one gets words instead of a syntax error.
"""

import contextlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import time
import webbrowser
from pathlib import Path
from typing import Any, Iterator  # noqa: UP035 - where Python 3.6 has them

ROOT = Path(__file__).resolve().parent
STORY = ROOT / "places"
PAGE = ROOT / "output" / "index.html"
DIST = ROOT / "storymap" / "browser" / "dist"
VENV = ROOT / ".venv"
OLDEST = (3, 11)
TESTS = ["pytest", "--numprocesses=auto", "--dist=loadfile"]
CHECKS = [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], TESTS]
LAST_LINES = 30  # of an installer that failed
OFFLINE = re.compile(  # in the words of pip, npm and the system
    "connection broken by|[Nn]ame resolution|[Tt]imed out"
    "|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ENOTFOUND|ETIMEDOUT"
)

OLD_PYTHON = """\
Python 3.11 or newer is needed; this is {} ({}).
Get a new one from https://www.python.org/downloads/ and run build.py with that."""
NO_VENV = """\
This Python cannot make the environment that Storymap needs: it has no ensurepip.
On Debian and Ubuntu: sudo apt install python3-venv
Elsewhere: install Python from https://www.python.org/downloads/"""
UNREACHABLE = """\
The package registries (PyPI and npm) could not be reached.
Storymap needs the network once, to be set up: check the connection, then run this again."""
UNFINISHED = "The installer failed; what it had finished is kept, so running this again goes on."


class SetUpError(Exception):
    """Storymap cannot run here; the message says why and what to do."""


def main(arguments: "list[str]") -> int:
    """Do what the arguments ask for; return the exit code."""
    try:
        code = start(arguments)
    except SetUpError as error:
        say(str(error))
        code = 1
    if not arguments and not inside() and double_clicked():
        take_leave(code)
    return code


def start(arguments: "list[str]") -> int:
    """Run here if everything needed is here, else in `.venv`."""
    refuse_old_python(sys.version_info[:3])
    testing = arguments[:1] == ["test"]
    if not ready(testing=testing):
        if not inside():
            return subprocess.call([str(environment()), str(ROOT / "build.py"), *arguments])
        install(testing=testing)
    refresh_bundle()
    return run_tests(arguments[1:]) if testing else run_storymap(arguments)


def refuse_old_python(version: "tuple[int, ...]") -> None:
    """Raise `SetUpError` where this Python is too old."""
    if version < OLDEST:
        raise SetUpError(OLD_PYTHON.format(".".join(map(str, version)), sys.executable))


# --- what is here -------------------------------------------------------------------------------


def inside() -> bool:
    """Whether this Python is the one of `.venv`."""
    return VENV.exists() and VENV.samefile(sys.prefix)


def ready(*, testing: bool) -> bool:
    """Whether this Python has what pyproject.toml asks for."""
    needed = requirements(testing=testing)
    if not DIST.exists():
        needed += build_requirements()
    return all(map(satisfied, needed)) and (linked() or not inside())


def requirements(*, testing: bool) -> "list[str]":
    """List what the package needs to run, and to be tested."""
    project = pyproject()["project"]
    extra = project["optional-dependencies"]["test"] if testing else []
    return [*project["dependencies"], *extra]


def build_requirements() -> "list[str]":
    """List what the package needs to be built."""
    return list(pyproject()["build-system"]["requires"])


def pyproject() -> "dict[str, Any]":
    """Read pyproject.toml."""
    import tomllib  # noqa: PLC0415 - an old Python, which is refused in words, has none

    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def satisfied(requirement: str) -> bool:
    """Whether a distribution is installed as `folium>=0.20,<0.21` asks."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - as tomllib

    try:
        have = numbers(version(re.split("[<>=]", requirement)[0]))
    except PackageNotFoundError:
        return False
    return all(
        have >= numbers(bound) if relation == ">=" else have < numbers(bound)
        for relation, bound in re.findall(r"(>=|<)([\d.]+)", requirement)
    )


def numbers(version: str) -> "tuple[int, ...]":
    """Split a version into its numbers."""
    return tuple(map(int, re.findall(r"\d+", version)))


def linked() -> bool:
    """Whether this very folder is installed, which ends a set-up and which moving it undoes."""
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - as tomllib

    try:
        origin = distribution(pyproject()["project"]["name"]).read_text("direct_url.json")
    except PackageNotFoundError:
        return False
    return origin is not None and json.loads(origin)["url"] == ROOT.as_uri()


# --- setting up ---------------------------------------------------------------------------------


def environment() -> Path:
    """Return the Python of `.venv`, which is made where none there runs."""
    python = interpreter(VENV)
    if not runs(python):
        if not importlib.util.find_spec("ensurepip"):
            raise SetUpError(NO_VENV)
        with step("Making an environment in .venv"):
            quietly(sys.executable, "-m", "venv", "--clear", str(VENV))
    return python


def interpreter(venv: Path, system: str = os.name) -> Path:
    """Return where an environment keeps its Python."""
    return venv / ("Scripts/python.exe" if system == "nt" else "bin/python")


def runs(python: Path) -> bool:
    """Whether this is a Python that starts and is new enough."""
    probe = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.call([str(python), "-c", probe], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def install(*, testing: bool) -> None:
    """Install what Storymap needs into the running environment, and this folder last."""
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    with step("Installing what Storymap needs there (once, about a minute, from the network)"):
        if not importlib.util.find_spec("pip"):
            quietly(sys.executable, "-m", "ensurepip")
        quietly(*pip, *build_requirements())
        folder = f"{ROOT}[test]" if testing else str(ROOT)
        quietly(*pip, "--no-build-isolation", "--editable", folder)


def refresh_bundle() -> None:
    """Bundle the page's script anew where its sources have changed."""
    try:
        import hatch_build  # noqa: PLC0415 - what it imports may have to be installed first

        hatch_build.bundle()
    except ImportError:
        pass  # an environment without the means of building has the bundle it was given
    except RuntimeError as error:
        raise SetUpError(reason(str(error))) from error


@contextlib.contextmanager
def step(what: str) -> "Iterator[None]":
    """Say what is being done, and how long it took."""
    print(f"{what} ... ", end="", file=sys.stderr, flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"done in {time.monotonic() - started:.0f} s")


def quietly(*command: str) -> None:
    """Run a command whose words matter only if it fails."""
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SetUpError(reason(done.stdout))


def reason(output: str) -> str:
    """Turn the output of a failed installer into words."""
    last = "\n".join("  | " + line for line in output.strip().splitlines()[-LAST_LINES:])
    return f"{UNREACHABLE if OFFLINE.search(output) else UNFINISHED}\nIts last words were:\n{last}"


# --- running ------------------------------------------------------------------------------------


def run_storymap(arguments: "list[str]") -> int:
    """Run the `storymap` command; without arguments, build the project's own story."""
    from storymap.cli import main as storymap  # noqa: PLC0415 - may have to be installed first

    try:
        storymap(arguments or ["build", str(STORY), "-o", str(PAGE.parent)], prog_name="build.py")
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def run_tests(arguments: "list[str]") -> int:
    """Run every check, or only pytest with the arguments given."""
    checks = [["pytest", *arguments]] if arguments else CHECKS
    failed = [
        " ".join(check)
        for check in checks
        if subprocess.call([sys.executable, "-m", *check], cwd=ROOT)
    ]
    if failed:
        say("failed: " + ", ".join(failed))
    return 1 if failed else 0


# --- a double click -----------------------------------------------------------------------------


def double_clicked() -> bool:
    """Whether no shell stands behind this run, so that its window (if any) closes with it."""
    if sys.platform == "win32":
        programs = console_programs()
        return bool(programs) and all(name.startswith("py") for name in programs)
    desktop = sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if not desktop or "CI" in os.environ:
        return False
    if sys.stdin.isatty():
        return os.getsid(0) == os.getpid()  # a terminal opened for this process alone
    return not (sys.stdout.isatty() or sys.stderr.isatty())


def console_programs() -> "list[str]":
    """List the programs that share this Windows console, such as `py`, `python` and `cmd`."""
    if sys.platform != "win32":
        return []
    import ctypes  # noqa: PLC0415 - of use on Windows only

    kernel = ctypes.windll.kernel32
    processes = (ctypes.c_uint32 * 64)()
    count = kernel.GetConsoleProcessList(processes, len(processes))
    names = []
    for process in processes[:count]:
        path, size = ctypes.create_unicode_buffer(1024), ctypes.c_uint32(1024)
        handle = kernel.OpenProcess(0x1000, 0, process)  # PROCESS_QUERY_LIMITED_INFORMATION
        kernel.QueryFullProcessImageNameW(handle, 0, path, ctypes.byref(size))
        kernel.CloseHandle(handle)
        names.append(Path(path.value).stem.lower())
    return names


def take_leave(code: int) -> None:
    """Show the page, or keep the window open so that the error can be read."""
    if code == 0:
        webbrowser.open(PAGE.as_uri())
    elif sys.stdin.isatty():
        input("Press Enter to close this window. ")


def say(text: str) -> None:
    """Print to stderr, where speech belongs."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
