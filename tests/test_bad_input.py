"""Attacks and mistakes, numbered as the list of expected answers: each gets its rule and its place."""

from __future__ import annotations

import html
import json
import os
import resource
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import leaks
from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk import read as reading
from planwerk.build import Options, build
from planwerk.checks import check
from planwerk.problems import Refusal
from planwerk.read import read
from planwerk.repository import standing
from test_history import commit, git

ACC, PLN, LOG = "nordwind/account.md", "nordwind/2026-h2/plan.md", "nordwind/measurements.csv"


def front(words: str) -> str:
    """An account whose details end with these lines."""
    return ACCOUNT.removesuffix("---\n") + words + "---\n"


def kpi(target: str) -> str:
    """A plan with that target."""
    return PLAN.replace("target: 40", f"target: {target}")


LAUGHS = "a: &a x\n" + "".join(f"b{i}: &b{i}\n  - *a\n  - *a\n" for i in range(9))
MERGE = "a: &a\n  b: c\n" + "<<: *a\n" * 22
NFD = unicodedata.normalize("NFD", "größe")
ANSWERS: list[tuple[str, str, str | bytes, str, str]] = [
    ("1", ACC, front(LAUGHS), "yaml-anchor", "5:4"),
    ("2", ACC, front(MERGE), "yaml-anchor", "5:4"),
    ("2", ACC, front("<<: b\n"), "yaml-anchor", "5:1"),
    ("3", ACC, front("a: &a\n  - *a\n"), "yaml-anchor", "5:4"),
    *(("4", ACC, front(f"a: {tag} b\n"), "yaml-tag", "5:4") for tag in ("!!python/object/apply:os.system", "!!binary", "!!set", "!foo")),
    *(("5", ACC, f"---\n{line}\n# x\n---\n", "yaml-directive", "2:1") for line in ("%YAML 1.1", "%TAG ! x")),
    ("6", "workspace.yml", f"{WORKSPACE}---\na: b\n", "second-document", "25:1"),
    ("7", ACC, front("name: B\n"), "duplicate-key", "5:1"),
    ("7", ACC, front(f"größe: 1\n{NFD}: 2\n"), "duplicate-key", "6:1"),
    ("10", ACC, front("? [a]\n: b\n"), "key-not-a-word", "5:3"),
    ("10", ACC, front("{a: b}: c\n"), "key-not-a-word", "5:1"),
    ("11", ACC, front("\ta: b\n"), "tab-indentation", "5:1"),
    ("11", ACC, front("parent: 'x\n"), "broken-yaml", "5:9"),
    ("11", ACC, "name: A\n", "missing-front-matter", "1:1"),
    ("11", ACC, "---\nname: A\n", "unclosed-front-matter", "1:1"),
    *(("12", ACC, front(f"parent_name: a{sign}b\n"), "forbidden-character", "5:15") for sign in ("\0", "\v", "\x85", "\u2028", "\u202e", "\u2066", "\ufffe", "\U000e0041")),
    *(("12", ACC, front(f'parent_name: "{sign}"\n'), "forbidden-character", "5:14") for sign in (r"\0", r"\x07", r"\N", r"\u202e", r"a\rb", r"\L")),
    ("12", ACC, front('parent_name: "a\\ud800"\n'), "forbidden-character", "5:16"),
    ("12", ACC, front('"na\\x07me": x\n'), "forbidden-character", "5:1"),
    ("12", LOG, "date,kpi,value\n2026-07-01,nps,\x0731\n", "forbidden-character", "2:16"),
    ("12", ACC, ACCOUNT.replace("Nordwind", "Nord\u200bwind"), "invisible-character", "2:11"),
    ("13", ACC, b"---\nname: M\xfcller\n---\n", "not-utf8", "2:8"),
    ("13", ACC, ACCOUNT.encode("utf-16"), "not-utf8", "1:1"),
    ("13", ACC, b"\x89PNG\r\n\x1a\n\0", "not-utf8", "1:1"),
    ("13", LOG, b"date,kpi,value\n2026-07-01,nps,\x8131\n", "not-utf8", "2:16"),
    ("14", ACC, "", "empty-file", "1:1"),
    ("14", ACC, "---\n---\n", "missing-key", "2:1"),
    ("14", ACC, "nur Text\n", "missing-front-matter", "1:1"),
    ("14", LOG, "\n\n", "empty-file", "1:1"),
    ("15", PLN, PLAN.replace("2026-12-31", "2026-02-30"), "no-such-day", "3:5"),
    ("15", PLN, PLAN.replace("2026-12-31", "9999-12-31"), "unlikely-day", "3:5"),
    *(("15", PLN, kpi(number), "wrong-number", "13:13") for number in ("1e999999", "9" * 5000, ".nan", ".inf", "٣", "0x10", "1_000")),
    *(("15", PLN, kpi(number), "ambiguous-number", "13:13") for number in ("180.000", "12,600")),
    ("16", PLN, PLAN.replace("owner: brandt", "shrae: client"), "unknown-key", "9:5"),
    ("16", PLN, PLAN.replace("owner: brandt", "owner: brandt\n    share: clinet"), "unknown-audience", "10:12"),
    ("17", "nordwind/2026-h2/risks.md", "---\nrisks:\n  - id: a\n    reason: budget\n    probability: 3\n    severity: 4\n    share: client\n---\n", "never-shared", "7:5"),
    *(("21", ACC, f"{ACCOUNT}{tag}\n", "html-in-prose", "6:1") for tag in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src=//x>", "<svg onload=alert(1)>", "<style>*{}</style>", "<meta http-equiv=refresh>", "<form action=//x>")),
    *(("22", ACC, f"{ACCOUNT}[a]({link})\n", "unsafe-link", "6:4") for link in ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:alert(1)", "javascript&NewLine;:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd", "//host/share", "\\\\\\\\host\\share", "&#106;avascript:x")),
    ("23", ACC, ACCOUNT.replace("Nordwind AG", "</title><script>alert(1)</script>"), "angle-bracket-in-title", "2:7"),
    ("26", ACC, ACCOUNT.replace("Nordwind AG", "!include /etc/passwd"), "yaml-tag", "2:7"),
    ("26", ACC, f"{ACCOUNT}![x](../../secret.png)\n", "picture-in-prose", "6:1"),
    ("28", ACC, f"{ACCOUNT}{'[' * 20_000}\n", "prose-too-large", "6:1"),
    ("28", ACC, f"{ACCOUNT}{'![' * 20_000}\n", "prose-too-large", "6:1"),
    ("28", ACC, f"{ACCOUNT}{'|a' * 30_000}\n", "prose-too-large", "6:1"),
    ("28", ACC, ACCOUNT + "\n".join("  " * n + "- x" for n in range(300)) + "\n", "nested-too-deep", "15:1"),
    ("29", ACC, f"{ACCOUNT}{'>' * 30} tief\n", "nested-too-deep", "6:1"),
    ("31", ACC, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "lfs-pointer", "1:1"),
    ("31", LOG, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "lfs-pointer", "1:1"),
    *(("32", ACC, front(f"parent: {name}\n"), "wrong-id", "5:9") for name in ("../../x", "a/b", "A", "x" * 300, "-a", "1a", "a b")),
    *(("34", ACC, front(f"{key}: x\n"), "unknown-key", "5:1") for key in ("template", "hide", "icon", "search")),
    ("69", ACC, f"{ACCOUNT}Passwort: Hunter2x!\n", "secret-in-plan", "6:11"),
    ("", ACC, f"{ACCOUNT}Text <!-- offen\n", "unclosed-comment", "6:6"),
    *(("", "workspace.yml", f"currency: {words}\n{WORKSPACE}", "wrong-currency", "1:11") for words in ("Euro", "eur", "€", "EURO", "XQZ")),
    *(("", "workspace.yml", f"{WORKSPACE}feedback:\n  email: {words}\n", "wrong-email", "26:10") for words in ("kundenteam", "Team team@firma.example", "<a@b.example>", "a@b@c")),
    ("", "workspace.yml", f"{WORKSPACE}feedback:\n  form: http://firma.example/form\n", "wrong-url", "26:9"),
    ("", "workspace.yml", f"{WORKSPACE}rates:\n  - currency: Pfund\n    since: 2026-07-01\n    rate: 1.15\n", "wrong-currency", "26:15"),
    ("", "nordwind/2026-h2/risks.md", "---\nrisks:\n  - id: a\n    reason: budget\n    probability: 3\n    severity: 4\n    amount_at_risk: USD 12\n---\n", "foreign-currency", "7:21"),
]  # fmt: skip
"""Number on the list, file, content, rule, line and column of the answer."""


@pytest.mark.parametrize(("number", "name", "content", "rule", "spot"), ANSWERS)
def test_it_is_answered_at_its_place(
    workspace: Write, number: str, name: str, content: str | bytes, rule: str, spot: str
) -> None:
    problems = check(read(workspace({name: content})))
    found = {(p.rule, str(p.place)) for p in problems}
    assert (rule, f"plans/{name}:{spot}") in found, found


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


def test_30_links_are_refused_and_not_read(workspace: Write, tmp_path: Path) -> None:
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


def test_31_another_repository_is_not_read(workspace: Write) -> None:
    root = workspace({"fremd/account.md": ACCOUNT, "fremd/.git": "gitdir: ../x\n"})
    (root / "plans/leer").mkdir()
    (root / ".gitmodules").write_text('[submodule "x"]\n\tpath = plans/leer\n', "utf-8")
    found = {(p.rule, str(p.place.path)) for p in read(root).problems}
    assert found == {("submodule", "plans/fremd"), ("submodule", "plans/leer")}


def test_32_names_that_some_computers_take_for_one(workspace: Write) -> None:
    root = workspace({"NORDWIND/account.md": ACCOUNT})
    clash = next(p for p in read(root).problems if p.rule == "id-clash")
    assert {clash.facts["found"], clash.facts["other"]} == {"NORDWIND", "nordwind"}


@pytest.mark.parametrize("name", ["con", "nul", "com1", "a b", "x" * 100, "ümlaut", "a."])
def test_32_folders_bear_ids(workspace: Write, name: str) -> None:
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


def test_14_no_plans_and_no_accounts(tmp_path: Path, workspace: Write) -> None:
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
        PLN: PLAN,
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


def test_21_to_27_what_others_would_run_is_text(hostile: Path) -> None:
    page = (hostile / "build/clients/nordwind/index.html").parent
    pages = html.unescape("".join(p.read_text("utf-8") for p in page.rglob("*.html")))
    for words in ("{{ config }}", "{% include", "${{ secrets.X }}", "/etc/passwd", "{: onclick=alert(1) }"):  # fmt: skip
        assert words in pages
    raw = "".join(p.read_text("utf-8") for p in (hostile / "build").rglob("*.html"))
    for danger in ("<script>alert", "<img src=x", "root:x:0"):
        assert danger not in raw
    assert not list(hostile.rglob("ran"))


def test_33_35_what_is_ignored_is_nowhere_in_the_output(hostile: Path) -> None:
    assert list(leaks.found(hostile / "build", ["GPS-SECRET", "alert(5)", "hooks.py"])) == []
    assert not list((hostile / "build").rglob("photo.png"))


@pytest.mark.parametrize("out", [".", "plans", "plans/build", "/", "..", "taken.txt"])
def test_59_an_output_never_covers_what_is_not_ours(hostile: Path, out: str) -> None:
    (hostile / "taken.txt").write_text("mine", "utf-8")
    before = sorted(str(p) for p in hostile.rglob("*"))
    with pytest.raises(Refusal) as refusal:
        build(hostile, Options(out=Path(out), formats=("word",)))
    assert refusal.value.code == 2
    assert sorted(str(p) for p in hostile.rglob("*")) == before


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


def test_46_names_of_branches_and_tags_are_never_options(repository: Path) -> None:
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
def test_47_authors_are_whoever_they_say(repository: Path, who: str) -> None:
    made = _commit(repository, f"{who} 1764000000 +0000", f"{who} 1764000000 +0000")
    found = standing(repository)
    assert (found.commit, str(found.day)) == (made[:10], "2025-11-24")
    assert command(repository, "check").code == 0


@pytest.mark.parametrize(
    "day", ["99999999999999999 +0000", "-5000000000 +0000", "1 +9999", "", "x"]
)
def test_48_a_bad_date_does_not_stop_the_run(repository: Path, day: str) -> None:
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


def test_54_detached_bare_and_worktree(repository: Path, tmp_path: Path) -> None:
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
def test_54_a_history_that_cannot_be_read_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch, damage: Break
) -> None:
    surroundings = damage(repository, monkeypatch)
    done = command(repository, "check", **surroundings)
    assert (done.code, "git-unreadable" in done.said) == (0, True), done.said


def test_54_a_history_that_cannot_be_read_makes_drafts(repository: Path) -> None:
    _broken(repository, pytest.MonkeyPatch())
    assert standing(repository).draft("nordwind")


def test_54_without_git_and_a_repository_all_is_well(workspace: Write) -> None:
    done = command(workspace(), "check", PATH="/nonexistent")
    assert (done.code, "git-unreadable" in done.said) == (0, False)
