"""Whether the last commit is another one, looked at again and again without starting git."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from planwerk.repository.opened import beside_git
from planwerk.repository.process import Git, Unreadable

SHARED = ("packed-refs", "reftable/tables.list")
"""Where branches stand that have no file of their own."""


@dataclass(slots=True)
class Watch:
    """The repository that holds `root`, if there is one."""

    root: Path
    _folders: tuple[Path, ...] | None = None

    def now(self) -> object:
        """What is another value when the last commit may be another one; None without git."""
        if not beside_git(self.root):
            self._folders = None
            return None
        if self._folders is None:
            self._folders = self._found()
        try:
            head = (self._folders[0] / "HEAD").read_bytes() if self._folders else b""
        except OSError:
            return None
        branch = os.fsdecode(head.removeprefix(b"ref:").strip())
        names = ("HEAD", branch, *SHARED)
        return head, [_times(folder / name) for folder in self._folders for name in names]

    def _found(self) -> tuple[Path, ...]:
        """git's own folder of this working tree, and the one that all share."""
        try:
            said = Git(self.root).guarded()[0].run("rev-parse", "--git-dir", "--git-common-dir")
        except Unreadable:
            return ()
        names = said.rstrip(b"\n").split(b"\n")
        return tuple(dict.fromkeys(self.root / os.fsdecode(name) for name in names))


def _times(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
