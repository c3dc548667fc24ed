"""The main line: what came in from the side, whose files a step touched, and renamed accounts."""

from __future__ import annotations

from planwerk.history.line import HOUSE, File, Revision, by_account, main_line
from planwerk.model.history import Commit


def revision(name: str, parents: str = "", *files: tuple[str, str]) -> Revision:
    """A commit with parents by one-letter names; files before and after, "" for none."""
    found = tuple(File(old, new, "n" if new else "", "o" if old else "") for old, new in files)
    return Revision(Commit(name, tuple(parents)), found)


def test_the_main_line_follows_first_parents_and_keeps_what_came_in_with_each_merge() -> None:
    #  a - b ----- m - n        m: b, then the branch c - d
    #   \- c - d -/
    log = [
        revision(*r) for r in (("n", "m"), ("m", "bd"), ("d", "c"), ("c", "a"), ("b", "a"), ("a",))
    ]
    moves = main_line(log)
    told = [(m.revision.commit.id, [side.commit.id for side in m.side]) for m in moves]
    assert told == [("a", []), ("b", []), ("m", ["c", "d"]), ("n", [])]


def test_a_branch_that_comes_in_twice_is_told_once() -> None:
    log = [
        revision(*r) for r in (("n", "md"), ("m", "bc"), ("d", "c"), ("c", "a"), ("b", "a"), ("a",))
    ]
    told = [(m.revision.commit.id, [side.commit.id for side in m.side]) for m in main_line(log)]
    assert told == [("a", []), ("b", []), ("m", ["c"]), ("n", ["d"])]


def test_all_branches_of_an_octopus_come_in() -> None:
    log = [revision(*r) for r in (("m", "abc"), ("c", "a"), ("b", "a"), ("a",))]
    (_, merge) = main_line(log)
    assert {side.commit.id for side in merge.side} == {"b", "c"}


def test_what_lies_beyond_a_shallow_clone_ends_the_line() -> None:
    assert [m.revision.commit.id for m in main_line([revision("b", "a")])] == ["b"]


def test_files_are_sorted_out_by_account_and_house() -> None:
    files = (
        ("", "plans/alpha/account.md"),
        ("", "plans/alpha/2026-h1/plan.md"),
        ("", "plans/workspace.yml"),
        ("", "plans/personas/buyer.md"),
        ("", "README.md"),
        ("", "plans/.hidden/x.md"),
    )
    found = by_account(main_line([revision("a", "", *files)]))
    names = {
        name: [f.new for stage in stages for f in stage.files] for name, stages in found.items()
    }
    assert names == {
        "alpha": ["account.md", "2026-h1/plan.md"],
        HOUSE: ["workspace.yml", "personas/buyer.md"],
    }


def test_a_renamed_account_keeps_its_history_under_its_last_name() -> None:
    log = [
        revision("c", "b", ("plans/beta/account.md", "plans/beta/account.md")),
        revision("b", "a", ("plans/alpha/account.md", "plans/beta/account.md")),
        revision("a", "", ("", "plans/alpha/account.md")),
    ]
    ((name, stages),) = by_account(main_line(log)).items()
    assert name == "beta"
    assert [s.commit.id for s in stages] == ["a", "b", "c"]
    assert [s.renamed for s in stages] == [None, ("alpha", "beta"), None]
    assert stages[1].files == [File("account.md", "account.md", "n", "o")]


def test_an_account_that_takes_the_name_of_another_does_not_take_its_history() -> None:
    log = [
        revision("d", "c", ("plans/alpha/account.md", "plans/beta/account.md")),
        revision("c", "b", ("", "plans/alpha/account.md")),
        revision("b", "a", ("plans/beta/account.md", "")),
        revision("a", "", ("", "plans/beta/account.md")),
    ]
    found = by_account(main_line(log))
    assert {name: [s.commit.id for s in stages] for name, stages in found.items()} == {
        "beta": ["c", "d"],
        "beta@d": ["a", "b"],
    }


def test_a_rename_counts_even_where_git_sees_account_md_as_another_file() -> None:
    log = [
        revision(
            "b",
            "a",
            ("plans/alpha/account.md", ""),
            ("", "plans/beta/account.md"),
            ("plans/alpha/client.md", "plans/beta/client.md"),
        ),
        revision("a", "", ("", "plans/alpha/account.md"), ("", "plans/alpha/client.md")),
    ]
    assert set(by_account(main_line(log))) == {"beta"}


def test_a_file_that_changes_hands_goes_from_one_account_and_comes_to_the_other() -> None:
    log = [
        revision("b", "a", ("plans/alpha/meetings/x.md", "plans/beta/meetings/x.md")),
        revision("a", "", ("", "plans/alpha/account.md"), ("", "plans/beta/account.md")),
    ]
    found = by_account(main_line(log))
    assert found["alpha"][-1].files == [File("meetings/x.md", "", "", "o")]
    assert found["beta"][-1].files == [File("", "meetings/x.md", "n", "")]


def test_commits_from_the_side_are_told_to_the_accounts_their_merge_touched() -> None:
    log = [
        revision("m", "ab", ("plans/beta/account.md", "plans/beta/account.md")),
        revision(
            "b",
            "a",
            ("plans/beta/account.md", "plans/beta/account.md"),
            ("plans/alpha/account.md", "plans/alpha/account.md"),
        ),
        revision("a", "", ("", "plans/alpha/account.md"), ("", "plans/beta/account.md")),
    ]
    found = by_account(main_line(log))
    assert [(c.id, [f.new for f in files]) for c, files in found["beta"][-1].side] == [
        ("b", ["account.md"])
    ]
    assert [s.commit.id for s in found["alpha"]] == ["a"]
