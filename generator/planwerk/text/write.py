"""Writing into people's files: the old file or the new one, never a part, never over their work."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from planwerk.problems import Place, Problem, Refusal, refuse


def replace_if_same(path: Path, old: bytes, new: bytes, shown: str) -> Problem | None:
    """Put `new` in the place of `old`; the problem where the file is not, or no longer, `old`.

    Links are refused, not followed. Refuses (exit code 6) where the disk says no; then the old
    file is untouched. `shown` is the path that problems name.
    """
    place = Place(PurePosixPath(shown))
    if path.is_symlink() or path.parent.is_symlink():
        return Problem("symlink", place)
    try:
        if path.read_bytes() != old:
            return Problem("changed-meanwhile", place)
    except FileNotFoundError:
        return Problem("changed-meanwhile", place)
    except OSError as error:
        raise refuse("cannot-write", shown, 6, found=error.strerror or "") from None
    replace_file(path, new, shown)
    return None


def replace(path: Path, old: bytes, new: bytes) -> None:
    """The same for a command that cannot go on without: refuses (exit code 2)."""
    if problem := replace_if_same(path, old, new, str(path)):
        raise Refusal([problem], 2)


def replace_file(path: Path, new: bytes, shown: str) -> None:
    """Write beside, sync, replace; the mode of the file that was there stays.

    Refuses (exit code 6) where the disk says no; then what was there is untouched.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        try:
            _write(beside, new, stat.S_IMODE(path.stat().st_mode) if path.exists() else None)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise refuse("cannot-write", shown, 6, found=error.strerror or str(error)) from None
    _sync_folder(path.parent)


def _write(beside: Path, new: bytes, mode: int | None) -> None:
    """A new file with that mode (else what the surroundings give), on the disk for certain."""
    beside.unlink(missing_ok=True)  # left behind by a process of the same number
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    number = os.open(beside, flags, 0o666 if mode is None else mode & 0o600)
    with os.fdopen(number, "wb") as file:
        if mode is not None:
            beside.chmod(mode)
        file.write(new)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last; not every file system lets folders be synced."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(number)
    except OSError:
        pass
    finally:
        os.close(number)
