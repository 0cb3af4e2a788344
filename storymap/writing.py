"""Files written whole or not at all.

A reader of a file sees either what was there before or all of what comes after. What already
stands there unchanged is not written again. Who writes into a folder does so alone, and removes
what others left there that were killed while they wrote.
"""

import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from uuid import uuid4

if sys.platform != "win32":
    import fcntl

PATIENCE_S = 20.0
"""how long another writer of the same folder may take"""
_PAUSE_S = 0.02
_PART, _UNFINISHED = ".storymap-", ".part"
"""how the names of what is not whole yet begin and end: hidden, and short whatever it will be"""


class OutsideError(ValueError):
    """A file would lie outside the output folder; a fault of ours."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} lies outside the output folder")


class OutputError(OSError):
    """The output folder can't be written; the author can mend that."""

    def __init__(self, path: Path, cause: OSError) -> None:
        # unlike a path's own method, this never raises
        blocking = next(filter(os.path.isfile, path.parents), None)
        reason = f"{blocking} is a file, not a folder" if blocking else cause.strerror or cause
        super().__init__(f"cannot write {path}: {reason}")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one file."""

    path: Path
    changed: bool


Write = Callable[[Mapping[str, bytes]], tuple[Written, ...]]
"""writes files, named by paths relative to a folder, in their order, and tells which changed"""


@contextmanager
def turn(folder: Path) -> Iterator[Write]:
    """Yield what writes into *folder*, which is made if need be, while nobody else does.

    Raises:
        OutsideError: a name leads out of the folder.
        OutputError: the folder or a file in it can't be written, or another writer does not end.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OutputError(folder, OSError("it is a file, not a folder")) from None
    except OSError as error:
        raise OutputError(folder, error) from error
    with _held(folder) as alone:
        if alone:
            _remove_abandoned(folder)
        yield partial(_write_all, folder, alone=alone)


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Written, ...]:
    """Write *files* into *folder* in one turn; what is raised, and the rest, is as for `turn`."""
    with turn(folder) as write:
        return write(files)


def write_file(path: Path, data: bytes, *, over: bytes | None = None) -> Written:
    """Replace one file as a whole, unless it holds *data* already.

    With *over*, which is empty for no file, only that is replaced: what others have written since
    it was read stays.

    Raises:
        OutputError: the file can't be written.
    """
    with turn(path.parent):
        if over is not None and content(path) not in {over, data}:
            changed = "it has changed since it was read\n    run the command again"
            raise OutputError(path, OSError(changed))
        return _write(path, data)


def content(path: Path) -> bytes:
    """Return what a file holds before it is written; nothing where it can't be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def write_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make *folder* with all of *files*, named by paths relative to it, or make nothing.

    Where a part of them is there already, made by a run that was killed, it is completed.

    Raises:
        OutsideError: a name leads out of the folder.
        OutputError: something else is there already, or the folder can't be written.
    """
    folder = folder.resolve()
    with turn(folder.parent):
        try:
            if folder.exists() and not _is_part(folder, files):
                raise FileExistsError(errno.EEXIST, "it is there already, and is not empty")
            part = _part_in(folder.parent)
            try:
                part.mkdir()
                for name, data in files.items():
                    path = _inside(part, name)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    _replace(path, data)
                _move(part, folder)
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                raise
        except OSError as error:
            raise OutputError(folder, error) from error


def _is_part(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Tell whether *folder* has some of *files*, or none, and nothing else."""
    there = [path for path in folder.rglob("*") if not path.is_dir()]
    return (
        folder.is_dir()
        and len(there) < len(files)
        and all(files.get(_name(path, folder)) == path.read_bytes() for path in there)
    )


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _move(part: Path, folder: Path) -> None:
    """Put *part* in the place of *folder*, which is not there, or is less of it and in use."""
    if not folder.exists():
        part.replace(folder)
        return
    for path in sorted(part.rglob("*")):  # a folder comes before what is in it
        there = folder / path.relative_to(part)
        if path.is_dir():
            there.mkdir(exist_ok=True)
        else:
            path.replace(there)
    shutil.rmtree(part)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold *folder* to the end of this, or of the process, and yield whether nobody else can.

    It cannot be held where the system knows no locks on folders, as on some network drives.
    """
    if sys.platform == "win32":  # there, nobody can remove what another is writing
        yield True
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        yield _locked(descriptor, folder)
    finally:
        os.close(descriptor)


if sys.platform != "win32":

    def _locked(descriptor: int, folder: Path) -> bool:
        """Wait until nobody else has the lock; the system takes it back when a process ends."""
        ends = time.monotonic() + PATIENCE_S
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > ends:
                    waited = f"another program has been writing there for {PATIENCE_S:g} seconds"
                    raise OutputError(folder, TimeoutError(waited)) from None
                time.sleep(_PAUSE_S)
            except OSError:
                return False
            else:
                return True


def _write_all(folder: Path, files: Mapping[str, bytes], *, alone: bool) -> tuple[Written, ...]:
    paths = {_inside(folder, name): data for name, data in files.items()}
    if alone:
        for parent in {path.parent for path in paths} - {folder}:
            _remove_abandoned(parent)
    return tuple(_write(path, data) for path, data in paths.items())


def _remove_abandoned(folder: Path) -> None:
    """Remove what is not whole and never will be, as far as that can be removed."""
    for path in folder.glob(f"{_PART}*{_UNFINISHED}"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _write(path: Path, data: bytes) -> Written:
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
    part = _part_in(path.parent)
    try:
        with part.open("xb") as file:
            if path.exists():
                part.chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _part_in(folder: Path) -> Path:
    """Return a free name for what is not whole yet."""
    return folder / f"{_PART}{uuid4().hex}{_UNFINISHED}"


def _inside(folder: Path, name: str) -> Path:
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts:
        raise OutsideError(name)
    return folder / relative
