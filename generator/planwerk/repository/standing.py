"""The only module that touches git: which commit the plans are at, and whether they changed.

git is asked in a neutral environment with its programmable parts switched off: a cloned
repository's configuration must not run anything here. No value from outside is ever an option.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from pathlib import Path, PurePosixPath
from typing import Any

from planwerk.problems import Place, Problem, Severity

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
COMMIT = re.compile(r"\n?\x01([0-9a-f]{40,64}) (-?[0-9]*)")
"""The head of a commit in the log; a path never begins like this."""
FIRST_YEAR, LAST_YEAR = 1970, 2199
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
    problems: tuple[Problem, ...] = ()
    """What of the history cannot be read."""
    unreadable: bool = False
    """Whether there is a history that git does not tell: then all counts as not committed."""

    def of(self, account: str) -> str:
        """The last commit that touched the account or the workspace file."""
        parts = (account, WORKSPACE)
        return next((c for part, c in self.commits.items() if part in parts), "")

    def draft(self, account: str) -> bool:
        """Whether the account or the workspace file holds what is not committed."""
        return self.unreadable or not self.changed.isdisjoint((account, WORKSPACE))


def standing(root: Path) -> Standing:
    """The standing of `root/plans`, in one pass over the history."""
    try:
        import git
    except ImportError:  # GitPython asks for the program when it is imported
        return _unreadable("git: command not found") if _beside_git(root) else Standing()
    try:
        repo = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return _unreadable(".git") if _beside_git(root) else Standing()
    with repo:
        try:
            above = _git(repo, root, "rev-parse", "--show-prefix").strip()
            status = _git(repo, root, "status", "--porcelain", "-z", "-uall", "--no-renames", "--", "plans")  # fmt: skip
            changed = frozenset(_part(line[3:], above) for line in status.split("\0") if line)
        except git.GitCommandError as error:
            return _unreadable(_reason(str(error.stderr)))
        try:
            log = _git(repo, root, "log", "--format=%x01%H %ct", "--name-only", "--no-renames", "-z", "--", "plans")  # fmt: skip
        except git.GitCommandError:  # before the first commit
            return Standing(changed=changed)
    return _read(log, above, changed)


def _read(log: str, above: str, changed: frozenset[str]) -> Standing:
    """The standing that a log tells; the day is that of the newest commit that has one."""
    newest, commit, day = "", "", None
    commits: dict[str, str] = {}
    undated = []
    for part in log.split("\0"):
        if head := COMMIT.fullmatch(part):
            commit = head[1][:ABBREVIATED]
            newest = newest or commit
            if day is None and (day := _day(head[2])) is None:
                undated.append(_problem("commit-undated", commit))
        elif name := part.removeprefix("\n"):
            commits.setdefault(_part(name, above), commit)
    return Standing(newest, day, commits, changed, tuple(undated))


def _day(seconds: str) -> date | None:
    """The day (UTC) of a commit; None for one that no calendar knows."""
    try:
        day = datetime.fromtimestamp(int(seconds), tz=timezone.utc).date()  # noqa: UP017
    except (ValueError, OverflowError, OSError):
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _unreadable(reason: str) -> Standing:
    return Standing(problems=(_problem("git-unreadable", reason),), unreadable=True)


def _problem(rule: str, found: str) -> Problem:
    return Problem(rule, Place(PurePosixPath("plans")), Severity.WARNING, {"found": found})


def _reason(said: str) -> str:
    """The first thing git said, without its quotation marks."""
    words = said.partition("fatal:")[2] or said
    return words.strip().split("\n")[0].strip("' ")


def _beside_git(root: Path) -> bool:
    """Whether `root` or a folder above it holds a repository, well or not."""
    here = root.absolute()
    return any((folder / ".git").exists() for folder in (here, *here.parents))


def _part(name: str, above: str) -> str:
    """The first part below `plans/` of a file's name in the repository."""
    return name.removeprefix(above).removeprefix("plans/").split("/")[0]


def _git(repo: Any, root: Path, *words: str) -> str:
    options = [part for setting in SWITCHED_OFF for part in ("-c", setting)]
    command = ["git", *options, "-C", str(root), *words]
    env = {**SAFE, "PATH": os.environ.get("PATH", "")}
    return str(repo.git.execute(command, env=env, strip_newline_in_stdout=False))
