"""A new repository out of commits that are known beforehand: authors, times and files are given."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planwerk.repository.process import Git

BRANCH = "refs/heads/main"


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to write. `mark` is a number above 0 that others name it by in `parents`, which
    stand before it. `files` are what differs from the first parent: path to content, None for a
    file that is gone. `seconds` are since 1970 (UTC), `zone` like `+0200`; author and committer
    are the same."""

    mark: int
    author: str
    email: str
    seconds: int
    message: str
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    parents: tuple[int, ...] = ()
    zone: str = "+0000"


def create_repository(root: Path, commits: Iterable[NewCommit]) -> str:
    """Make `root` a repository whose branch `main` ends in the last of `commits`, with its files.

    Gives the id of that commit; the same commits give the same ids. Raises FileExistsError where
    a repository is already, and `Unreadable` if git is missing or refuses.
    """
    if (root / ".git").exists():
        raise FileExistsError(root / ".git")
    root.mkdir(parents=True, exist_ok=True)
    git = Git(root)
    git.run("init", "--quiet", "--template=", "--initial-branch=main")
    _import(git, commits)
    git.run("reset", "--quiet", "--hard")
    return git.run("rev-parse", "--verify", "HEAD").decode().strip()


def _import(git: Git, commits: Iterable[NewCommit]) -> None:
    words = ("fast-import", "--quiet", "--date-format=raw-permissive")
    with git.talk(*words, stdin=subprocess.PIPE) as process:
        assert process.stdin
        for commit in commits:
            process.stdin.writelines(_written(commit))


def _written(commit: NewCommit) -> Iterator[bytes]:
    """The commit in the words of `git fast-import`."""
    who = f"{_name(commit.author)} <{_name(commit.email)}> {commit.seconds} {commit.zone}\n"
    if not commit.parents:  # else it would follow the commit before it
        yield f"reset {BRANCH}\n".encode()
    yield f"commit {BRANCH}\nmark :{commit.mark}\n".encode()
    yield f"author {who}committer {who}".encode()
    yield _data(commit.message.encode())
    for number, parent in enumerate(commit.parents):
        yield f"{'merge' if number else 'from'} :{parent}\n".encode()
    for path, content in commit.files.items():
        name = _quoted(path)
        if content is None:
            yield b"D " + name + b"\n"
        else:
            yield b"M 100644 inline " + name + b"\n"
            yield _data(content)


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _name(words: str) -> str:
    """A name or address without the signs that end it."""
    return "".join(sign for sign in words if sign not in "<>\n\0")


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'"' + os.fsencode(escaped) + b'"'
