"""Where outputs come from: the commit for us, a draft's mark for everybody, neither by accident."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

import leaks
from conftest import ROOT, Write
from planwerk.build import Options, build
from planwerk.repository import standing

WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (
        ("NAME", "Test"), ("EMAIL", "test@example.org"), ("DATE", "2026-11-20T23:30:00+02:00"),
    )
}  # fmt: skip
MARKS = {"client": "ENTWURF · nicht freigegeben", "internal": "INTERN · ENTWURF"}


def git(root: Path, *words: str) -> str:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *words], cwd=root, env={**os.environ, **WHO, **quiet}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def commit(root: Path, words: str) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", words)
    return git(root, "rev-parse", "HEAD")[:10]


def test_outside_git_nothing_is_known(workspace: Write) -> None:
    found = standing(workspace())
    assert (found.commit, found.day, found.draft("nordwind")) == ("", None, False)


def test_before_the_first_commit_all_is_a_draft(workspace: Write) -> None:
    root = workspace()
    git(root, "init", "-q")
    assert standing(root).draft("nordwind")
    assert standing(root).commit == ""


@pytest.mark.parametrize("below", ["", "sales/emea"])
def test_each_account_has_the_commit_that_touched_it(
    tmp_path: Path, workspace: Write, below: str
) -> None:
    repository = tmp_path / "repository"
    root = repository / below
    shutil.copytree(workspace() / "plans", root / "plans")
    git(tmp_path, "init", "-q", str(repository))
    first = commit(repository, "plans: the first")
    (root / "plans/zweite").mkdir()
    (root / "plans/zweite/account.md").write_text("new", "utf-8")
    second = commit(repository, "zweite: a new client, Grüße")
    (repository / "README.md").write_text("not a plan", "utf-8")
    commit(repository, "readme: it touches no plan")
    found = standing(root)
    assert found.day == date(2026, 11, 20)
    assert (found.commit, found.of("nordwind"), found.of("zweite")) == (second, first, second)
    assert not found.changed
    (root / "plans/zweite/account.md").write_text("changed", "utf-8")
    assert [standing(root).draft(name) for name in ("nordwind", "zweite")] == [False, True]
    (root / "plans/workspace.yml").write_text("changed", "utf-8")
    assert standing(root).draft("nordwind")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Two example accounts from a repository in which one of them was changed afterwards."""
    root = tmp_path_factory.mktemp("history")
    shutil.copytree(ROOT / "plans", root / "plans", ignore=shutil.ignore_patterns("alpenfracht"))
    git(root, "init", "-q")
    first = commit(root, "plans: the examples")
    path = root / "plans/nordwind-logistik/2026-h2/plan.md"
    path.write_text(path.read_text("utf-8") + "\nNoch ein Satz.\n", "utf-8")
    build(root, Options())
    return root / "build", first


def said(folder: Path, words: str) -> set[str]:
    """The files, by ending, that say the words; packed ones by their own ending."""
    return {name.split("!")[0].rpartition(".")[2] for name, _ in leaks.found(folder, [words])}


def test_a_draft_says_so_on_every_page_and_file(built: tuple[Path, str]) -> None:
    out, _ = built
    for audience, folder in (
        ("client", out / "clients/nordwind-logistik"),
        ("internal", out / "internal/accounts/nordwind-logistik"),
    ):
        assert said(folder, MARKS[audience]) >= {"docx"}
        pages = list(folder.glob("*.html"))
        assert pages
        for page in pages:
            assert '<span class="tag draft">Entwurf</span>' in page.read_text("utf-8"), page
    assert said(out / "clients/nordwind-logistik", MARKS["client"]) == {"docx", "pptx"}


def test_what_was_committed_is_no_draft(built: tuple[Path, str]) -> None:
    out, _ = built
    for folder in ("clients", "internal/accounts"):
        pages = list((out / folder / "brightwater-stores").glob("*.html"))
        assert pages
        assert [p for p in pages if 'class="tag draft"' in p.read_text("utf-8")] == []
        assert said(out / folder / "brightwater-stores", "draft · not") == set()
    ours = json.loads((out / "clients/nordwind-logistik/AUDIENCE.json").read_text("utf-8"))
    theirs = json.loads((out / "clients/brightwater-stores/AUDIENCE.json").read_text("utf-8"))
    assert (ours["draft"], theirs["draft"]) == (True, False)


def test_only_we_see_the_commit(built: tuple[Path, str]) -> None:
    out, first = built
    assert said(out / "clients", first[:7]) == set()
    assert said(out / "internal", first) == {"html", "docx", "js", "txt"}  # search finds it too
    assert json.loads((out / "manifest.json").read_text("utf-8"))["commit"] == first
