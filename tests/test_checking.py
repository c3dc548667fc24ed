"""The check of a whole workspace: whatever is remembered, the answer is that of a fresh look."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk import checking
from planwerk.checking import check_workspace
from planwerk.checks import check
from planwerk.problems import Problem, Refusal, refuse
from planwerk.read import SHARED_FOLDERS, read
from planwerk.remembered import FILE, FOLDER, Seen
from planwerk.report import ordered

STALE = PLAN.replace("    target: 40\n", "")


@pytest.fixture
def settled(workspace: Write) -> Write:
    """A workspace whose files are old enough for their times to be believed."""

    def write(files: dict[str, str | bytes | None] | None = None) -> Path:
        root = workspace(files)
        time.sleep(0.03)
        return root

    return write


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The accounts that were read since the test began."""
    names: list[str] = []
    plain = checking._Worker.account

    def account(self: checking._Worker, name: str) -> tuple[str, list[Problem], int]:
        names.append(name)
        return plain(self, name)

    monkeypatch.setattr(checking._Worker, "account", account)
    return names


def rules(root: Path, **options: bool) -> list[str]:
    return sorted(p.rule for p in check_workspace(root, None, **options).problems)


def test_the_examples_are_judged_alike_fresh_remembered_and_in_two_processes(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(examples / "plans", tmp_path / "plans")
    time.sleep(0.03)
    plain = ordered(check(read(tmp_path), strict=True))
    assert plain
    monkeypatch.setattr(checking, "MANY", 1)
    for _ in range(2):
        found = check_workspace(tmp_path, None, strict=True)
        assert ordered(found.problems) == plain
    assert found.files == sum(p.suffix in (".md", ".csv", ".yml") for p in (tmp_path / "plans").rglob("*"))  # fmt: skip


def test_what_did_not_change_is_not_read_again(settled: Write, read_again: list[str]) -> None:
    root = settled({"alpen/account.md": ACCOUNT.replace("Nordwind", "Alpen")})
    assert rules(root) == rules(root)
    assert sorted(read_again) == ["alpen", "nordwind"]
    (root / "plans/nordwind/2026-h2/plan.md").write_text(STALE, "utf-8")
    assert "kpi-without-target" in rules(root)
    assert read_again[2:] == ["nordwind"]


def test_a_file_added_or_taken_away_is_a_change(settled: Write, read_again: list[str]) -> None:
    root = settled()
    rules(root)
    settled({"nordwind/notes.txt": "x"})
    assert "unknown-file" in rules(root)
    (root / "plans/nordwind/notes.txt").unlink()
    time.sleep(0.03)
    assert "unknown-file" not in rules(root)
    assert len(read_again) == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("workspace.yml", WORKSPACE.replace("id: logistics", "id: transport")),
        ("nordwind/account.md", ACCOUNT.replace("Nordwind AG", "Alpenfracht GmbH")),
        ("industries/logistics.md", "---\nforces:\n  - force: rivalry\n    strength: 4\n---\n"),
    ],
)
def test_what_all_depend_on_changes_all(
    name: str, content: str, settled: Write, read_again: list[str]
) -> None:
    plan = PLAN.replace("goals:", "share: client\nvision: So schnell wie Alpenfracht\ngoals:")
    root = settled({"alpen/account.md": ACCOUNT.replace("Nordwind", "Bergbahn"), "alpen/2026-h2/plan.md": plan})  # fmt: skip
    before = rules(root)
    settled({name: content})
    after = rules(root)
    assert after == sorted(p.rule for p in check(read(root)))
    assert after != before
    assert sorted(read_again[2:]) == ["alpen", "nordwind"]


def test_strictness_and_day_are_asked_each_time(settled: Write) -> None:
    hint = ACCOUNT + "<!-- Schreiben Sie hier. -->\n"
    root = settled({"nordwind/account.md": hint})
    for _ in range(2):
        assert "hint-left" not in rules(root)
        assert "hint-left" in rules(root, strict=True)


def test_a_memory_that_somebody_ships_is_not_believed(settled: Write, tmp_path: Path) -> None:
    root = settled()
    assert rules(root) == []
    times = {p.relative_to(root): p.stat().st_mtime_ns for p in (root / "plans").rglob("*")}
    moved = tmp_path / "clone"
    shutil.copytree(root / "plans", moved / "plans")
    settled({"nordwind/2026-h2/plan.md": STALE})
    shutil.copy2(root / "plans/nordwind/2026-h2/plan.md", moved / "plans/nordwind/2026-h2/plan.md")
    shutil.copytree(root / FOLDER, moved / FOLDER)
    for name, time_ in times.items():  # all that a repository could carry
        os.utime(moved / name, ns=(time_, time_))
    assert "kpi-without-target" in rules(moved)


