"""The history of the plans, read from one pass of `git log` while git is still writing it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timezone
from itertools import islice
from typing import NamedTuple

from planwerk.model.history import Commit
from planwerk.repository.process import Git
from planwerk.repository.text import message, readable

FIELDS = ("%H", "%P", "%at", "%ct", "%an", "%ae", "%B")
PASS = (
    "log", "-z", "--raw", "--no-abbrev", "--topo-order", "--diff-merges=first-parent",
    "--full-history", "--sparse", f"--format=tformat:{'%x00'.join(FIELDS)}",
)  # fmt: skip
"""Every commit with its true parents (git leaves out and re-hangs those that do not touch the
plans, unless told otherwise), and what it changed below them; of a merge, against its first parent."""
FIRST_YEAR, LAST_YEAR = 1970, 2199
KINDS = {"120000": "symlink", "160000": "submodule"}


class FileChange(NamedTuple):
    """A file that a commit changed. Paths are relative to the workspace; path, blob and mode are
    "" where there is none: before it was added, after it was removed."""

    old: str
    new: str
    old_blob: str
    new_blob: str
    old_mode: str
    new_mode: str

    @property
    def kind(self) -> str:
        """What it is now, or was: `file`, `symlink` or `submodule`."""
        return KINDS.get(self.new_mode or self.old_mode, "file")


class Logged(NamedTuple):
    """A commit as it stands in the log; seconds and words are git's bytes."""

    id: str
    parents: tuple[str, ...]
    authored: bytes
    committed: bytes
    author: bytes
    email: bytes
    message: bytes
    changes: tuple[FileChange, ...]

    def commit(self) -> Commit:
        """The commit in readable words."""
        words = message(readable(self.message))
        return Commit(
            self.id, self.parents, day(self.authored), readable(self.author),
            readable(self.email), *words,
        )  # fmt: skip


def log(git: Git, revisions: Iterable[str], above: bytes, alike: str) -> Iterator[Logged]:
    """Every commit that `revisions` (full ids, `^` before one excludes it) lead to, children
    before parents. `above` is the workspace's folder in the repository, with `/` at its end;
    `alike` is how much two files must agree to be one that was renamed, like `50%`."""
    return parse(git.stream(*PASS, f"-M{alike}", *revisions, "--", "plans"), len(above))


def parse(blocks: Iterable[bytes], above: int) -> Iterator[Logged]:
    """The commits in the log's bytes; `above` bytes lead every path and are left out."""
    words = split(blocks)
    head = next(words, b"")
    while head:
        parents, authored, committed, author, email, said = islice(words, len(FIELDS) - 1)
        name, changes = head, []
        while (head := next(words, b"")).lstrip(b"\n").startswith(b":"):
            changes.append(_change(head.partition(b":")[2], words, above))
        yield Logged(
            name.decode(), tuple(parents.decode().split()), authored, committed, author, email,
            said, tuple(changes),
        )  # fmt: skip


def _change(states: bytes, words: Iterator[bytes], above: int) -> FileChange:
    """One entry: `modes ids letter`, then a path, or two of a file that was renamed."""
    old_mode, new_mode, old_blob, new_blob, letter = states.decode().split(" ")
    old = os.fsdecode(next(words)[above:])
    new = os.fsdecode(next(words)[above:]) if letter[0] in "RC" else old
    was, now = old_mode != "000000", new_mode != "000000"
    return FileChange(
        old if was else "", new if now else "", old_blob if was else "", new_blob if now else "",
        old_mode if was else "", new_mode if now else "",
    )  # fmt: skip


def split(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """What stands between NULs, as far as it has come."""
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\0")
        yield from whole
    if rest:
        yield rest


def day(seconds: bytes) -> date | None:
    """The day (UTC) of so many seconds since 1970; None if no calendar knows it."""
    try:
        found = datetime.fromtimestamp(int(seconds), tz=timezone.utc).date()  # noqa: UP017
    except (ValueError, OverflowError, OSError):
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
