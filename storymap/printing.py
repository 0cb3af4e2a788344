"""Pages on paper: a PDF of a page, made by a browser that is installed here.

The browser starts with a profile of its own, runs no script of the page and reaches no network.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

NAMED = "STORYMAP_BROWSER"
"""the variable that may name the browser's program"""

LONGEST_S = 120.0
"""how long a browser may take"""

SCRATCH = "storymap-print-"
"""how the names of folders begin that last as long as a browser prints"""
ABANDONED_S = 3600.0
"""age of such a folder from which on nobody prints there any more"""

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
    "brave",
)
MAC_PROGRAMS = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
WINDOWS_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "BraveSoftware/Brave-Browser/Application/brave.exe",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")

FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
WITHOUT_SCRIPTS = {"profile": {"default_content_setting_values": {"javascript": 2}}}
"""preferences of a profile"""


class NoBrowserError(OSError):
    """There is no browser that could print; installing one mends that."""

    def __init__(self, named: str = "") -> None:
        found = (
            f"there is no program '{named}', which {NAMED} names"
            if named
            else ("no browser that can print is installed: Chromium, Chrome, Edge or Brave")
        )
        super().__init__(
            f"{found}\n    install one, or open the page in any browser and print it from there"
        )


class BrowserError(OSError):
    """The browser made no PDF; another one may."""

    def __init__(self, browser: str, reason: str) -> None:
        super().__init__(
            f"{browser} made no PDF: {reason}\n    let {NAMED} name another browser, or open the "
            "page in any and print it from there"
        )


def find_browser() -> str:
    """Return the program of a browser: the one that `STORYMAP_BROWSER` names, else any.

    Raises:
        NoBrowserError: there is none.
    """
    named = os.environ.get(NAMED, "")
    found = shutil.which(named) if named else next(_installed(), None)
    if not found:
        raise NoBrowserError(named)
    return found


def _installed() -> Iterator[str]:
    yield from filter(None, map(shutil.which, PROGRAMS))
    yield from (str(path) for path in _usual_places() if path.is_file())


def _usual_places() -> Iterator[Path]:
    """Yield where programs lie that are not on the path."""
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for name in MAC_PROGRAMS:
                yield folder / f"{name}.app" / "Contents" / "MacOS" / name
    for variable in WINDOWS_FOLDERS:
        if folder := os.environ.get(variable):
            yield from (Path(folder) / program for program in WINDOWS_PROGRAMS)


def print_page(html: str, paper: str, browser: str, *, longest_s: float = LONGEST_S) -> bytes:
    """Return a page as a tagged PDF on a *paper* that CSS knows by name: `a4`, `letter`.

    Raises:
        BrowserError: the browser could not, or took longer than *longest_s*.
    """
    _remove_abandoned()
    with TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, pdf, said = folder / "page.html", folder / "page.pdf", folder / "said.txt"
        page.write_text(_on(html, paper), encoding="utf-8", newline="")
        preferences = folder / "profile" / "Default" / "Preferences"
        preferences.parent.mkdir(parents=True)
        preferences.write_text(json.dumps(WITHOUT_SCRIPTS), encoding="utf-8")
        profile = f"--user-data-dir={folder / 'profile'}"
        command = [browser, *FLAGS, *_as_root(), profile, f"--print-to-pdf={pdf}", page.as_uri()]
        reason = _run(command, said, longest_s)
        if reason or not pdf.is_file():
            raise BrowserError(browser, reason or _last_line(said) or "it gave no reason")
        return pdf.read_bytes()


def _remove_abandoned() -> None:
    """Remove the folders of runs that were killed, with their browsers' profiles."""
    for folder in Path(gettempdir()).glob(f"{SCRATCH}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > ABANDONED_S:
                shutil.rmtree(folder)


def _on(html: str, paper: str) -> str:
    """Return a page with the size of its paper, let through by its content security policy."""
    style = f"@page{{size:{paper}}}"
    digest = b64encode(sha256(style.encode()).digest()).decode()
    allowed = html.replace("style-src ", f"style-src 'sha256-{digest}' ", 1)
    return allowed.replace("</head>", f"<style>{style}</style></head>", 1)


def _as_root() -> list[str]:
    """Return what lets a browser start in a container, where everything belongs to root."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _run(command: list[str], said: Path, longest_s: float) -> str:
    """Run a browser to its end and return why it failed, if it did; what it says goes to a file."""
    try:
        with (
            said.open("wb") as log,
            subprocess.Popen(  # noqa: S603 - the browser that is installed, or that the user names
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            ) as process,
        ):
            try:
                process.wait(longest_s)
            except subprocess.TimeoutExpired:
                _end(process)
                return f"it was not done after {longest_s:g} s"
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a browser and all that it has started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _last_line(said: Path) -> str:
    lines = said.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-1].strip() if lines else ""
