"""Publishing: whole or not at all, one at a time, and nothing foreign is ever deleted."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import pytest

from planwerk.problems import Refusal
from planwerk.publish import output_folder, write_manifests


def publish(root: Path, words: str, out: str = "build") -> None:
    """One output with one file."""
    with output_folder(root / out, root) as folder:
        (folder / "internal").mkdir()
        (folder / "internal" / "page.html").write_text(words, "utf-8")
        write_manifests(folder, "2026-11-23", "", ())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    return tmp_path


def test_the_new_output_takes_the_old_ones_place(root: Path) -> None:
    publish(root, "old")
    publish(root, "new")
    assert (root / "build/internal/page.html").read_text("utf-8") == "new"
    assert sorted(p.name for p in root.iterdir()) == ["build", "plans"]


def test_a_failure_leaves_the_old_output(root: Path) -> None:
    publish(root, "old")
    with pytest.raises(RuntimeError), output_folder(root / "build", root) as folder:
        (folder / "half").write_text("half", "utf-8")
        raise RuntimeError
    assert (root / "build/internal/page.html").read_text("utf-8") == "old"
    assert sorted(p.name for p in root.iterdir()) == ["build", "plans"]


def test_a_crash_between_the_two_renames_is_healed(root: Path) -> None:
    publish(root, "old")
    (root / "build").rename(root / ".build.old")
    publish(root, "new")
    assert (root / "build/internal/page.html").read_text("utf-8") == "new"


def test_foreign_files_are_refused_and_kept(root: Path) -> None:
    publish(root, "old")
    (root / "build/notes.txt").write_text("mine", "utf-8")
    with pytest.raises(Refusal) as refusal:
        publish(root, "new")
    assert refusal.value.code == 2
    assert refusal.value.problems[0].facts["found"] == "notes.txt"
    assert (root / "build/notes.txt").read_text("utf-8") == "mine"


def test_a_folder_without_a_manifest_is_not_ours(root: Path) -> None:
    (root / "photos").mkdir()
    (root / "photos/a.jpg").write_text("x", "utf-8")
    with pytest.raises(Refusal):
        publish(root, "new", "photos")


@pytest.mark.parametrize("out", ["plans", "plans/build", "."])
def test_folders_of_the_workspace_are_no_outputs(root: Path, out: str) -> None:
    with pytest.raises(Refusal) as refusal:
        publish(root, "new", out)
    assert refusal.value.problems[0].rule == "bad-output-folder"


def test_two_runs_do_not_write_at_once(root: Path) -> None:
    with (root / ".build.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Refusal) as refusal:
            publish(root, "new")
    assert refusal.value.code == 5


def test_the_manifest_names_every_file_with_its_audience(root: Path) -> None:
    with output_folder(root / "build", root) as folder:
        (folder / "clients/acme").mkdir(parents=True)
        (folder / "clients/acme/index.html").write_text("x", "utf-8")
        write_manifests(folder, "2026-11-23", "1a2b3c", ["acme"])
    manifest = json.loads((root / "build/manifest.json").read_text("utf-8"))
    assert manifest["files"]["clients/acme/index.html"]["audience"] == "client"
    assert manifest["draft"] is True
    assert manifest["commit"] == "1a2b3c"
    inside = json.loads((root / "build/clients/acme/AUDIENCE.json").read_text("utf-8"))
    assert inside["account"] == "acme"
    assert inside["draft"] is True
    assert "1a2b3c" not in json.dumps(inside)
    assert list(inside["files"]) == ["index.html"]
