"""A disk that says no: the n-th thing that is asked of it fails, or that one and all after it."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

ASKED = {"os.rename", "os.mkdir", "os.link", "os.remove", "os.rmdir", "open", "write"}
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass
class Disk:
    """What is asked of the disk below `root`; with `at`, the number of what fails (from 0)."""

    root: Path
    at: int | None = None
    error: int = errno.ENOSPC
    stays: bool = False
    """Whether all that is asked after it fails as well."""
    asked: list[str] = field(default_factory=list)

    def ask(self, event: str, path: object) -> None:
        """Count what is asked; OSError where it is to fail."""
        if not isinstance(path, str | bytes | os.PathLike):
            return
        # what is removed and opened within a folder that is open is told by its name alone
        name = os.fsdecode(os.fspath(path))
        if os.path.isabs(name) and not name.startswith(os.fspath(self.root)):  # noqa: PTH117
            return
        number = len(self.asked)
        self.asked.append(f"{event} {name.removeprefix(os.fspath(self.root))}")
        if self.at is not None and (number == self.at or (self.stays and number > self.at)):
            raise OSError(self.error, os.strerror(self.error), name)


_disks: list[Disk] = []
_hooked: list[bool] = []


def _hook(event: str, words: tuple[object, ...]) -> None:
    if not _disks or event not in ASKED:
        return
    if event == "open":
        path, _, flags = words
        if isinstance(flags, int) and flags & WRITING:
            _disks[-1].ask(event, path)
    else:
        _disks[-1].ask(event, words[0])


@contextmanager
def failing(disk: Disk) -> Iterator[Disk]:
    """Within the block the disk says no where it was told to; a write that fails wrote a half."""
    if not _hooked:
        sys.addaudithook(_hook)  # none can be taken away again
        _hooked.append(True)
    whole = {name: getattr(Path, name) for name in ("write_text", "write_bytes")}

    def written(name: str) -> object:
        def write(path: Path, words: str | bytes, *more: object) -> object:
            try:
                disk.ask("write", path)
            except OSError:
                whole[name](path, words[: len(words) // 2], *more)
                raise
            return whole[name](path, words, *more)

        return write

    with mock.patch.object(Path, "write_text", written("write_text")), mock.patch.object(Path, "write_bytes", written("write_bytes")):  # fmt: skip
        _disks.append(disk)
        try:
            yield disk
        finally:
            _disks.pop()
