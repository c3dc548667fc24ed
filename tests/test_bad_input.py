"""Attacks and mistakes that take more than one file: time and memory, folders, builds, history.

Which row each belongs to says `test_attacks.py`.
"""

from __future__ import annotations

import html
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import leaks
import test_office
from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk import read as reading
from planwerk.build import Options, build
from planwerk.problems import Refusal
from planwerk.read import read
from planwerk.repository import standing
from test_attacks import ACC, LOG, PLN, front
from test_history import commit, git


def test_a_second_key_names_the_first(workspace: Write) -> None:
    problems = read(workspace({ACC: front("name: B\n")})).problems
    assert [p.facts["first"] for p in problems if p.rule == "duplicate-key"] == ["2"]


# --- what is worth a process: time, memory, the exit code ----------------------------------------


class Done(NamedTuple):
    """What a command left: its code, what it said, its seconds of computing and its MiB."""

    code: int
    said: str
    seconds: float
    memory: int


def command(root: Path, *words: str, **more: str) -> Done:
    """Run the real command and measure it."""
    said = root / "said.txt"
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8", **more}
    with said.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "planwerk", "--lang", "en", *words],
            cwd=root, env=surroundings, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    words_ = said.read_text("utf-8", "replace")
    said.unlink()
    assert "Traceback" not in words_, words_
    return Done(child.returncode, words_, used.ru_utime + used.ru_stime, used.ru_maxrss >> 10)


