"""The last change of every file: who made what it holds now, whatever happened on the way."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from histories import Past, opened, raw, text

FILE = "plans/a/account.md"


@pytest.fixture
def past(tmp_path: Path) -> Past:
    past = Past(tmp_path / "r")
    past.commit("begin", {FILE: text("a"), "plans/a/tasks.md": text("t"), "README.md": "r"})
    return past


def lasts(past: Past) -> dict[str, str]:
    """The subject of each file's last change."""
    return {path: commit.subject for path, commit in past.opened().last_changes().items()}


def side(past: Past) -> None:
    raw(past.top, "checkout", "-q", "-b", "side")


def main(past: Past) -> None:
    raw(past.top, "checkout", "-q", "main")


def test_every_file_at_head_and_no_other_has_its_last_change(past: Past) -> None:
    past.commit("tasks", {"plans/a/tasks.md": text("u"), "plans/gone.md": "x"})
    past.commit("gone", {"plans/gone.md": None, "README.md": "again"})
    assert lasts(past) == {FILE: "begin", "plans/a/tasks.md": "tasks"}


def test_moved_folders_keep_the_dates_of_their_files(past: Past) -> None:
    past.commit("target", {FILE: text("b")})
    (past.root / "plans/a").rename(past.root / "plans/b")
    past.commit("b: renamed")
    assert lasts(past) == {"plans/b/account.md": "target", "plans/b/tasks.md": "begin"}
    (past.root / "plans/b").rename(past.root / "plans/c")
    past.commit("c: renamed", {"plans/c/tasks.md": text("t") + "one line more\n"})
    assert lasts(past) == {"plans/c/account.md": "target", "plans/c/tasks.md": "c: renamed"}


def test_files_that_change_places_are_not_mixed_up(past: Past) -> None:
    past.commit("tasks", {"plans/a/tasks.md": text("new tasks")})
    one, two, three = (past.root / "plans/a" / n for n in ("account.md", "tasks.md", "x"))
    for old, new in ((one, three), (two, one), (three, two)):
        old.rename(new)
    past.record("add", "-A")
    raw(past.top, "-c", "diff.breakRewrites=true", "status")
    past.commit("swapped")
    # git sees two rewritten files, and so do we: nothing is claimed that git does not say
    assert lasts(past) == {FILE: "swapped", "plans/a/tasks.md": "swapped"}


def test_a_merged_change_is_told_with_the_commit_that_made_it(past: Past) -> None:
    side(past)
    past.commit("side", {FILE: text("side")})
    main(past)
    past.commit("main", {"plans/a/tasks.md": text("main")})
    past.record("merge", "-q", "--no-ff", "side", "-m", "merge")
    assert lasts(past) == {FILE: "side", "plans/a/tasks.md": "main"}


def test_a_resolved_conflict_is_the_merges_own(past: Past) -> None:
    side(past)
    past.commit("side", {FILE: text("side")})
    main(past)
    past.commit("main", {FILE: text("main")})
    with pytest.raises(subprocess.CalledProcessError):
        past.record("merge", "-q", "--no-ff", "side", "-m", "merge")
    past.commit("merge", {FILE: text("both")})
    assert len(raw(past.top, "rev-parse", "HEAD^@").split()) == 2
    assert lasts(past)[FILE] == "merge"


def test_what_a_merge_slips_in_is_the_merges_own(past: Past) -> None:
    side(past)
    past.commit("side", {FILE: text("side")})
    main(past)
    past.record("merge", "-q", "--no-ff", "--no-commit", "side")
    past.commit("evil", {FILE: text("evil"), "plans/new.md": "new", "plans/a/tasks.md": text("more")})  # fmt: skip
    assert lasts(past) == {FILE: "evil", "plans/new.md": "evil", "plans/a/tasks.md": "evil"}


def test_a_merge_that_takes_ours_or_theirs_keeps_who_wrote_it(past: Past) -> None:
    side(past)
    past.commit("side", {FILE: text("side")})
    main(past)
    past.commit("main", {FILE: text("main")})
    past.record("merge", "-q", "-s", "ours", "side", "-m", "ours")
    assert lasts(past)[FILE] == "main"
    side_tip = raw(past.top, "rev-parse", "side").decode().strip()
    with pytest.raises(subprocess.CalledProcessError):
        raw(past.top, "checkout", "-q", "-b", "theirs", "HEAD^1")
        past.record("merge", "-q", side_tip, "-m", "theirs")
    past.commit("theirs", {FILE: text("side")})
    assert lasts(past)[FILE] == "side"


