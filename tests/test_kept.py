"""A build that was asked for a part leaves the rest as it was, and the manifest stays true."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import ACCOUNT, PLAN, Write
from planwerk.kept import Asked, keep
from planwerk.publish import output_folder, write_manifests
from test_command import run, tree

ALL = ("portal", "word", "slides")
SHARED = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1).replace(
    "baseline: 31", "baseline: 31\n    share: client"
)
NAMES = (
    "internal/index.html",
    "internal/accounts/acme/index.html",
    "internal/accounts/acme/downloads/plan.docx",
    "clients/acme/index.html",
    "clients/acme/downloads/plan.docx",
    "clients/acme/downloads/deck.pptx",
    "clients/beta/index.html",
)


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def publish(
    root: Path, names: tuple[str, ...], asked: Asked, day: str, drafts: tuple[str, ...] = ()
) -> Path:
    """One build that makes these files and says its day in them."""
    with output_folder(root / "build", root) as folder:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(day, "utf-8")
        kept, moved = keep(root / "build", folder, asked)
        assert not moved
        write_manifests(folder, day, f"commit-{day}", drafts, kept)
    found = manifest(root / "build")
    for name, row in found["files"].items():
        assert row["sha256"] == hashlib.sha256((root / "build" / name).read_bytes()).hexdigest()
    written = {n for n in tree(root / "build") if n != "manifest.json"}
    assert written == set(found["files"])
    return root / "build"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    publish(tmp_path, NAMES, Asked(ALL, None, (), ()), "2026-11-01", ("acme",))
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        (Asked(("slides",), None, (), ()), {"clients/acme/downloads/deck.pptx"}),
        (Asked(("word",), "client", (), ()), {"clients/acme/downloads/plan.docx"}),
        (Asked(ALL, "internal", ("acme",), ()), {n for n in NAMES if n.startswith("internal")}),
        (Asked(ALL, "client", ("beta",), ()), {"clients/beta/index.html"}),
        (Asked(ALL, None, (), ("acme",)), {"internal/index.html", "clients/beta/index.html"}),
        (Asked(ALL, None, (), ()), set(NAMES)),
    ],
)
def test_what_is_asked_for_is_new_and_the_rest_is_as_it_was(
    root: Path, asked: Asked, made: set[str]
) -> None:
    out = publish(root, tuple(made), asked, "2026-11-23")
    days = {n: (out / n).read_text("utf-8") for n in NAMES}
    assert {n for n, day in days.items() if day == "2026-11-23"} == made


def test_what_was_asked_for_and_is_no_more_is_gone(root: Path) -> None:
    out = publish(root, (), Asked(("portal",), "client", ("acme",), ()), "2026-11-23")
    assert not (out / "clients/acme/index.html").exists()
    assert (out / "clients/acme/downloads/deck.pptx").exists()
    assert (out / "clients/beta/index.html").exists()
    out = publish(root, ("internal/index.html",), Asked(ALL, None, (), ()), "2026-11-24")
    assert set(manifest(out)["files"]) == {"internal/index.html"}


def test_what_is_kept_says_of_which_day_it_is(root: Path) -> None:
    for day in ("2026-11-22", "2026-11-23"):
        made = ("clients/acme/index.html", "internal/index.html")
        out = publish(root, made, Asked(("portal",), None, ("acme",), ()), day)
    rows = manifest(out)["files"]
    old = {"as_of": "2026-11-01", "commit": "commit-2026-11-01"}
    assert rows["clients/acme/downloads/deck.pptx"].items() >= old.items()
    assert rows["clients/beta/index.html"].items() >= old.items()
    assert "as_of" not in rows["clients/acme/index.html"]
    assert manifest(out)["draft"] is True
    ours, other = (
        json.loads((out / "clients" / name / "AUDIENCE.json").read_text("utf-8"))
        for name in ("acme", "beta")
    )
    assert (ours["as_of"], ours["draft"]) == ("2026-11-23", True)
    assert ours["earlier"] == {
        "downloads/deck.pptx": "2026-11-01",
        "downloads/plan.docx": "2026-11-01",
    }
    assert (other["as_of"], other["draft"]) == ("2026-11-01", False)
    assert "commit" not in json.dumps(ours)


def test_a_part_is_built_and_the_rest_stays(workspace: Write) -> None:
    plan = {f"{name}/2026-h2/plan.md": SHARED for name in ("nordwind", "zwei")}
    root = workspace({**plan, "zwei/account.md": ACCOUNT.replace("Nordwind", "Zwei")})
    assert run("build", cwd=root).returncode == 0
    before = tree(root / "build")
    done = run("build", "portal", "--account", "zwei", "--as-of", "2026-11-24", cwd=root)
    assert done.returncode == 0, done.stderr
    assert "Dateien waren nicht verlangt" in done.stderr
    after = tree(root / "build")
    assert set(after) == set(before)
    changed = {n for n in after if after[n] != before[n]} - {"manifest.json"}
    mine = ("internal/accounts/zwei/", "clients/zwei/")
    assert changed
    others = ("internal/accounts/nordwind/", "clients/nordwind/")
    about_all = {n for n in changed if n.startswith("internal/") and not n.startswith(others)}
    assert all(n.startswith(mine) or n in about_all for n in changed), changed
    assert not any(n.endswith(".docx") for n in changed)
    words = [n for n in after if n.startswith("clients/zwei/downloads/")]
    page = after["clients/zwei/index.html"].decode()
    assert words
    assert all(word.removeprefix("clients/zwei/") in page for word in words)
    assert run("build", "--as-of", "2026-11-23", cwd=root).returncode == 0
    assert tree(root / "build") == before