def test_a_file_that_changed_as_the_check_began_is_read_again(
    settled: Write, read_again: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = settled()
    plain = checking.signatures

    def late(plans: Path) -> Seen:
        os.utime(plans / "nordwind/account.md")  # after the beginning, before the reading
        return plain(plans)

    monkeypatch.setattr(checking, "signatures", late)
    rules(root)
    monkeypatch.setattr(checking, "signatures", plain)
    rules(root)
    assert read_again == ["nordwind", "nordwind"]


@pytest.mark.parametrize(
    "words", ["", "{", "[]", '{"version": 1}', '{"version": 99, "key": ""}', "[" * 200_000]
)
def test_a_broken_memory_costs_only_time(words: str, settled: Write) -> None:
    root = settled({"nordwind/2026-h2/plan.md": STALE})
    rules(root)
    (root / FOLDER / FILE).write_text(words)
    assert "kpi-without-target" in rules(root)
    assert "kpi-without-target" in rules(root)


def test_the_memory_lies_in_a_folder_that_git_ignores_and_nothing_else_is_left(
    settled: Write,
) -> None:
    root = settled()
    rules(root)
    assert sorted(p.name for p in (root / FOLDER).iterdir()) == [".gitignore", FILE]
    assert (root / FOLDER / ".gitignore").read_text() == "*\n"


def test_without_remembering_nothing_is_written(settled: Write) -> None:
    root = settled()
    check_workspace(root, None, remember=False)
    assert not (root / FOLDER).exists()


def test_a_refusal_in_another_process_ends_the_check(
    settled: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = settled()

    def account(self: checking._Worker, name: str) -> tuple[str, list[Problem], int]:
        raise refuse("unreadable-file", f"plans/{name}/account.md", 6, found="Permission denied")

    monkeypatch.setattr(checking, "MANY", 1)
    monkeypatch.setattr(checking._Worker, "account", account)
    with pytest.raises(Refusal) as refused:
        check_workspace(root, None)
    assert refused.value.code == 6
    assert [p.rule for p in refused.value.problems] == ["unreadable-file"]


def test_a_folder_that_becomes_another_repository_is_noticed(settled: Write) -> None:
    root = settled()
    assert "submodule" not in rules(root)
    (root / ".gitmodules").write_text('[submodule "n"]\n  path = plans/nordwind\n')
    assert "submodule" in rules(root)


def test_nothing_is_written_through_a_link(settled: Write, tmp_path_factory: pytest.TempPathFactory) -> None:  # fmt: skip
    root, outside = settled(), tmp_path_factory.mktemp("outside")
    (outside / "victim").write_text("mine")
    (root / FOLDER).symlink_to(outside)
    check_workspace(root, None)
    assert [p.name for p in outside.iterdir()] == ["victim"]
    (root / FOLDER).unlink()
    (root / FOLDER).mkdir()
    (root / FOLDER / f".{FILE}.{os.getpid()}").symlink_to(outside / "victim")
    check_workspace(root, None)
    assert (outside / "victim").read_text() == "mine"


def test_a_file_whose_name_is_no_text_is_remembered_too(settled: Write) -> None:
    root = settled()
    try:
        Path(os.fsdecode(os.fsencode(root / "plans" / "nordwind") + b"/\xff.txt")).write_bytes(b"")
    except OSError:
        pytest.skip("this file system has only names that are texts")
    time.sleep(0.03)
    assert rules(root) == rules(root)


def test_a_memory_without_names_is_read_again(settled: Write) -> None:
    root = settled()
    before = rules(root)
    memory = json.loads((root / FOLDER / FILE).read_text())
    for row in memory["accounts"].values():
        row["facts"] = {}
    (root / FOLDER / FILE).write_text(json.dumps(memory))
    assert rules(root) == before


@pytest.mark.parametrize("account", [
    ACCOUNT.replace("Nordwind", "Brightwater").replace("owner:", "ovner:"),
    ACCOUNT.replace("name: Nordwind AG", '"name": Brightwater AG'),
])  # fmt: skip
def test_a_client_is_not_named_even_if_its_own_file_is_broken(account: str, settled: Write) -> None:
    told = "---\nshare: client\n---\nSo wie bei Brightwater.\n"
    root = settled({"brightwater/account.md": account, "nordwind/client.md": told})
    assert "other-client-named" in rules(root)
    assert "other-client-named" in {p.rule for p in check(read(root))}


def test_an_account_allows_nothing_outside_itself(settled: Write) -> None:
    allowing = ACCOUNT.replace("owner:", "# allow unknown-file in notes.txt until 2027-01-01: gone soon\nowner:")  # fmt: skip
    root = settled({"nordwind/account.md": allowing, "notes.txt": "x"})
    assert "unknown-file" in rules(root)
    assert ordered(check(read(root))) == ordered(check_workspace(root, None).problems)


def test_what_is_no_account_is_known_without_loading_the_models() -> None:
    assert set(checking.SHARED) == set(SHARED_FOLDERS)