def test_reverts_are_changes_of_their_own(past: Past) -> None:
    past.commit("wrong", {FILE: text("wrong")})
    past.record("revert", "--no-edit", "HEAD")
    assert lasts(past)[FILE] == 'Revert "wrong"'


def test_an_octopus_gives_each_file_to_its_line(past: Past) -> None:
    for name in ("x", "y", "z"):
        raw(past.top, "checkout", "-q", "-b", name, "main")
        past.commit(name, {f"plans/{name}/account.md": text(name)})
    main(past)
    past.record("merge", "-q", "--no-ff", "x", "y", "z", "-m", "three at once")
    assert lasts(past) == {FILE: "begin", "plans/a/tasks.md": "begin"} | {
        f"plans/{name}/account.md": name for name in ("x", "y", "z")
    }


def test_a_change_through_two_merges_is_still_its_authors(past: Past) -> None:
    side(past)
    raw(past.top, "checkout", "-q", "-b", "deep")
    past.commit("deep", {FILE: text("deep")})
    raw(past.top, "checkout", "-q", "side")
    past.commit("side", {"plans/s.md": text("s")})
    past.record("merge", "-q", "--no-ff", "deep", "-m", "inner")
    main(past)
    past.commit("main", {"plans/m.md": text("m")})
    past.record("merge", "-q", "--no-ff", "side", "-m", "outer")
    assert lasts(past) == {
        FILE: "deep", "plans/a/tasks.md": "begin", "plans/s.md": "side", "plans/m.md": "main",
    }  # fmt: skip


def test_an_edit_beside_a_move_is_found_or_the_merges(past: Past) -> None:
    side(past)
    past.commit("edit", {FILE: text("a") + "more\n"})
    main(past)
    (past.root / "plans/a").rename(past.root / "plans/b")
    past.commit("b: renamed")
    past.record("merge", "-q", "--no-ff", "side", "-m", "merge")
    assert lasts(past) == {"plans/b/account.md": "merge", "plans/b/tasks.md": "begin"}


def test_a_move_beside_an_edit_is_followed(past: Past) -> None:
    side(past)
    (past.root / "plans/a").rename(past.root / "plans/b")
    past.commit("b: renamed")
    main(past)
    past.commit("edit", {FILE: text("a") + "more\n"})
    past.record("merge", "-q", "--no-ff", "side", "-m", "merge")
    assert lasts(past) == {"plans/b/account.md": "edit", "plans/b/tasks.md": "begin"}


def test_a_shallow_clone_says_where_it_begins_and_claims_nothing_older(past: Past, tmp_path: Path) -> None:  # fmt: skip
    past.commit("two", {"plans/a/tasks.md": text("2")})
    past.commit("three", {"plans/x.md": text("3")})
    raw(tmp_path, "clone", "-q", "--depth=2", f"file://{past.top}", "shallow")
    found = opened(tmp_path / "shallow")
    assert {p: c.subject for p, c in found.last_changes().items()} == {"plans/x.md": "three"}
    assert [(p.rule, p.facts["found"]) for p in found.problems] == [("history-shallow", "2026-09-23")]  # fmt: skip
    (begin,) = found.begins
    assert [c.id for c, _ in found.commits()][-1] == begin


def test_a_partial_clone_fetches_nothing_and_says_what_it_cannot_know(past: Past, tmp_path: Path) -> None:  # fmt: skip
    (past.root / "plans/a").rename(past.root / "plans/b")
    past.commit("b: renamed", {"plans/b/account.md": text("a") + "more\n"})
    raw(past.top, "config", "uploadpack.allowFilter", "true")
    raw(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", f"file://{past.top}", "partial")
    found = opened(tmp_path / "partial")
    assert {p: c.subject for p, c in found.last_changes().items()} == {
        "plans/b/account.md": "b: renamed", "plans/b/tasks.md": "begin",
    }  # fmt: skip
    ids = [entry.blob for entry in found.files("HEAD").values()]
    assert list(found.blobs(ids)) == []
    assert [p.rule for p in found.problems] == ["history-partial", *["version-missing"] * 2]
    assert {p.facts["found"] for p in found.problems[1:]} == set(ids)


def test_dates_agree_with_one_log_per_file(past: Past) -> None:
    """On a straight line git's own answer for each file is the same."""
    for number in range(12):
        past.commit(f"c{number}", {f"plans/a/{number % 5}.md": text(str(number)), FILE: text(str(number // 4))})  # fmt: skip
    found = lasts(past)
    assert len(found) == 7
    for path, subject in found.items():
        alone = raw(past.top, "log", "-1", "--format=%s", "--", path)
        assert alone.decode().strip() == subject
