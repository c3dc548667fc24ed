"""The only module that touches git: which commit the plans are at, and whether they changed.

git is asked in a neutral environment with its programmable parts switched off: a cloned
repository's configuration must not run anything here. No value from outside is ever an option.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

WORKSPACE = "workspace.yml"
SAFE: Mapping[str, str] = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
SWITCHED_OFF = (
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "diff.external=",
    "protocol.allow=never", "core.quotepath=false", "gpg.program=false",
    "gpg.ssh.program=false", "gpg.x509.program=false",
)  # fmt: skip


ABBREVIATED = 10
"""Digits of a commit that people are shown; git's own abbreviation grows with the repository."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a workspace stands in its history; empty outside git or before the first commit."""

    commit: str = ""
    day: date | None = None
    """The day (UTC) of the last commit that touched the plans."""
    commits: Mapping[str, str] = field(default_factory=dict)
    """The last commit by first part below `plans/`: an account's folder, or a file there."""
    changed: frozenset[str] = frozenset()
    """Those first parts that differ from the last commit, untracked files included."""

    def of(self, account: str) -> str:
        """The last commit that touched the account or the workspace file."""
        parts = (account, WORKSPACE)
        return next((c for part, c in self.commits.items() if part in parts), "")

    def draft(self, account: str) -> bool:
        """Whether the account or the workspace file holds what is not committed."""
        return not self.changed.isdisjoint((account, WORKSPACE))


def standing(root: Path) -> Standing:
    """The standing of `root/plans`, in one pass over the history."""
    import git

    try:
        repo = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return Standing()
    with repo:
        try:
            above = _git(repo, root, "rev-parse", "--show-prefix").strip()
            status = _git(repo, root, "status", "--porcelain", "-z", "-uall", "--no-renames", "--", "plans")  # fmt: skip
            changed = frozenset(_part(line[3:], above) for line in status.split("\0") if line)
        except git.GitCommandError:
            return Standing()
        try:
            log = _git(repo, root, "log", "--format=%x01%H %ct", "--name-only", "--no-renames", "-z", "--", "plans")  # fmt: skip
        except git.GitCommandError:  # before the first commit
            return Standing(changed=changed)
    newest, day = "", None
    commits: dict[str, str] = {}
    for entry in log.split("\1")[1:]:
        head, *names = entry.replace("\n", "\0").split("\0")
        commit, _, seconds = head.partition(" ")
        if not newest:
            newest = commit[:ABBREVIATED]
            day = datetime.fromtimestamp(int(seconds), tz=timezone.utc).date()  # noqa: UP017
        for name in filter(None, names):
            commits.setdefault(_part(name, above), commit[:ABBREVIATED])
    return Standing(newest, day, commits, changed)


def _part(name: str, above: str) -> str:
    """The first part below `plans/` of a file's name in the repository."""
    return name.removeprefix(above).removeprefix("plans/").split("/")[0]


def _git(repo: Any, root: Path, *words: str) -> str:
    options = [part for setting in SWITCHED_OFF for part in ("-c", setting)]
    command = ["git", *options, "-C", str(root), *words]
    env = {**SAFE, "PATH": os.environ.get("PATH", "")}
    return str(repo.git.execute(command, env=env, strip_newline_in_stdout=False))
