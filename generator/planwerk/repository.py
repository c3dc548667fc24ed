"""The only module that touches git: which commit the plans are at, and whether they changed.

git is asked in a neutral environment with its programmable parts switched off: a cloned
repository's configuration must not run anything here. No value from outside is ever an option.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a workspace stands in its history; all None outside git or before the first commit."""

    commit: str | None = None
    day: date | None = None
    changed: bool = False


def standing(root: Path) -> Standing:
    """The last commit that touched `plans/`, its day (UTC), and whether files differ from it."""
    import git

    try:
        repo = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return Standing()
    with repo:
        try:
            line = _git(repo, root, "log", "-1", "--format=%H %ct", "--", "plans")
            dirty = _git(repo, root, "status", "--porcelain", "--", "plans")
        except git.GitCommandError:
            return Standing()
    if not line.strip():
        return Standing(changed=bool(dirty.strip()))
    commit, _, seconds = line.partition(" ")
    day = datetime.fromtimestamp(int(seconds), tz=timezone.utc).date()  # noqa: UP017
    return Standing(commit, day, bool(dirty.strip()))


def _git(repo: Any, root: Path, *words: str) -> str:
    options = [part for setting in SWITCHED_OFF for part in ("-c", setting)]
    command = ["git", *options, "-C", str(root), *words]
    return str(repo.git.execute(command, env={**SAFE, "PATH": os.environ.get("PATH", "")}))
