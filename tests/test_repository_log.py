"""The log of the plans: every commit with its true parents, readable whatever its bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from histories import Past, opened, raw, text
from planwerk.model.history import Commit
from planwerk.repository import FileChange, Unreadable, open_repository
from planwerk.repository.log import parse
from planwerk.repository.text import message, readable


@pytest.fixture
def past(tmp_path: Path) -> Past:
    past = Past(tmp_path / "r")
    past.commit("plans: begin", {"plans/a/account.md": text("a"), "plans/a/tasks.md": text("t")})
    return past


def log(past: Past, **words: str) -> list[tuple[Commit, tuple[FileChange, ...]]]:
    return list(past.opened().commits(**words))


def test_a_commit_is_told_as_git_holds_it(past: Past) -> None:
    first = past.head()
    made = past.commit(
        "a: the target is 42\nand stays\n\nThe client asked.\n\nTwice.\n\nReviewed-by: Ada\n  Byron <ada@x>\nRefs: 12\n",
        {"plans/a/account.md": text("b")}, "Jörg Müller <j@example.org>",
    )  # fmt: skip
    (commit, changes), (begin, added) = log(past)
    assert commit == Commit(
        made, (first,), date(2026, 9, 23), "Jörg Müller", "j@example.org",
        "a: the target is 42 and stays", "The client asked.\n\nTwice.",
        (("Reviewed-by", "Ada Byron <ada@x>"), ("Refs", "12")),
    )  # fmt: skip
    blobs = [raw(past.top, "rev-parse", f"{at}:plans/a/account.md").decode().strip() for at in (first, made)]  # fmt: skip
    assert changes == (
        FileChange("plans/a/account.md", "plans/a/account.md", *blobs, "100644", "100644"),
    )
    assert (begin.parents, begin.subject, begin.body) == ((), "plans: begin", "")
    assert added[0] == FileChange("", "plans/a/account.md", "", blobs[0], "", "100644")


@pytest.mark.parametrize("below", ["", "sales/emea"])
def test_only_the_workspaces_plans_are_told_but_every_commit_comes(tmp_path: Path, below: str) -> None:  # fmt: skip
    past = Past(tmp_path / "r", below)
    past.commit("begin", {"plans/a/account.md": "a"})
    (past.top / "plans").mkdir(exist_ok=True)
    (past.top / "README.md").write_text("not a plan")
    past.commit("readme")
    last = past.commit("a", {"plans/a/account.md": None})
    found = log(past)
    assert [commit.subject for commit, _ in found] == ["a", "readme", "begin"]
    assert found[0][0].parents == (found[1][0].id,)
    assert [[(c.old, c.new) for c in changes] for _, changes in found] == [
        [("plans/a/account.md", "")], [], [("", "plans/a/account.md")],
    ]  # fmt: skip
    assert found[0][0].id == last


def test_since_and_tip_bound_the_log(past: Past) -> None:
    first = past.head()
    second = past.commit("two", {"plans/a/account.md": "2"})
    past.commit("three", {"plans/a/account.md": "3"})
    assert [c.subject for c, _ in log(past, since=first)] == ["three", "two"]
    assert [c.subject for c, _ in log(past, since=first, tip=second)] == ["two"]
    assert log(past, since=past.head()) == []


def test_merges_keep_their_parents_and_differ_from_the_first(past: Past) -> None:
    base = past.head()
    raw(past.top, "checkout", "-q", "-b", "side")
    side = past.commit("side", {"plans/a/tasks.md": text("side")})
    raw(past.top, "checkout", "-q", "main")
    main = past.commit("main", {"plans/a/account.md": text("main")})
    merge = past.record("merge", "-q", "--no-ff", "side", "-m", "Merge pull request #12 from x/side\n\nWhy")  # fmt: skip
    empty = past.record("merge", "-q", "--no-ff", "-s", "ours", "-m", "nothing", raw(past.top, "commit-tree", f"{side}^{{tree}}", "-p", side, "-m", "x", GIT_AUTHOR_NAME="x", GIT_AUTHOR_EMAIL="x", GIT_COMMITTER_NAME="x", GIT_COMMITTER_EMAIL="x").decode().strip())  # fmt: skip
    found = {commit.id: (commit, changes) for commit, changes in log(past)}
    assert found[merge][0].parents == (main, side)
    assert found[merge][0].pull_request == "12"
    assert [c.new for c in found[merge][1]] == ["plans/a/tasks.md"]
    assert found[side][0].parents == (base,)
    assert found[empty][1] == ()
    assert len(found[empty][0].parents) == 2


def test_an_octopus_has_all_its_parents(past: Past) -> None:
    for name in ("x", "y", "z"):
        raw(past.top, "checkout", "-q", "-b", name, "main")
        past.commit(name, {f"plans/{name}/account.md": text(name)})
    raw(past.top, "checkout", "-q", "main")
    past.record("merge", "-q", "--no-ff", "x", "y", "z", "-m", "three at once")
    commit, changes = log(past)[0]
    assert len(commit.parents) == 4
    assert [c.new for c in changes] == [f"plans/{n}/account.md" for n in ("x", "y", "z")]


def test_renames_and_links_are_told(past: Past) -> None:
    (past.root / "plans/a").rename(past.root / "plans/b")
    (past.root / "plans/link").symlink_to("/etc/passwd")
    past.commit("moved")
    changes = {(c.old, c.new): c for c in log(past)[0][1]}
    assert {key: c.kind for key, c in changes.items()} == {
        ("plans/a/account.md", "plans/b/account.md"): "file",
        ("plans/a/tasks.md", "plans/b/tasks.md"): "file",
        ("", "plans/link"): "symlink",
    }


def test_a_submodule_is_named_as_one(past: Past) -> None:
    raw(past.top, "update-index", "--add", "--cacheinfo", f"160000,{past.head()},plans/sub")
    past.record("commit", "-q", "-m", "sub")
    assert [(c.new, c.kind) for c in log(past)[0][1]] == [("plans/sub", "submodule")]


ODD = {
    "latin-1": (b"M\xfcller <m@b>", "M\ufffdller"),
    "script": (b"<script>x</script> <m@b>", None),
    "escape": (b"\x1b[31mred <m@b>", "\u241b[31mred"),
    "turned": ("a\u202eb <m@b>".encode(), "a\ufffdb"),
    "empty": (b" <>", ""),
    "nothing": (b"", ""),
}


@pytest.mark.parametrize("name", ODD)
def test_authors_of_any_bytes_are_readable(past: Past, name: str) -> None:
    who, shown = ODD[name]
    made = past.literally(author=who + b" 1790000000 +0000")
    commit, _ = log(past)[0]
    assert (commit.id, commit.subject) == (made, "odd")
    assert "\x1b" not in commit.author + commit.email
    (commit.author + commit.email).encode("utf-8")
    if shown is not None:
        assert commit.author == shown


@pytest.mark.parametrize("more", [b"", b"encoding UTF-7\n", b"encoding nonsense\n", b"encoding UTF-16\n"])  # fmt: skip
@pytest.mark.parametrize(
    "words", [b"a\0b\n\nforged\0" + b"f" * 40, b"+AAA-" + b"f" * 40 + b"+AAA-x+AAA-", b"", b"\xff\xfe", b"\n\n\n"]
)  # fmt: skip
def test_no_message_can_forge_a_commit(past: Past, more: bytes, words: bytes) -> None:
    first = past.head()
    (past.root / "plans/a/tasks.md").write_text("changed")
    raw(past.top, "add", "-A")
    made = past.literally(message=words, more=more, author=b"A\0B <a@b> 1790000000 +0000")
    last = past.commit("after", {"plans/a/account.md": "x"})
    found = log(past)
    assert [commit.id for commit, _ in found] == [last, made, first]
    assert [len(changes) for _, changes in found] == [1, 1, 2]


def test_latin_1_that_says_so_is_read_as_such(past: Past) -> None:
    past.literally(author=b"M\xfcller <m@b> 1790000000 +0000", more=b"encoding ISO-8859-1\n", message=b"gr\xfc\xdfe\n")  # fmt: skip
    commit, _ = log(past)[0]
    assert (commit.author, commit.subject) == ("Müller", "grüße")


def test_mailmaps_change_no_name(past: Past) -> None:
    past.commit("map", {".mailmap": "Somebody Else <s@e> Test <t@example.org>\n"})
    raw(past.top, "config", "mailmap.file", ".mailmap")
    raw(past.top, "config", "log.mailmap", "true")
    assert {commit.author for commit, _ in log(past)} == {"Test"}


@pytest.mark.parametrize(
    "when", ["99999999999999999 +0000", "9" * 5000 + " +0000", "-5000000000 +0000", "", "x", "7289650000 +0000"]
)  # fmt: skip
def test_dates_beyond_any_calendar_are_named_and_the_run_goes_on(past: Past, when: str) -> None:
    made = past.literally(author=f"A <a@b> {when}".encode())
    last = past.commit("after")
    repository = past.opened()
    found = [commit for commit, _ in repository.commits()]
    assert [commit.id for commit in found][:2] == [last, made]
    assert [commit.day is None for commit in found] == [False, True, False]
    assert [(p.rule, p.facts["found"]) for p in repository.problems] == [("commit-undated", made[:10])]  # fmt: skip


def test_the_last_days_a_calendar_knows_are_days(past: Past) -> None:
    past.literally(author=b"A <a@b> 7258118399 +0000")
    assert log(past)[0][0].day == date(2199, 12, 31)


def test_replaced_and_grafted_commits_are_what_they_were(past: Past) -> None:
    first = past.head()
    second = past.commit("true", {"plans/a/account.md": "true"})
    false = past.literally(message=b"false\n", author=b"False <f@f> 1790000000 +0000", branch="refs/x")  # fmt: skip
    raw(past.top, "replace", second, false)
    (past.top / ".git/info").mkdir(exist_ok=True)
    (past.top / ".git/info/grafts").write_text(f"{second}\n")
    assert raw(past.top, "log", "-1", "--format=%s").strip() == b"false"  # git itself believes it
    assert [(c.id, c.subject) for c, _ in log(past)] == [(second, "true"), (first, "plans: begin")]


def test_settings_that_change_what_git_says_change_nothing(past: Past) -> None:
    (past.root / "plans/a/account.md").rename(past.root / "plans/a/client ä.md")
    past.commit("moved")
    before = log(past)
    for name, value in {
        "diff.renames": "copies", "diff.renameLimit": "1", "diff.relative": "true", "diff.noprefix": "true",
        "core.quotePath": "true", "core.abbrev": "7", "log.showRoot": "false", "log.showSignature": "true",
        "log.follow": "true", "log.diffMerges": "separate", "log.date": "relative", "log.decorate": "full",
        "color.ui": "always", "i18n.logOutputEncoding": "UTF-16", "format.pretty": "fuller", "diff.orderFile": "/x",
        "diff.ignoreSubmodules": "all", "log.abbrevCommit": "true", "diff.wordRegex": ".", "diff.suppressBlankEmpty": "true",
    }.items():  # fmt: skip
        raw(past.top, "config", name, value)
    assert log(past) == before
    assert before[0][1][0].new == "plans/a/client ä.md"


def test_variables_of_the_caller_lead_nowhere_else(past: Past, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    other = Past(tmp_path / "other")
    other.commit("other", {"plans/a": "other"})
    before = log(past)
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "/nonexistent")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'diff.renames=false'")
    assert log(past) == before


def test_what_breaks_off_is_said(past: Past) -> None:
    second = past.commit("two", {"plans/a/account.md": "2"})
    past.commit("three", {"plans/a/account.md": "3"})
    (past.top / ".git/objects" / second[:2] / second[2:]).unlink()
    with pytest.raises(Unreadable):
        log(past)


def test_the_log_is_told_while_git_writes() -> None:
    def blocks() -> object:
        yield b"1" * 40 + b"\0\0" + b"1790000000\0" * 2 + b"A\0a@b\0one\n\0\n:000000 100644 00 11 A\0plans/x\0" + b"2" * 40 + b"\0"  # fmt: skip
        raise AssertionError("it was read ahead")

    assert next(parse(blocks(), 0)).changes[0].new == "plans/x"  # type: ignore[arg-type]


def test_reading_may_end_early(past: Past) -> None:
    stream = past.opened().commits()
    next(stream)
    stream.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Merge pull request #12 from a/b", "12"), ("a: b (#7)", "7"), ("a (#7) b", ""), ("closes #7", ""),
        ("Merge branch 'x'\n\nA title\n\nSee merge request group/sub/name!34", "34"),
        ("Merge branch 'x'\n\nsay See merge request a!3 please", ""), ("Merge pull request #١٢ from a", ""),
    ],
)  # fmt: skip
def test_pull_requests_are_known_by_the_words_of_the_hosts(words: str, number: str) -> None:
    assert message(words).pull_request == number


@pytest.mark.parametrize(
    ("words", "body", "trailers"),
    [
        ("s\n\nNote: why\nand more", "Note: why\nand more", ()),
        ("s\n\nb\n\nA-b: c\nD: e\n", "b", (("A-b", "c"), ("D", "e"))),
        ("Key: value", "", ()),
        ("s\n\nhttps://x", "https://x", ()),
    ],
)
def test_trailers_are_the_last_paragraph_if_all_of_it_is(words: str, body: str, trailers: tuple[tuple[str, str], ...]) -> None:  # fmt: skip
    found = message(words)
    assert (found.body, found.trailers) == (body, trailers)


def test_words_keep_their_lines_and_lose_what_steers() -> None:
    assert readable(b"a\n\tb\x00\x7f\xc2\x85\xc2\xa0") == "a\n\tb\u2400\u2421\ufffd "


@pytest.mark.parametrize("bare", [False, True])
def test_detached_worktrees_and_bare_repositories_tell_the_same(past: Past, tmp_path: Path, bare: bool) -> None:  # fmt: skip
    past.commit("two", {"plans/a/account.md": "2"})
    before = log(past)
    raw(past.top, "checkout", "-q", "--detach")
    assert log(past) == before
    if bare:
        raw(tmp_path, "clone", "-q", "--bare", str(past.top), "other")
    else:
        raw(past.top, "worktree", "add", "-q", "--detach", str(tmp_path / "other"))
    found = opened(tmp_path / "other")
    assert (list(found.commits()), found.bare) == (before, bare)
    assert found.files("HEAD") == past.opened().files("HEAD")


def test_outside_git_there_is_no_repository(tmp_path: Path) -> None:
    assert open_repository(tmp_path) is None
