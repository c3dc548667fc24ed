"""A workspace's history, opened for reading: from objects only, so a bare repository will do."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from planwerk.model.history import Commit
from planwerk.problems import Problem
from planwerk.repository import objects, revisions
from planwerk.repository.contents import Contents
from planwerk.repository.lasts import last_changes
from planwerk.repository.log import ESCAPED, FileChange, Logged, day, log
from planwerk.repository.objects import Entry
from planwerk.repository.process import Git, Unreadable, problem

ABBREVIATED = 10
"""Digits of a commit that people are shown; git's own abbreviation grows with the repository."""


class Moment(NamedTuple):
    """A commit (its full id), and the day it stands for; None if no calendar knows it."""

    revision: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Repository:
    """The history of the workspace `root`. Every method may raise `Unreadable`.

    `begins` are the commits at which a shallow clone ends: their files were not added there, it
    is only the first state that is known. `bare` repositories have no working tree.
    """

    root: Path
    git: Git
    above: str = ""
    """The workspace's folder in the repository, with `/` at its end."""
    bare: bool = False
    partial: bool = False
    begins: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    """What cannot be known or was not told; grows while the history is read."""

    @property
    def folder(self) -> Path:
        """git's own folder, which all working trees share and no repository can carry."""
        return self.root / os.fsdecode(self.git.run("rev-parse", "--git-common-dir").rstrip(b"\n"))

    def commits(
        self, since: str = "", tip: str = "HEAD"
    ) -> Iterator[tuple[Commit, tuple[FileChange, ...]]]:
        """Every commit that leads to `tip` and not to `since`, children before parents, with what
        it changed below `plans/` (of a merge: against its first parent). One pass of git, told
        while it runs; commits that change no plan come too, so that every parent is met."""
        for logged in self._log(tip, since):
            commit = logged.commit()
            if commit.day is None:
                self._report(problem("commit-undated", commit.id[:ABBREVIATED]))
            yield commit, logged.changes

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What stands behind `ids`, in their order; what is missing is left out and named, what is
        larger than 20 MB is empty and named. Asked in the log's order, git is four times as fast as
        at random or file by file."""
        return objects.blobs(self.git, ids, self._report, self.partial)

    def contents(self) -> Contents:
        """The same for who asks again and again: one git answers until it is closed."""
        return Contents(self.git, self._report, self.partial)

    def resolve(self, words: str) -> str:
        """The full id of a revision, or of the last commit of the main line up to a day."""
        return revisions.resolve(self.git, words)

    def moment(self, words: str) -> Moment:
        """The commit that a revision or a day means, and the day: that one, or the commit's."""
        revision = self.resolve(words)
        return Moment(revision, revisions.day_meant(words) or self.day_of(revision))

    def day_of(self, revision: str) -> date | None:
        """The day (UTC) at which a commit was made, as its committer claimed it."""
        return revisions.committed(self.git, self._id(revision))

    def fork(self, one: str, other: str) -> str:
        """The last commit (its full id) that two revisions have in common; "" if there is none
        that is known."""
        found, _ = self.git.ask("merge-base", self._id(one), self._id(other))
        return (found or b"").decode("ascii", "replace").strip()

    def files(self, revision: str) -> Mapping[str, Entry]:
        """The files below `plans/` at a revision, by their path in the workspace."""
        return objects.files(self.git, self._id(revision), self.above, "plans")

    def same(self, files: Mapping[str, str], revision: str) -> set[str]:
        """Those of `files` (by path in the workspace a commit's full id) that hold at their
        commit what they hold at `revision`."""
        return objects.same(self.git, self.above, files, self._id(revision))

    def check_out(self, revision: str, into: Path) -> None:
        """Write `plans/` of a revision, and what reading it needs, into the empty folder `into`."""
        below = ("plans", "site", objects.MODULES)
        found = objects.files(self.git, self._id(revision), self.above, *below)
        objects.write(self.git, found, into, self._report, self.partial)

    def last_changes(self) -> Mapping[str, Commit]:
        """The commit that last changed what a file holds, for every file at HEAD, renames
        followed; in a shallow clone only for those changed since it begins."""
        tip = self._id("HEAD")
        held = {path: entry.blob for path, entry in self.files(tip).items()}
        # a file that moved and changed at once is changed: only mere moves need be known
        return last_changes(self._log(tip, alike="100%"), tip, held, self.begins)

    def _log(self, tip: str, since: str = "", alike: str = "50%") -> Iterator[Logged]:
        wanted = [self._id(tip), *(f"^{self._id(words)}" for words in (since,) if words)]
        # to compare contents, a partial clone would have to fetch them
        return log(self.git, wanted, self.above, "100%" if self.partial else alike)

    def _id(self, words: str) -> str:
        return words if revisions.FULL.fullmatch(words) else self.resolve(words)

    def _report(self, found: Problem) -> None:
        if found not in self.problems:
            self.problems.append(found)


def open_repository(root: Path) -> Repository | None:
    """The history of the workspace `root`; None where there is none, at it or above.

    Raises `Unreadable` where there is one that git does not tell.
    """
    if not _is_there(root):
        return None
    git, names = Git(root).guarded()
    bare, shallow, above = git.run("rev-parse", "--is-bare-repository", "--is-shallow-repository", "--show-prefix").split(b"\n", 2)  # fmt: skip
    begins = _begins(git, root) if shallow == b"true" else ()
    partial = any(name == "extensions.partialclone" or name.endswith(".promisor") for name in names)
    prefix = above.removesuffix(b"\n").decode("utf-8", ESCAPED)
    found = Repository(root, git, prefix, bare == b"true", partial, frozenset(begins))
    if begins:
        found.problems.append(problem("history-shallow", _latest(git, begins)))
    if partial:
        found.problems.append(problem("history-partial", ""))
    return found


def _is_there(root: Path) -> bool:
    """Whether `root` is, holds or lies below a repository, well or not."""
    if beside_git(root):  # as nearly always; what is wrong with it git itself will say
        return True
    try:
        import git
    except ImportError:  # GitPython asks for the program when it is imported
        return False
    try:
        git.Repo(root, search_parent_directories=True).close()
    except Exception:  # settings it cannot read, a format it does not know
        return False
    return True


def beside_git(root: Path) -> bool:
    """Whether `root` or a folder above it seems to hold a repository."""
    here = root.absolute()
    return any((folder / ".git").exists() for folder in (here, *here.parents))


def _begins(git: Git, root: Path) -> tuple[str, ...]:
    path = root / os.fsdecode(git.run("rev-parse", "--git-path", "shallow").rstrip(b"\n"))
    try:
        lines = path.read_text("ascii", "replace").split()
    except OSError as error:
        raise Unreadable(f"shallow: {error.strerror}") from None
    return tuple(line for line in lines if revisions.FULL.fullmatch(line))


def _latest(git: Git, commits: Iterable[str]) -> str:
    """The latest day of these commits: from it on, all is known."""
    said = git.run("log", "--no-walk", "--stdin", "--format=%ct", said="\n".join(commits).encode())
    days = [made for line in said.split() if (made := day(line))]
    return max(days).isoformat() if days else ""
