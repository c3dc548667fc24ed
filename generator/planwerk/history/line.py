"""The main line of a history, what came in from the side, and whose files each step touched.

The main line follows first parents: it is what the plans looked like, one state after another.
A branch is told where it came in. An account whose folder was renamed keeps its history: its
steps lie under the name it bears at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from planwerk.model.history import Commit

HOUSE = ""
"""The name under which the history of what all accounts have in common lies."""
SHARED = ("personas", "industries")
ACCOUNT_FILE = "account.md"


class File(NamedTuple):
    """A file of one account before and after a commit, by its name below the account's folder
    (of the house: below plans/) and the id of its content; "" where it is not there."""

    old: str
    new: str
    new_blob: str
    old_blob: str


class Revision(NamedTuple):
    """A commit and the files it changed against its first parent, by their paths."""

    commit: Commit
    files: tuple[File, ...]


class Move(NamedTuple):
    """A step of the main line, and the commits of the branches that came in with it."""

    revision: Revision
    side: tuple[Revision, ...] = ()


@dataclass(slots=True)
class Stage:
    """What one move means for one account: its files, and those of the commits from the side.

    `renamed` is the account's former and new name where this move renamed it.
    """

    commit: Commit
    files: list[File] = field(default_factory=list)
    side: list[tuple[Commit, list[File]]] = field(default_factory=list)
    renamed: tuple[str, str] | None = None


def main_line(revisions: Iterable[Revision]) -> list[Move]:
    """The moves of the main line, oldest first; `revisions` are all that are reachable, children
    before their parents, the newest first."""
    known = {revision.commit.id: (n, revision) for n, revision in enumerate(revisions)}
    line: list[Revision] = []
    here = next(iter(known), "")
    while here in known:
        line.append(known[here][1])
        parents = known[here][1].commit.parents
        here = parents[0] if parents else ""
    seen: set[str] = set()
    moves = []
    for revision in reversed(line):
        seen.add(revision.commit.id)
        found = _beside(revision.commit.parents[1:], known, seen)
        moves.append(Move(revision, tuple(known[name][1] for name in found)))
    return moves


def _beside(
    tips: Iterable[str], known: Mapping[str, tuple[int, Revision]], seen: set[str]
) -> list[str]:
    """The commits that come in with `tips`, oldest first; they are `seen` from now on."""
    waiting, found = list(tips), []
    while waiting:
        name = waiting.pop()
        if name in known and name not in seen:
            seen.add(name)
            found.append(name)
            waiting += known[name][1].commit.parents
    return sorted(found, key=lambda name: -known[name][0])


def by_account(moves: list[Move]) -> dict[str, list[Stage]]:
    """The stages of each account, oldest first, under the name it bears at the end."""
    called: dict[str, str] = {}
    found: dict[str, list[Stage]] = {}
    for move in reversed(moves):
        after = dict(called)
        renamed = _renamed(move.revision.files)
        for old, new in renamed.items():
            called[old] = called.pop(new, new)
            # an older account of that name is another one
            called[new] = f"{new}@{move.revision.commit.id[:7]}"
        for name, stage in _stages(move, after, called, renamed).items():
            found.setdefault(name, []).append(stage)
    return {name: stages[::-1] for name, stages in found.items()}


def _stages(
    move: Move, after: Mapping[str, str], before: Mapping[str, str], renamed: Mapping[str, str]
) -> dict[str, Stage]:
    """What one move means for each account; names of folders are as before and after it."""
    commit = move.revision.commit
    stages: dict[str, Stage] = {}
    for name, file in _sorted_out(move.revision.files, before, after):
        stages.setdefault(name, Stage(commit)).files.append(file)
    for old, new in renamed.items():
        name = after.get(new, new)
        stages.setdefault(name, Stage(commit)).renamed = (old, new)
    if stages:
        both = {**before, **after}
        for revision in move.side:
            files: dict[str, list[File]] = {}
            for name, file in _sorted_out(revision.files, both, both):
                files.setdefault(name, []).append(file)
            for name, own in files.items():
                if name in stages:
                    stages[name].side.append((revision.commit, own))
    return stages


def _sorted_out(
    files: Iterable[File], before: Mapping[str, str], after: Mapping[str, str]
) -> Iterable[tuple[str, File]]:
    """Each file with the account it belongs to; one that changed hands went and came."""
    for file in files:
        giver, old = _owner(file.old, before)
        taker, new = _owner(file.new, after)
        if not old and not new:
            continue
        if not old or not new or giver == taker:
            yield (giver if old else taker), File(old, new, file.new_blob, file.old_blob)
        else:
            yield giver, File(old, "", "", file.old_blob)
            yield taker, File("", new, file.new_blob, "")


def _owner(path: str, called: Mapping[str, str]) -> tuple[str, str]:
    """The account a path belongs to and the rest of it; ("", "") for what is no plan."""
    parts = path.split("/")
    if len(parts) < 2 or parts[0] != "plans" or any(part.startswith(".") for part in parts):
        return HOUSE, ""
    if len(parts) == 2 or parts[1] in SHARED:
        return HOUSE, "/".join(parts[1:])
    return called.get(parts[1], parts[1]), "/".join(parts[2:])


def _renamed(files: Iterable[File]) -> dict[str, str]:
    """The accounts whose folder got another name, old to new: the old one's account.md is gone,
    the new one's has come, and git sees files that went from one to the other."""
    gone, come, went = set(), set(), Counter[tuple[str, str]]()
    for file in files:
        old, new = file.old.split("/"), file.new.split("/")
        same = old == new
        if len(old) == 3 and old[2] == ACCOUNT_FILE and not same:
            gone.add(old[1])
        if len(new) == 3 and new[2] == ACCOUNT_FILE and not same:
            come.add(new[1])
        if len(old) > 2 and len(new) > 2 and old[1] != new[1]:
            went[old[1], new[1]] += 1
    found: dict[str, str] = {}
    for (old_name, new_name), _ in went.most_common():
        if old_name in gone and new_name in come and old_name not in found:
            found[old_name] = new_name
            come.discard(new_name)
    return found
