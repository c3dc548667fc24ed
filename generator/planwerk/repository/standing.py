"""Which commit the plans are at, and whether they changed since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from planwerk.problems import Problem
from planwerk.repository.log import day, split
from planwerk.repository.opened import ABBREVIATED, Repository, open_repository
from planwerk.repository.process import Unreadable, problem

WORKSPACE = "workspace.yml"
SITE = "site/"
"""The part that the house's own pages count as: beside `plans/`, and no account is called so."""
COMMIT = re.compile(r"\n?\x01([0-9a-f]{40,64}) (-?[0-9]*)")
"""The head of a commit in the log; a path never begins like this."""
PASS = (
    "log", "--format=%x01%H %ct", "--name-only", "--no-renames", "--diff-merges=combined", "-z",
)  # fmt: skip
"""The commits whose work the plans still hold; of a merge, what differs from all its parents."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a workspace stands in its history; empty outside git or before the first commit."""

    commit: str = ""
    day: date | None = None
    """The day (UTC) of the last commit that touched the plans."""
    commits: Mapping[str, str] = field(default_factory=dict)
    """The last commit by first part below `plans/`: an account's folder, or a file there."""
    changed: frozenset[str] = frozenset()
    """Those first parts that differ from the last commit, untracked files included; `SITE` where
    one of the house's own pages does."""
    files: Mapping[str, str] = field(default_factory=dict)
    """By file below `plans/` the newest commit (its full id) that names it in the log."""
    unclean: frozenset[str] = frozenset()
    """The files that differ from the last commit."""
    problems: tuple[Problem, ...] = ()
    """What of the history cannot be read."""
    unreadable: bool = False
    """Whether there is a history that git does not tell: then all counts as not committed."""
    repository: Repository | None = None
    """The history itself, opened; None where there is none, or none that git tells."""

    def of(self, account: str) -> str:
        """The last commit that touched the account or the workspace file."""
        parts = (account, WORKSPACE)
        return next((c for part, c in self.commits.items() if part in parts), "")

    def draft(self, account: str) -> bool:
        """Whether the account, the workspace file or a page of the house's own holds what is not
        committed."""
        return self.unreadable or not self.changed.isdisjoint((account, WORKSPACE, SITE))


def standing(root: Path, revision: str = "") -> Standing:
    """The standing of `root/plans`, in one pass over the history; with `revision` (a full id)
    as it was there, when nothing was changed that was not committed."""
    try:
        repository = open_repository(root)
        if repository is None:
            return Standing()
        unclean = frozenset() if repository.bare or revision else _changed(repository)
    except Unreadable as error:
        return Standing(problems=error.problems, unreadable=True)
    changed = frozenset(map(_part, unclean))
    try:
        log = repository.git.stream(*PASS, revision or "HEAD", "--", "plans")
        found = _read(log, repository.above)
        return replace(found, repository=repository, changed=changed, unclean=unclean)
    except Unreadable:  # before the first commit
        return Standing(changed=changed)


def _changed(repository: Repository) -> frozenset[str]:
    said = repository.git.run(
        "status", "--porcelain", "-z", "-uall", "--no-renames", "--ignore-submodules=dirty", "--", "plans", SITE,
    )  # fmt: skip
    return frozenset(line[3:].removeprefix(repository.above) for line in split([said]) if line)


def _read(log: Iterable[bytes], above: str) -> Standing:
    """The standing that a log tells; the day is that of the newest commit that has one."""
    newest, commit, last = "", "", None
    commits: dict[str, str] = {}
    files: dict[str, str] = {}
    whole = ""
    undated = []
    for part in split(log):
        if head := COMMIT.fullmatch(part):
            whole, commit = head[1], head[1][:ABBREVIATED]
            newest = newest or commit
            if last is None and (last := day(head[2])) is None:
                undated.append(problem("commit-undated", commit))
        elif name := part.removeprefix("\n"):
            below = name.removeprefix(above)
            files.setdefault(below, whole)
            commits.setdefault(_part(below), commit)
    return Standing(newest, last, commits, files=files, problems=tuple(undated))


def _part(below: str) -> str:
    """The first part below `plans/` of a file's name in the workspace."""
    return SITE if below.startswith(SITE) else below.removeprefix("plans/").split("/")[0]
