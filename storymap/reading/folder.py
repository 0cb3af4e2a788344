"""What lies in a story folder."""

import os
import re
from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from pathlib import Path, PurePosixPath

from storymap.problems import Problem, Severity, StoryError

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
SOUNDS = (".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav")
FILMS = (".mp4", ".webm")


class MediaKind(Enum):
    """What a file of the folder `media` is to be: in words, and the endings that it may have."""

    MEDIUM = "picture, sound or film that a page can show", (*PICTURES, *SOUNDS, *FILMS)
    PICTURE = "picture that a page can show", PICTURES
    CAPTIONS = "file of captions in the form WebVTT", (".vtt",)
    TRANSCRIPT = "text", (".md", ".txt")
    PLAN = "picture that a map can show", (".gif", ".jpeg", ".jpg", ".png", ".webp")
    GEOJSON = "GeoJSON file", (".geojson", ".json")


def kind_of(file: str) -> str:
    """Return what a medium is, as its ending has it: picture, sound or film."""
    ending = PurePosixPath(file).suffix.lower()
    return "sound" if ending in SOUNDS else "film" if ending in FILMS else "picture"


def list_folder(folder: Path, shown: str) -> tuple[str, ...]:
    """Return the names of what lies in *folder*, but for hidden things.

    Raises:
        StoryError: there is no such folder, it is a file, or it cannot be read.
    """
    try:
        return tuple(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        message = "there is no such folder"
    except NotADirectoryError:
        message = "this is a file, where a folder is expected"
    except OSError as error:
        message = f"the folder cannot be read: {(error.strerror or str(error)).lower()}"
    raise StoryError([Problem(shown, 0, 0, message)])


def only_one(
    candidates: Iterable[str], names: Collection[str], folder: str, hint: str
) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the first of the *candidates* that is among the *names* in a story's folder.

    Each of the others would not be read, and so is a problem; one called alike is a doubt.
    """
    listed = [*candidates]
    found = [name for name in listed if name in names]
    stem = listed[0].partition(".")[0]
    alike = {name for name in names if name.startswith(f"{stem}.") and name not in listed}
    return (found[0] if found else None), (
        *(
            Problem(f"{folder}/{name}", 0, 0, f"the story has {found[0]} besides", hint)
            for name in found[1:]
        ),
        *_not_read(alike | _copies(listed, names), listed, folder),
    )


def unread_copies(file: str, names: Iterable[str], folder: str) -> tuple[Problem, ...]:
    """Warn of what is called nearly as a *file* of the story, such as `story (1).yaml`."""
    return _not_read(_copies([file], names), [file], folder)


def _copies(listed: Sequence[str], names: Iterable[str]) -> set[str]:
    """Return the *names* that programs give to copies, or that differ in capitals alone."""
    stem, _, _ = listed[0].partition(".")
    endings = "|".join(("yml", *(name.partition(".")[2] for name in listed if "." in name)))
    copy = re.compile(rf"(.+ )?{stem}([ (].*)?\.({endings})", re.IGNORECASE)
    return {name for name in names if name not in listed and copy.fullmatch(name)}


def _not_read(alike: Iterable[str], listed: Sequence[str], folder: str) -> tuple[Problem, ...]:
    *others, last = listed
    instead = (
        f"what is read is {', '.join(others)} or {last}" if others else f"what is read is {last}"
    )
    faults = {
        name: (
            f"not every computer takes this file for {name.lower()}",
            "write it in small letters",
        )
        if name.lower() in listed
        else ("this file is not read", instead)
        for name in sorted(alike)
    }
    return tuple(
        Problem(f"{folder}/{name}", 0, 0, *fault, Severity.WARNING)
        for name, fault in faults.items()
    )


def leads_out(path: Path, *homes: Path) -> bool:
    """Tell whether a *path* that a stranger gave, or a link there, lies in none of the *homes*."""
    try:
        there = path.resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle, or no path at all
        return True
    # from Python 3.13 on, one of them is what is left; pathlib raises where a path is too long
    circle = os.path.islink(there)  # noqa: PTH114
    return circle or not any(there.is_relative_to(home.resolve()) for home in homes)


def list_media(folder: Path) -> dict[str, bool]:
    """Return each file of `media` by its path in the story, and whether it really lies there."""
    if leads_out(folder / "media", folder):
        return {}  # who knows how much there is
    return {
        path.relative_to(folder).as_posix(): not leads_out(path, folder)
        for path in sorted((folder / "media").rglob("*"))
        if path.is_file()
    }
