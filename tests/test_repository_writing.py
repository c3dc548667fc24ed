"""A repository written in one go: the commits, their authors and times are those that were given."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwerk.repository import NewCommit, Unreadable, create_repository
from test_history import git

ONE = NewCommit(1, "Maren Brandt", "brandt@example.org", 1_760_000_000, "plans: begin\n\nWhy.\n", {"plans/a/account.md": b"one\n", 'plans/a/"odd" \\ name': b"\0\xff"})  # fmt: skip
TWO = NewCommit(2, "Jörg <x>\n", "j@example.org", 1_760_000_100, "a: moved", {"plans/a/account.md": None, "plans/b/account.md": b"one\n"}, (1,), "+0200")  # fmt: skip
SIDE = NewCommit(3, "Ada", "ada@example.org", 1_760_000_050, "a: more", {"plans/a/tasks.md": b"t\n"}, (1,))  # fmt: skip
MERGE = NewCommit(4, "Maren Brandt", "brandt@example.org", 1_760_000_200, "Merge pull request #7 from side\n\nMore", {"plans/a/tasks.md": b"t\n"}, (2, 3))  # fmt: skip


def test_commits_and_merges_are_written_as_given(tmp_path: Path) -> None:
    tip = create_repository(tmp_path / "new", [ONE, TWO, SIDE, MERGE])
    root = tmp_path / "new"
    assert git(root, "rev-parse", "HEAD") == tip
    assert git(root, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert git(root, "status", "--porcelain") == ""
    said = git(root, "log", "--topo-order", "--format=%an|%ae|%cn|%at|%ad|%s", "--date=raw")
    assert said.splitlines() == [
        "Maren Brandt|brandt@example.org|Maren Brandt|1760000200|1760000200 +0000|Merge pull request #7 from side",
        "Ada|ada@example.org|Ada|1760000050|1760000050 +0000|a: more",
        "Jörg x|j@example.org|Jörg x|1760000100|1760000100 +0200|a: moved",
        "Maren Brandt|brandt@example.org|Maren Brandt|1760000000|1760000000 +0000|plans: begin",
    ]
    assert len(git(root, "rev-parse", "HEAD^@").split()) == 2
    assert (root / 'plans/a/"odd" \\ name').read_bytes() == b"\0\xff"
    assert not (root / "plans/a/account.md").exists()
    assert (root / "plans/b/account.md").read_bytes() == b"one\n"


def test_the_same_commits_have_the_same_ids(tmp_path: Path) -> None:
    ids = {create_repository(tmp_path / name, [ONE, TWO]) for name in ("x", "y")}
    assert len(ids) == 1
    assert create_repository(tmp_path / "z", [ONE]) not in ids


def test_two_beginnings_are_two_roots(tmp_path: Path) -> None:
    other = NewCommit(2, "A", "a@b", 1_760_000_000, "another beginning", {"plans/x": b"x"})
    create_repository(tmp_path / "new", [ONE, other])
    assert git(tmp_path / "new", "ls-files") == "plans/x"


def test_a_repository_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    tip = create_repository(tmp_path, [ONE])
    with pytest.raises(FileExistsError):
        create_repository(tmp_path, [TWO])
    assert git(tmp_path, "rev-parse", "HEAD") == tip


def test_what_git_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="git-unreadable") as refused:
        create_repository(tmp_path, [TWO])
    assert "mark :1" in refused.value.problems[0].facts["found"]
