"""The files in the folder `media` of a story."""

from pathlib import Path


def list_media(folder: Path) -> dict[str, bool]:
    """Return each file by its path in the story folder, and whether it really lies in there."""
    home = folder.resolve()
    return {
        path.relative_to(folder).as_posix(): path.resolve().is_relative_to(home)
        for path in (folder / "media").rglob("*")
        if path.is_file()
    }