BOMBS: dict[str, tuple[str, str | bytes, str]] = {
    "8 brackets": (ACC, front("a: " + "[" * 100_000 + "\n"), "braces"),
    "8 nested": (ACC, "---\n" + "\n".join("  " * i + "a:" for i in range(1000)) + "\n---\n", "nested-too-deep"),
    "9 keys": (ACC, front("".join(f"k{i}: v\n" for i in range(60_000))), "too-many-values"),
    "9 more keys": (ACC, front("".join(f"k{i}: v\n" for i in range(200_000))), "file-too-large"),
    "9 scalar": (ACC, front("a: " + "x" * 20_000_000 + "\n"), "file-too-large"),
    "28 backticks": (ACC, ACCOUNT + "`" * 1_100_000, "file-too-large"),
    "28 runs": (ACC, ACCOUNT + "<" + "".join("`" * i + " " for i in range(600)), ""),
    "28 html": (ACC, ACCOUNT + "<b>x</b>\n\n" * 2_000, "html-in-prose"),
    "28 hints": (ACC, ACCOUNT + "<!--" * 200_000, "unclosed-comment"),
    "28 allowances": (ACC, front("# allow x until 2027-01-01: y\n" * 25_000), "allowance-unused"),
    "28 spaces": (ACC, front("# allow " + " " * 900_000 + "x\n"), "allowance-broken"),
    "secrets": (ACC, front("# " + "a-b://c:" * 100_000 + "\n"), ""),
    "table": (LOG, "date,kpi,value\n" + '"' * 900_001, "broken-table"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_neither_time_nor_memory(workspace: Write, name: str) -> None:
    file, content, rule = BOMBS[name]
    done = command(workspace({file: content}), "check", "--strict", "--format", "json")
    rules = {p["rule"] for p in json.loads(done.said)["problems"]}
    assert not rule or rule in rules, rules
    assert done.code == (1 if rules else 0)
    assert done.seconds < 2, done.seconds
    # a child counts from what its parent held when it was forked
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    assert done.memory < max(300, held + 50), done.memory


# --- files and folders ----------------------------------------------------------------------------


def test_links_are_refused_and_not_read(workspace: Write, tmp_path: Path) -> None:
    root = workspace()
    (tmp_path / "outside.md").write_text("---\nname: SECRET\n---\n", "utf-8")
    (root / "plans/nordwind/client.md").symlink_to(tmp_path / "outside.md")
    (root / "plans/nordwind/journey.md").symlink_to(tmp_path / "nothing")
    (root / "plans/other").symlink_to("/etc")
    done = command(root, "check")
    assert done.code == 1
    assert "SECRET" not in done.said
    for name in ("nordwind/client.md", "nordwind/journey.md", "other"):
        assert f"symlink  plans/{name}" in done.said


def test_another_repository_is_not_read(workspace: Write) -> None:
    root = workspace({"fremd/account.md": ACCOUNT, "fremd/.git": "gitdir: ../x\n"})
    (root / "plans/leer").mkdir()
    (root / ".gitmodules").write_text('[submodule "x"]\n\tpath = plans/leer\n', "utf-8")
    found = {(p.rule, str(p.place.path)) for p in read(root).problems}
    assert found == {("submodule", "plans/fremd"), ("submodule", "plans/leer")}


def test_names_that_some_computers_take_for_one(workspace: Write) -> None:
    root = workspace({"NORDWIND/account.md": ACCOUNT})
    clash = next(p for p in read(root).problems if p.rule == "id-clash")
    assert {clash.facts["found"], clash.facts["other"]} == {"NORDWIND", "nordwind"}


@pytest.mark.parametrize("name", ["con", "nul", "com1", "a b", "x" * 100, "ümlaut", "a."])
def test_folders_bear_ids(workspace: Write, name: str) -> None:
    root = workspace({f"{name}/account.md": ACCOUNT, f"nordwind/{name}/plan.md": PLAN})
    found = {str(p.place.path) for p in read(root).problems if p.rule == "wrong-id"}
    assert found == {f"plans/{name}", f"plans/nordwind/{name}"}


def test_a_pipe_among_the_plans_does_not_hold_the_run_up(workspace: Write) -> None:
    root = workspace()
    os.mkfifo(root / "plans/nordwind/client.md")
    done = command(root, "check")
    assert done.code == 0
    assert "unknown-file  plans/nordwind/client.md" in done.said


def test_a_file_that_may_not_be_read(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    # permissions would not do: whoever runs the tests may be allowed to read everything
    plain = reading.FileIO

    def refused(path: str) -> Any:
        if path.endswith("account.md"):
            raise PermissionError(13, "Permission denied")
        return plain(path)

    root = workspace()
    monkeypatch.setattr(reading, "FileIO", refused)
    with pytest.raises(Refusal) as stop:
        read(root)
    assert (stop.value.code, stop.value.problems[0].rule) == (6, "unreadable-file")


def test_no_plans_and_no_accounts(tmp_path: Path, workspace: Write) -> None:
    (tmp_path / "empty").mkdir()
    done = command(tmp_path / "empty", "check")
    assert (done.code, "no-workspace " in done.said) == (2, True)
    (tmp_path / "new/plans").mkdir(parents=True)
    (tmp_path / "new/plans/workspace.yml").write_text(WORKSPACE, "utf-8")
    done = command(tmp_path / "new", "check")
    assert (done.code, "no-accounts" in done.said) == (1, True)


# --- what is shown as it stands, and what never arrives -------------------------------------------

LITERAL = (
    "{{ config }}", "{% include 'x' %}", "${{ secrets.X }}", '--8<-- "/etc/passwd"', "{: onclick=alert(1) }",
    "`</title><script>alert(2)</script>`", "&lt;/title&gt;",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace full of what other generators would run, built."""
    root = tmp_path_factory.mktemp("hostile")
    text = "\n\n".join((*LITERAL, "<script>alert(3)</script>", "<img src=x onerror=alert(4)>"))
    files: dict[str, str | bytes] = {
        "workspace.yml": WORKSPACE,
        ACC: ACCOUNT + "# `</title><script>alert(6)</script>`\n",
        PLN: PLAN.replace(
            "title: Weiterempfehlung auf 40 heben",
            "title: '{{ config }} ${{ secrets.X }} {% include x %}'",
        ),
        "nordwind/client.md": f"---\nshare: client\n---\n{text}\n",
        "mkdocs.yml": "hooks:\n  - hooks.py\n",
        "hooks.py": "import pathlib; pathlib.Path('ran').touch()\n",
        "nordwind/logo.svg": "<svg onload='alert(5)'/>",
        "nordwind/photo.png": b"\x89PNG\r\n\x1a\nGPS-SECRET",
    }
    for name, content in files.items():
        path = root / "plans" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (root / "mkdocs.yml").write_text("hooks:\n  - hooks.py\n", "utf-8")
    (root / "hooks.py").write_text("import pathlib; pathlib.Path('ran').touch()\n", "utf-8")
    built = build(root, Options())
    assert not built.stopped
    ignored = {
        str(p.place.path) for p in built.problems if p.rule in ("unknown-file", "picture-unused")
    }
    assert ignored == {f"plans/{n}" for n in ("mkdocs.yml", "hooks.py", "nordwind/logo.svg", "nordwind/photo.png")}  # fmt: skip
    return root


def test_what_others_would_run_is_text(hostile: Path) -> None:
    page = (hostile / "build/clients/nordwind/index.html").parent
    pages = html.unescape("".join(p.read_text("utf-8") for p in page.rglob("*.html")))
    for words in ("{{ config }}", "{% include", "${{ secrets.X }}", "/etc/passwd", "{: onclick=alert(1) }"):  # fmt: skip
        assert words in pages
    raw = "".join(p.read_text("utf-8") for p in (hostile / "build").rglob("*.html"))
    for danger in ("<script>alert", "<img src=x", "root:x:0"):
        assert danger not in raw
    assert not list(hostile.rglob("ran"))


def test_what_others_would_run_is_text_in_office_files(hostile: Path) -> None:
    said = {".docx": "", ".pptx": ""}
    for path in (hostile / "build").rglob("*"):
        if path.suffix in said:
            said[path.suffix] += html.unescape(test_office.words(path.read_bytes()))
    for suffix in said:
        for words in ("{{ config }}", "${{ secrets.X }}", "{% include"):
            assert words in said[suffix], (suffix, words)


def test_what_is_ignored_is_nowhere_in_the_output(hostile: Path) -> None:
    assert list(leaks.found(hostile / "build", ["GPS-SECRET", "alert(5)", "hooks.py"])) == []
    assert not list((hostile / "build").rglob("photo.png"))


@pytest.mark.parametrize("out", [".", "plans", "plans/build", "/", "..", "taken.txt"])
def test_an_output_never_covers_what_is_not_ours(hostile: Path, out: str) -> None:
    (hostile / "taken.txt").write_text("mine", "utf-8")
    before = sorted(str(p) for p in hostile.rglob("*"))
    with pytest.raises(Refusal) as refusal:
        build(hostile, Options(out=Path(out), formats=("word",)))
    assert refusal.value.code == 2
    assert sorted(str(p) for p in hostile.rglob("*")) == before


@pytest.mark.parametrize("out", ["build/internal", "build/clients/nordwind", "build/clients/nordwind/new", "build/internal/accounts/x"])  # fmt: skip
def test_an_output_never_lies_in_another(hostile: Path, out: str) -> None:
    before = {str(p): p.stat().st_mtime_ns for p in hostile.rglob("*")}
    with pytest.raises(Refusal) as refusal:
        build(hostile, Options(out=Path(out), formats=("word",)))
    assert refusal.value.code == 2
    assert refusal.value.problems[0].rule in ("bad-output-folder", "foreign-files")
    assert {str(p): p.stat().st_mtime_ns for p in hostile.rglob("*")} == before


def test_an_error_leaves_the_last_output_untouched(hostile: Path) -> None:
    before = (hostile / "build/manifest.json").read_bytes()
    path = hostile / "plans/workspace.yml"
    path.write_text(WORKSPACE + "team: x\n", "utf-8")
    try:
        done = command(hostile, "build", "word")
    finally:
        path.write_text(WORKSPACE, "utf-8")
    assert done.code == 1
    assert (hostile / "build/manifest.json").read_bytes() == before


# --- history --------------------------------------------------------------------------------------


@pytest.fixture
def repository(workspace: Write) -> Path:
    """A workspace without a day of its own, committed."""
    root = workspace({"workspace.yml": WORKSPACE.replace("as_of: 2026-11-23\n", "")})
    git(root, "init", "-q", "-b", "main")
    commit(root, "plans: the first")
    return root


def test_names_of_branches_and_tags_are_never_options(repository: Path) -> None:
    for name in ("--output=x", "-F", "$(id)"):
        hexes = git(repository, "rev-parse", "HEAD")
        ref = repository / ".git/refs/heads" / name
        ref.write_text(hexes + "\n", "utf-8")
        git(repository, "symbolic-ref", "HEAD", f"refs/heads/{name}")
        assert standing(repository).commit == hexes[:10]
    assert not (repository / "x").exists()


@pytest.mark.parametrize(
    "who", ["<script>alert(1)</script> <a@b>", "\x1b[31mred <a@b>", " <>", "M\udcfcller <a@b>"]
)
def test_authors_are_whoever_they_say(repository: Path, who: str) -> None:
    made = _commit(repository, f"{who} 1764000000 +0000", f"{who} 1764000000 +0000")
    found = standing(repository)
    assert (found.commit, str(found.day)) == (made[:10], "2025-11-24")
    assert command(repository, "check").code == 0


@pytest.mark.parametrize(
    "day", ["99999999999999999 +0000", "-5000000000 +0000", "1 +9999", "", "x"]
)
def test_a_bad_date_does_not_stop_the_run(repository: Path, day: str) -> None:
    made = _commit(repository, f"A <a@b> {day}", f"A <a@b> {day}")
    found = standing(repository)
    assert found.commit == made[:10]
    assert found.day is None or found.day.year in (1970, 2026)
    done = command(repository, "check")
    assert done.code == 0
    assert ("commit-undated" in done.said) == bool(found.problems)


def _commit(root: Path, author: str, committer: str) -> str:
    """A commit that changes a plan, by whom and when git itself would refuse to write."""
    path = root / "plans" / ACC
    path.write_text(path.read_text("utf-8") + "Text\n", "utf-8")
    git(root, "add", "-A")
    tree, parent = git(root, "write-tree"), git(root, "rev-parse", "HEAD")
    words = f"tree {tree}\nparent {parent}\nauthor {author}\ncommitter {committer}\n\nplans: x\n"
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        cwd=root, input=words.encode("utf-8", "surrogateescape"), capture_output=True, check=True,
    )  # fmt: skip
    made = done.stdout.decode().strip()
    git(root, "update-ref", "HEAD", made)
    return made


def test_detached_bare_and_worktree(repository: Path, tmp_path: Path) -> None:
    head = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-q", "--detach")
    assert standing(repository).commit == head[:10]
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"), "main")
    assert standing(tmp_path / "tree").commit == head[:10]
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    done = command(tmp_path / "bare.git", "check")
    assert (done.code, "no-workspace " in done.said) == (2, True)


Break = Callable[[Path, pytest.MonkeyPatch], dict[str, str]]


def _owned_by_another(root: Path, patch: pytest.MonkeyPatch) -> dict[str, str]:
    return {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}


def _no_git(root: Path, patch: pytest.MonkeyPatch) -> dict[str, str]:
    return {"PATH": "/nonexistent"}


def _broken(root: Path, patch: pytest.MonkeyPatch) -> dict[str, str]:
    (root / ".git/HEAD").write_text("rubbish", "utf-8")
    return {}


@pytest.mark.parametrize("damage", [_owned_by_another, _no_git, _broken])
def test_a_history_that_cannot_be_read_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch, damage: Break
) -> None:
    surroundings = damage(repository, monkeypatch)
    done = command(repository, "check", **surroundings)
    assert (done.code, "git-unreadable" in done.said) == (0, True), done.said


def test_a_history_that_cannot_be_read_makes_drafts(repository: Path) -> None:
    _broken(repository, pytest.MonkeyPatch())
    assert standing(repository).draft("nordwind")


def test_without_git_and_a_repository_all_is_well(workspace: Write) -> None:
    done = command(workspace(), "check", PATH="/nonexistent")
    assert (done.code, "git-unreadable" in done.said) == (0, False)
