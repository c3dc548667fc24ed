"""Small repositories with odd pasts, told commit by commit."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from planwerk.repository import Repository, open_repository

SECONDS = 1_790_000_000
"""2026-09-21 in UTC; every commit of a `Past` is a day later than the one before."""
DAY = 86_400


def raw(root: Path, *words: str, said: bytes = b"", **env: str) -> bytes:
    """What git says, with nothing but the repository's own settings."""
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    done = subprocess.run(["git", *words], cwd=root, env={**os.environ, **quiet, **env}, input=said, capture_output=True, check=True)  # fmt: skip
    return done.stdout


class Past:
    """A repository that grows: every method gives the id of the commit it made."""

    def __init__(self, root: Path, below: str = "") -> None:
        self.top, self.root, self.made = root, root / below, 0
        self.root.mkdir(parents=True, exist_ok=True)
        raw(root, "init", "-q", "-b", "main")

    def commit(self, message: str, files: Mapping[str, str | bytes | None] | None = None, author: str = "Test <t@example.org>") -> str:  # fmt: skip
        """Write (None: remove) files below the workspace and commit all."""
        for name, content in (files or {}).items():
            path = self.root / name
            if content is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        raw(self.top, "add", "-A")
        return self.record("commit", "-q", "--allow-empty", "-m", message, "--author", author)

    def record(self, *words: str) -> str:
        """Run what makes a commit, a day later than the last one."""
        self.made += 1
        when = f"{SECONDS + self.made * DAY} +0000"
        who = {"GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "t@example.org"}
        raw(self.top, *words, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when, GIT_AUTHOR_NAME="Test", GIT_AUTHOR_EMAIL="t@example.org", **who)  # fmt: skip
        return self.head()

    def head(self) -> str:
        return raw(self.top, "rev-parse", "HEAD").decode().strip()

    def literally(self, author: bytes = b"A <a@b> 1790000000 +0000", message: bytes = b"odd\n", committer: bytes = b"C <c@d> 1790000000 +0000", more: bytes = b"", branch: str = "HEAD") -> str:  # fmt: skip
        """A commit of what is in the index, in bytes that git itself would not write."""
        tree = raw(self.top, "write-tree").strip()
        parent = raw(self.top, "rev-parse", "HEAD").strip()
        words = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n%s\n%s" % (tree, parent, author, committer, more, message)  # fmt: skip
        made = raw(self.top, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", said=words)  # fmt: skip
        raw(self.top, "update-ref", branch, made.decode().strip())
        return made.decode().strip()

    def opened(self) -> Repository:
        return opened(self.root)


def opened(root: Path) -> Repository:
    """The repository of a workspace that has one."""
    found = open_repository(root)
    assert found
    return found


def text(words: str, lines: int = 30) -> str:
    """A file long enough for git to know it again after a move."""
    return "".join(f"{words} line {number}\n" for number in range(lines))
