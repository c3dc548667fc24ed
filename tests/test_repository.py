"""Any state of the plans, by revision or by day; nothing a repository brings along is run."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from hashlib import sha1
from pathlib import Path

import pytest

from histories import Past, opened, raw, text
from planwerk.problems import Refusal
from planwerk.read import read
from planwerk.repository import Entry, Unreadable, Watch, open_repository, standing

FILE = "plans/a/account.md"


@pytest.fixture
def past(tmp_path: Path) -> Past:
    past = Past(tmp_path / "r")
    past.commit("begin", {FILE: text("a"), "plans/a/tasks.md": text("t"), "README.md": "r"})
    return past


def refused(past: Past, words: str) -> tuple[str, dict[str, str], int]:
    """How a revision is refused: rule, facts, exit code."""
    with pytest.raises(Refusal) as refusal:
        past.opened().resolve(words)
    (found,) = refusal.value.problems
    return found.rule, dict(found.facts), refusal.value.code


def test_what_names_a_commit_gives_its_full_id(past: Past) -> None:
    first, second = past.head(), past.commit("two", {FILE: "2"})
    past.record("tag", "-a", "v1", "-m", "one", first)
    raw(past.top, "branch", "feature/x", first)
    found = past.opened()
    names = ["HEAD", "main", second, second[:8], "HEAD~1", "v1", "feature/x", "refs/tags/v1", "HEAD^", "@"]  # fmt: skip
    meant = [second, second, second, second, first, first, first, first, first, second]
    assert [found.resolve(name) for name in names] == meant
    assert found.day_of("v1") == date(2026, 9, 22)


def test_a_day_is_the_last_commit_of_the_main_line_up_to_it(past: Past) -> None:
    first = past.head()  # 22 September
    raw(past.top, "checkout", "-q", "-b", "side")
    past.commit("side", {FILE: text("side")})  # 23
    raw(past.top, "checkout", "-q", "main")
    main = past.commit("main", {"plans/x": "x"})  # 24
    merge = past.record("merge", "-q", "--no-ff", "side", "-m", "merge")  # 25
    found = past.opened()
    days = {"2026-09-22": first, "2026-09-23": first, "24.9.2026": main, "25.09.2026": merge, "2030-01-01": merge}  # fmt: skip
    assert {day: found.resolve(day) for day in days} == days
    assert refused(past, "2026-09-21") == ("day-before-history", {"found": "2026-09-21", "first": "2026-09-22"}, 2)  # fmt: skip
    assert refused(past, "2026-02-30")[0] == "no-such-day"


def test_a_day_is_that_of_the_committer_and_impossible_ones_are_passed_over(past: Past) -> None:
    first = past.head()
    past.literally(committer=b"C <c@d> 99999999999999999 +0000")
    late = past.literally(author=b"A <a@b> 1 +0000", committer=b"C <c@d> 1800000000 +1400")
    found = past.opened()
    assert [found.resolve(day) for day in ("2026-12-01", "2027-01-15")] == [first, late]
    assert [found.day_of(revision) for revision in (late, "HEAD^")] == [date(2027, 1, 15), None]


@pytest.mark.parametrize("words", ["--output=x", "-F", "$(touch x)", "", " ", "a\nb", "HEAD@{1}", "main@{yesterday}", ":/begin", "HEAD:plans", "HEAD^{tree}", "main..HEAD", "^main", "f" * 40, "0" * 40, "nope", "--", "\x00", "v*"])  # fmt: skip
def test_what_names_no_revision_is_refused(past: Past, words: str) -> None:
    for name in ("--output=x", "-F"):
        (past.top / ".git/refs/tags" / name).write_text(past.head() + "\n")
    rule, facts, code = refused(past, words)
    assert (rule, facts["found"], code) == ("revision-unknown", words.strip(), 2)
    assert not (past.top / "x").exists()


def test_the_nearest_name_is_proposed(past: Past) -> None:
    raw(past.top, "tag", "review-2026-h1")
    assert refused(past, "review-2026-h2")[1]["nearest"] == "review-2026-h1"
    assert refused(past, "zzz")[1]["nearest"] == "HEAD"


def test_an_id_that_fits_several_commits_is_refused_with_them(past: Past) -> None:
    tree = raw(past.top, "rev-parse", "HEAD^{tree}").decode().strip()
    known: dict[str, bytes] = {}
    for number in range(5000):
        words = (
            f"tree {tree}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\n{number}\n".encode()
        )
        short = sha1(b"commit %d\0%s" % (len(words), words)).hexdigest()[:4]
        if short in known:
            break
        known[short] = words
    for twin in (words, known[short]):
        raw(past.top, "hash-object", "-t", "commit", "-w", "--stdin", said=twin)
    rule, facts, code = refused(past, short)
    assert (rule, code) == ("revision-ambiguous", 2)
    assert {name[:4] for name in facts["meant"].split(", ")} == {short}
    assert facts["meant"].count(", ") >= 1


def test_a_tag_and_a_branch_of_one_name_are_refused_with_both(past: Past) -> None:
    raw(past.top, "branch", "both")
    past.commit("two")
    raw(past.top, "tag", "both")
    raw(past.top, "config", "core.warnAmbiguousRefs", "false")
    assert refused(past, "both") == ("revision-ambiguous", {"found": "both", "meant": "refs/heads/both, refs/tags/both"}, 2)  # fmt: skip


@pytest.mark.parametrize("name", ["2026-09-22", "22.9.2026"])
def test_a_branch_called_like_a_day_is_not_guessed(past: Past, name: str) -> None:
    assert past.opened().resolve(name)
    raw(past.top, "branch", name)
    assert refused(past, name)[0] == "revision-or-day"
    assert past.opened().resolve(f"refs/heads/{name}") == past.head()


def test_before_the_first_commit_there_is_no_revision(tmp_path: Path) -> None:
    past = Past(tmp_path / "r")
    assert refused(past, "HEAD")[0] == "revision-unknown"
    assert refused(past, "2026-09-22")[0] == "revision-unknown"
    with pytest.raises(Refusal):
        list(past.opened().commits())


@pytest.mark.parametrize("below", ["", "sales/emea"])
def test_the_files_of_a_revision_are_those_below_the_workspace(tmp_path: Path, below: str) -> None:
    past = Past(tmp_path / "r", below)
    first = past.commit("begin", {FILE: "a", "plans/ä \n.md": "b", "README.md": "r"})
    past.commit("gone", {FILE: None})
    found = past.opened().files(first)
    assert set(found) == {FILE, "plans/ä \n.md"}
    blob = raw(past.root, "rev-parse", f"{first}:./{FILE}").decode().strip()
    assert found[FILE] == Entry(blob, "100644")
    assert set(past.opened().files("HEAD")) == {"plans/ä \n.md"}


def test_versions_come_in_their_order_however_many(past: Past) -> None:
    past.commit("many", {f"plans/x/{number}.md": f"{number}\n" * 2000 for number in range(300)})
    found = past.opened()
    entries = found.files("HEAD")
    ids = [entry.blob for path, entry in entries.items() if path.startswith("plans/x/")]
    wanted = ids * 40  # more than any pipe holds
    contents = found.blobs(wanted)
    assert [name for name, _ in contents] == wanted
    assert dict(found.blobs(ids))[entries["plans/x/7.md"].blob] == b"7\n" * 2000
    next(found.blobs(wanted))  # and nobody waits for the rest


def test_a_version_that_is_missing_or_too_large_is_named(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    past.commit("large", {"plans/large.csv": b"x" * 1001, "plans/fits.csv": b"y" * 1000})
    monkeypatch.setattr("planwerk.repository.contents.LARGEST", 1000)
    found = past.opened()
    large, fits = (found.files("HEAD")[f"plans/{name}.csv"].blob for name in ("large", "fits"))
    asked = [large, "1" * 40, "--batch-all-objects", fits]
    assert list(found.blobs(asked)) == [(large, b""), (fits, b"y" * 1000)]
    assert [(p.rule, p.facts["found"]) for p in found.problems] == [("version-too-large", large), ("version-missing", "1" * 40)]  # fmt: skip


def test_a_revision_is_written_without_a_touch_on_what_is_there(past: Past, tmp_path: Path) -> None:
    first = past.head()
    past.commit("two", {FILE: "two", "plans/a/tasks.md": None})
    (past.root / FILE).write_text("not committed")
    (past.root / "plans/new.md").write_text("not committed")
    before = [raw(past.top, "status", "--porcelain"), (past.top / ".git/index").read_bytes()]
    into = tmp_path / "into"
    into.mkdir()
    past.opened().check_out(first, into)
    assert {str(p.relative_to(into)) for p in into.rglob("*") if p.is_file()} == {FILE, "plans/a/tasks.md"}  # fmt: skip
    assert (into / FILE).read_text() == text("a")
    assert [raw(past.top, "status", "--porcelain"), (past.top / ".git/index").read_bytes()] == before  # fmt: skip


def test_links_and_submodules_of_a_revision_are_refused_as_always(past: Past, tmp_path: Path) -> None:  # fmt: skip
    (past.root / "plans/a/client.md").symlink_to("/etc/passwd")
    (past.root / "plans/linked").symlink_to(tmp_path)
    past.commit("links", {".gitmodules": '[submodule "s"]\n\tpath = plans/sub\n\turl = x\n', "plans/workspace.yml": "format: 1\n"})  # fmt: skip
    raw(past.top, "update-index", "--add", "--cacheinfo", f"160000,{past.head()},plans/sub")
    past.record("commit", "-q", "-m", "sub")
    into = tmp_path / "into"
    into.mkdir()
    past.opened().check_out("HEAD", into)
    assert (into / "plans/a/client.md").is_symlink()
    assert (into / "plans/sub").is_dir()
    rules = {(p.rule, str(p.place.path)) for p in read(into).problems}
    assert {("symlink", "plans/a/client.md"), ("symlink", "plans/linked")} <= rules
    assert ("submodule", "plans/sub") in rules


def tree(past: Past, entries: bytes) -> str:
    made = raw(past.top, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", said=entries)
    return made.decode().strip()


def test_nothing_is_written_outside_the_folder(past: Past, tmp_path: Path) -> None:
    blob = raw(past.top, "hash-object", "-w", "--stdin", said=b"evil")[:40].decode()
    target = raw(past.top, "hash-object", "-w", "--stdin", said=str(tmp_path / "out").encode())[:40].decode()  # fmt: skip
    b, t = bytes.fromhex(blob), bytes.fromhex(target)
    evil = bytes.fromhex(tree(past, b"100644 evil\0" + b))
    plans = tree(past, b"40000 ..\0" + evil + b"40000 .git\0" + evil + b"40000 .GIT\0" + evil
                 + b"120000 a\0" + t + b"40000 a\0" + evil + b"100644 fine\0" + b)  # fmt: skip
    top = tree(past, b"40000 plans\0" + bytes.fromhex(plans))
    made = raw(past.top, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", said=f"tree {top}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nx\n".encode())  # fmt: skip
    (tmp_path / "out").mkdir()
    into = tmp_path / "deep/into"
    into.mkdir(parents=True)
    found = past.opened()
    found.check_out(made.decode().strip(), into)
    written = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.name in ("evil", "fine")}  # fmt: skip
    assert written == {"deep/into/plans/fine", "deep/into/plans/a/evil"}
    assert not (into / "plans/a").is_symlink()
    assert {(p.rule, p.facts["found"]) for p in found.problems} == {
        ("version-not-written", f"plans/{name}") for name in ("../evil", ".git/evil", ".GIT/evil", "a")
    }  # fmt: skip


def test_a_bare_repository_can_be_written_out(past: Past, tmp_path: Path) -> None:
    raw(tmp_path, "clone", "-q", "--bare", str(past.top), "bare")
    into = tmp_path / "into"
    into.mkdir()
    opened(tmp_path / "bare").check_out("HEAD", into)
    assert (into / FILE).read_text() == text("a")
    assert standing(tmp_path / "bare").commit == past.head()[:10]


PROGRAMS = {
    "core.fsmonitor": "{}", "core.hooksPath": "{hooks}", "core.pager": "{}", "pager.log": "{}", "core.editor": "{}",
    "core.sshCommand": "{}", "core.askPass": "{}", "core.gitProxy": "{}", "core.alternateRefsCommand": "{}",
    "diff.external": "{}", "diff.evil.textconv": "{}", "diff.evil.command": "{}", "merge.evil.driver": "{}",
    "filter.evil.clean": "{}", "filter.evil.smudge": "{}", "filter.evil.process": "{}", "filter.a=b.c.clean": "{}",
    "gpg.program": "{}", "gpg.ssh.program": "{}", "gpg.x509.program": "{}", "gpg.ssh.defaultKeyCommand": "{}",
    "credential.helper": "!{}", "alias.log": "!{}", "log.showSignature": "true", "include.path": "{included}",
    "interactive.diffFilter": "{}", "remote.origin.uploadpack": "{}", "core.attributesFile": "{attributes}",
}  # fmt: skip


def hostile(past: Past, tmp_path: Path) -> Path:
    """A repository whose settings name programs wherever git would run one; gives their mark."""
    mark, program, hooks = tmp_path / "MARK", tmp_path / "program", tmp_path / "hooks"
    program.write_text(f"#!/bin/sh\necho $0 >> {mark}\ncat\n")
    program.chmod(0o755)
    hooks.mkdir()
    for hook in ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"):  # fmt: skip
        (hooks / hook).symlink_to(program)
    included, attributes = tmp_path / "included", tmp_path / "attributes"
    included.write_text(f'[filter "included"]\n\tclean = {program}\n\trequired = true\n')
    attributes.write_text("* filter=evil diff=evil\n")
    past.commit("attributes", {".gitattributes": "*.md filter=evil diff=evil\n*.csv filter=included\n*.yml filter=a=b.c\n", "plans/x.csv": "a\n", "plans/workspace.yml": "a\n"})  # fmt: skip
    signature = b"gpgsig -----BEGIN SSH SIGNATURE-----\n x\n -----END SSH SIGNATURE-----\n"
    past.literally(more=signature)
    for name, value in PROGRAMS.items():
        value = value.replace("{included}", str(included)).replace("{hooks}", str(hooks))
        value = value.replace("{attributes}", str(attributes)).replace("{}", str(program))
        raw(past.top, "config", name, value)
    for name in (FILE, "plans/x.csv", "plans/workspace.yml"):  # same size: git must look inside
        path = past.root / name
        path.write_bytes(path.read_bytes().replace(b"a", b"b"))
        os.utime(path, (1, 1))
    return mark


def test_no_program_of_a_repository_is_ever_run(past: Past, tmp_path: Path) -> None:
    mark = hostile(past, tmp_path)
    into = tmp_path / "into"
    into.mkdir()
    found = past.opened()
    assert len(list(found.commits())) == 3
    assert found.last_changes()
    found.check_out(found.resolve("HEAD"), into)
    assert dict(found.blobs(e.blob for e in found.files("HEAD").values()))
    assert found.day_of("HEAD")
    assert standing(past.root).changed == {"a", "x.csv", "workspace.yml"}
    assert not mark.exists(), mark.read_text()


@pytest.mark.parametrize("words", [("status",), ("log", "-p", "--ext-diff")])
def test_the_hostile_repository_is_hostile(past: Past, tmp_path: Path, words: tuple[str, ...]) -> None:  # fmt: skip
    mark = hostile(past, tmp_path)
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *words], cwd=past.top, env=env, capture_output=True)
    assert mark.exists()


def broken_settings(past: Past) -> None:
    (past.top / ".git/config").write_text("[broken\n")


def broken_head(past: Past) -> None:
    (past.top / ".git/HEAD").write_text("rubbish")


def unknown_format(past: Past) -> None:
    raw(past.top, "config", "core.repositoryformatversion", "9")


def no_bytes(past: Past) -> None:
    (past.top / ".git/config").write_bytes(b"\xff\xfe[core\x00")


@pytest.mark.parametrize("damage", [broken_settings, broken_head, unknown_format, no_bytes])
def test_a_repository_that_git_cannot_read_is_named(past: Past, damage: object) -> None:
    damage(past)  # type: ignore[operator]
    with pytest.raises(Unreadable) as refused:
        open_repository(past.root)
    assert [p.rule for p in refused.value.problems] == ["git-unreadable"]
    assert standing(past.root).unreadable


def test_somebody_elses_repository_and_a_missing_program_are_named(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(Unreadable) as refused:
        open_repository(past.root)
    assert "dubious ownership" in refused.value.reason
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(Unreadable) as refused:
        open_repository(past.root)
    assert refused.value.reason.startswith("git")


def test_what_a_merge_slips_in_counts_for_the_standing(past: Past) -> None:
    raw(past.top, "checkout", "-q", "-b", "side")
    past.commit("side", {"plans/b/account.md": "b"})
    raw(past.top, "checkout", "-q", "main")
    past.record("merge", "-q", "--no-ff", "--no-commit", "side")
    evil = past.commit("evil", {FILE: "evil"})
    found = standing(past.root)
    assert (found.of("a"), found.commit) == (evil[:10], evil[:10])
    assert found.of("b") != evil[:10]


def test_another_commit_is_noticed_without_starting_git(tmp_path: Path) -> None:
    past = Past(tmp_path / "repo")
    assert Watch(tmp_path).now() is None
    past.commit("first", {"plans/a.md": "a"})
    watch, beside = Watch(past.root), tmp_path / "beside"
    seen = [watch.now()]
    assert watch.now() == seen[0]

    def moved(watch: Watch = watch) -> bool:
        seen.append(watch.now())
        return seen[-1] != seen[-2]

    past.commit("second", {"plans/a.md": "b"})
    assert moved()
    raw(past.top, "pack-refs", "--all")
    moved()
    past.commit("third", {"plans/a.md": "c"})
    assert moved()
    raw(past.top, "checkout", "-q", "--detach", "HEAD~1")
    assert moved()
    raw(past.top, "worktree", "add", "-q", "-b", "other", str(beside))
    there = Watch(beside)
    seen.append(there.now())
    raw(beside, "reset", "-q", "--hard", "HEAD~1")
    assert moved(there)
    assert not moved(there)
