"""Files written whole or not at all.

A reader of a file sees either what was there before or all of what comes after. What already
stands there unchanged is not written again.
"""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


class OutsideError(ValueError):
    """A file would lie outside the output folder; a fault of ours."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} lies outside the output folder")


class OutputError(OSError):
    """The output folder can't be written; the author can mend that."""

    def __init__(self, path: Path, cause: OSError) -> None:
        blocking = next((each for each in path.parents if each.is_file()), None)
        reason = f"{blocking} is a file, not a folder" if blocking else cause.strerror or cause
        super().__init__(f"cannot write {path}: {reason}")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one file."""

    path: Path
    changed: bool


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Written, ...]:
    """Write *files*, named by paths relative to *folder*, and tell which of them changed.

    Raises:
        OutsideError: a name leads out of the folder.
        OutputError: the folder or a file in it can't be written.
    """
    return tuple(write_file(_inside(folder, name), data) for name, data in files.items())


def write_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make *folder* with all of *files*, named by paths relative to it, or make nothing.

    Raises:
        OutsideError: a name leads out of the folder.
        OutputError: something is there already, or the folder can't be written.
    """
    folder = folder.resolve()
    try:
        if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
            raise FileExistsError(errno.EEXIST, "it is there already, and is not empty")
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
        try:
            write_files(part, files)
            part.chmod(0o777 & ~_umask())
            _move(part, folder)
        except BaseException:
            shutil.rmtree(part)
            raise
    except OSError as error:
        raise OutputError(folder, error) from error


def _move(part: Path, folder: Path) -> None:
    """Put *part* in the place of *folder*, which is not there, or is empty and may be in use."""
    if folder.exists():
        for path in part.iterdir():
            path.replace(folder / path.name)
        part.rmdir()
    else:
        part.replace(folder)


def write_file(path: Path, data: bytes) -> Written:
    """Replace one file as a whole, unless it holds *data* already.

    Raises:
        OutputError: the file can't be written.
    """
    try:
        if path.is_file() and path.read_bytes() == data:
            return Written(path, changed=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise OutputError(path, error) from error
    return Written(path, changed=True)


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file, then move over it: a rename is whole or has not happened."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _inside(folder: Path, name: str) -> Path:
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts:
        raise OutsideError(name)
    return folder / relative
