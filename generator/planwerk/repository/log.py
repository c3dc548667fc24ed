"""The history of the plans, read from one pass of `git log` while git is still writing it."""

from __future__ import annotations

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
ESCAPED = "surrogateescape"
"""How bytes that are no UTF-8 are kept in words, as in names of files everywhere in Python."""
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
    """A commit as it stands in the log; words that are no UTF-8 keep their bytes as surrogates."""

    id: str
    parents: tuple[str, ...]
    authored: str
    committed: str
    author: str
    email: str
    message: str
    changes: tuple[FileChange, ...]

    def commit(self) -> Commit:
        """The commit in readable words."""
        author, email, said = (readable(w.encode("utf-8", ESCAPED)) for w in self[4:7])
        return Commit(self.id, self.parents, day(self.authored), author, email, *message(said))


def log(git: Git, revisions: Iterable[str], above: str, alike: str) -> Iterator[Logged]:
    """Every commit that `revisions` (full ids, `^` before one excludes it) lead to, children
    before parents. `above` is the workspace's folder in the repository, with `/` at its end;
    `alike` is how much two files must agree to be one that was renamed, like `50%`."""
    return parse(git.stream(*PASS, f"-M{alike}", *revisions, "--", "plans"), len(above))


def parse(blocks: Iterable[bytes], above: int) -> Iterator[Logged]:
    """The commits in the log's bytes; `above` signs lead every path and are left out."""
    words = split(blocks)
    head = next(words, "")
    while head:
        parents, *fields = islice(words, len(FIELDS) - 1)
        name, changes = head, []
        while (head := next(words, "")).startswith((":", "\n:")):
            changes.append(_change(head, words, above))
        yield Logged(name, tuple(parents.split()), *fields, tuple(changes))  # type: ignore[arg-type, call-arg]


def _change(states: str, words: Iterator[str], above: int) -> FileChange:
    """One entry: `:modes ids letter`, then a path, or two of a file that was renamed."""
    old_mode, new_mode, old_blob, new_blob, letter = states.lstrip("\n:").split(" ")
    old = new = next(words)[above:]
    if letter[0] in "RC":
        new = next(words)[above:]
    if letter == "A":
        old = old_blob = old_mode = ""
    elif letter == "D":
        new = new_blob = new_mode = ""
    return FileChange(old, new, old_blob, new_blob, old_mode, new_mode)


def split(blocks: Iterable[bytes]) -> Iterator[str]:
    """What stands between NULs, as far as it has come."""
    rest = b""
    for block in blocks:
        whole, nul, last = block.rpartition(b"\0")
        if nul:
            yield from (rest + whole).decode("utf-8", ESCAPED).split("\0")
        rest = last if nul else rest + last
    if rest:
        yield rest.decode("utf-8", ESCAPED)


def day(seconds: str | bytes) -> date | None:
    """The day (UTC) of so many seconds since 1970; None if no calendar knows it."""
    try:
        found = datetime.fromtimestamp(int(seconds), tz=timezone.utc).date()  # noqa: UP017
    except (ValueError, OverflowError, OSError):
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
