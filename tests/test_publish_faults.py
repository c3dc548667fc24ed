"""Whatever the disk refuses, and whenever: the old output or the new one, and the next run mends it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from faults import ERRORS, Disk, failing
from planwerk.problems import Refusal
from planwerk.publish import MANIFEST, carry, digest, names_below, output_folder, write_manifests

OLD = {"internal/index.html": "old", "internal/accounts/a/index.html": "same", "clients/a/index.html": "old", "clients/b/index.html": "b"}  # fmt: skip
NEW = {**OLD, "internal/index.html": "new", "clients/a/index.html": "new", "clients/c/x/index.html": "c", "clients/d/index.html": "d", "clients/e/index.html": "e"}  # fmt: skip
MOVED = ("clients/b", "internal/accounts/a")


def publish(root: Path, files: dict[str, str], moved: tuple[str, ...] = ()) -> None:
    """An output of these files, of which some folders move from the one before."""
    out = root / "build"
    with output_folder(out, root) as folder:
        carried = {}
        for name, words in files.items():
            if name.startswith(moved or "-"):
                carried[name] = digest(out / name)
                continue
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, "utf-8")
        if moved:
            rest = json.loads((out / MANIFEST).read_text("utf-8"))["files"]
            carried |= {n: row["sha256"] for n, row in rest.items() if n.startswith(moved)}
            carry(folder, moved)
        write_manifests(folder, "2026-11-23", "", (), {}, carried)


def state(out: Path) -> str:
    """`old` or `new`, where that is there whole; else what is wrong with it."""
    if not out.is_dir():
        return "gone"
    try:
        rows = json.loads((out / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError) as error:
        return f"no manifest: {error}"
    there = {*names_below(out)} - {MANIFEST}
    if there != {*rows} or any(digest(out / n) != row["sha256"] for n, row in rows.items()):
        return f"incomplete: {sorted(there ^ {*rows})}"
    words = (out / "internal/index.html").read_text("utf-8")
    files = OLD if words == "old" else NEW
    held = {n: (out / n).read_text("utf-8") for n in there if not n.endswith("AUDIENCE.json")}
    return words if held == files else f"mixed: {held}"


def begun(root: Path) -> None:
    """A workspace with an output, and somebody's own file beside it."""
    (root / "plans").mkdir(parents=True)
    (root / ".build.notes").write_text("mine", "utf-8")
    publish(root, OLD)


def mended(root: Path) -> None:
    """The next run publishes, and leaves nothing of the last one behind."""
    publish(root, NEW, MOVED)
    assert state(root / "build") == "new"
    assert sorted(p.name for p in root.iterdir()) == [".build.notes", "build", "plans"]


def asked(root: Path) -> list[str]:
    """All that is asked of the disk by one such run."""
    begun(root)
    with failing(Disk(root)) as disk:
        publish(root, NEW, MOVED)
    return disk.asked


@pytest.mark.parametrize("stays", [False, True], ids=["once", "from then on"])
def test_at_every_write_that_fails(stays: bool, tmp_path: Path) -> None:
    places = asked(tmp_path / "counted")
    assert len(places) >= 50, places
    for at in range(len(places)):
        root = tmp_path / f"{at}"
        begun(root)
        with failing(Disk(root, at, ERRORS[at % len(ERRORS)], stays)):
            try:
                publish(root, NEW, MOVED)
                refused = None
            except Refusal as refusal:
                refused = refusal
        found = state(root / "build")
        told = f"{at}: {places[at]}: {found}"
        if refused is None:
            assert found == "new", told
        else:
            assert refused.code == 6, told
            # where nothing more can be renamed, only the next run can bring it back
            assert found in ("old", "new") or (stays and found == "gone"), told
        mended(root)


def test_a_planted_half_output_is_found(tmp_path: Path) -> None:
    begun(tmp_path)
    (tmp_path / "build/clients/a/index.html").write_text("n", "utf-8")
    assert state(tmp_path / "build").startswith("incomplete")
    publish_path = tmp_path / "build/clients/b/index.html"
    publish_path.unlink()
    assert "clients/b" in state(tmp_path / "build")
