"""The last change of every file that exists, out of one pass over the history.

Every file looks for the commit that made what it holds, from the newest commit on: at a merge it
follows the line its content came from. The log tells a merge by what differs from its first
parent; what does not differ came from there. For the rest the other parents are asked: whoever
changed the file there last either made this very content, or the merge itself did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from planwerk.model.history import Commit
from planwerk.repository.log import FileChange, Logged


@dataclass(slots=True)
class Search:
    """A file that looks for its last change; `merge` made it if none of `open` lines did."""

    path: str
    blob: str
    merge: Logged | None = None
    open: int = 1


Searches: TypeAlias = dict[str, list[Search]]
"""What is looked for at a commit, by the path that the file has there."""


def last_changes(
    log: Iterable[Logged], tip: str, files: Mapping[str, str], begins: Collection[str] = ()
) -> dict[str, Commit]:
    """The commit that last changed each of `files` (path to blob at `tip`).

    A mere move is no change; renamed files are followed. Commits that the log `begins` with
    without being the first ones changed nothing that is known: their files are left out.
    """
    looking = Looking({tip: {path: [Search(path, blob)] for path, blob in files.items()}})
    for logged in log:
        looking.at(logged, known=logged.id not in begins)
        if len(looking.found) == len(files):
            break
    return {path: looking.found[path] for path in files if path in looking.found}


@dataclass(slots=True)
class Looking:
    """All searches under way, by the commit they wait for."""

    waiting: dict[str, Searches]
    found: dict[str, Commit] = field(default_factory=dict)
    told: dict[str, Commit] = field(default_factory=dict)

    def at(self, logged: Logged, known: bool = True) -> None:
        """Let the searches that wait for this commit end here or go on to its parents."""
        here = self.waiting.pop(logged.id, None)
        if not here:
            return
        moved: Searches = {}
        others: Searches = {}
        for change in logged.changes:
            for search in here.pop(change.new, ()):
                if search.path not in self.found:
                    self.meets(search, change, logged if known else None, moved, others)
        _add(here, moved)
        if not logged.parents:
            for searches in here.values():
                for search in searches:  # here it begins, and the file was not there
                    self.misses(search)
        for number, parent in enumerate(logged.parents):
            self.wait(parent, dict(others) if number else here)

    def meets(
        self,
        search: Search,
        change: FileChange,
        logged: Logged | None,
        moved: Searches,
        others: Searches,
    ) -> None:
        """What a change means for one that looks for this file."""
        if search.blob != change.new_blob:
            self.misses(search)
        elif change.old_blob == change.new_blob and change.old != change.new:
            moved.setdefault(change.old, []).append(search)
        elif logged and len(logged.parents) > 1:
            anew = Search(search.path, search.blob, logged, len(logged.parents) - 1)
            others.setdefault(change.new, []).append(anew)
        else:
            self.settle(search, logged)

    def misses(self, search: Search) -> None:
        """This line did not make what the file holds; if none did, it was the merge."""
        search.open -= 1
        if not search.open:
            self.settle(search, search.merge)

    def settle(self, search: Search, made: Logged | None) -> None:
        """This commit made what the file holds."""
        if made and search.path not in self.found:
            if made.id not in self.told:
                self.told[made.id] = made.commit()
            self.found[search.path] = self.told[made.id]

    def wait(self, at: str, what: Searches) -> None:
        """Let the searches go on at a commit, beside those that wait there already."""
        there = self.waiting.get(at)
        if not there:
            self.waiting[at] = what
            return
        more, less = (there, what) if len(there) > len(what) else (what, there)
        _add(more, less)
        self.waiting[at] = more


def _add(there: Searches, what: Searches) -> None:
    for path, searches in what.items():
        there[path] = [*there.get(path, ()), *searches]
