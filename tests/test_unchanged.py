"""A build makes only what would come out differently, and what it leaves is what a cold one makes."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import ACCOUNT, PLAN, Write
from planwerk import build as flow
from planwerk.blocks import Overflow
from planwerk.build import Built, Options, build
from planwerk.digests import of_program
from planwerk.model.cited import Cited, cite, cited
from planwerk.packing import pack
from planwerk.read import read
from planwerk.unchanged import Outputs, known_outputs
from test_command import tree

ROOT = Path(__file__).resolve().parents[1]
SHARED = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1).replace(
    "baseline: 31", "baseline: 31\n    share: client"
)
PARTS = 5
"""Of two accounts that share something with their clients: two for us, two for them, one of all."""


@pytest.fixture
def root(workspace: Write) -> Path:
    plan = {f"{name}/2026-h2/plan.md": SHARED for name in ("nordwind", "zwei")}
    zwei = ACCOUNT.replace("Nordwind", "Zwei").replace("owner:", "tier: B\nowner:")
    return workspace({**plan, "zwei/account.md": zwei})


def warm(root: Path, **chosen: object) -> Built:
    """A build on top of what is there: portals, if nothing else is asked for."""
    return build(root, Options(**{"formats": ("portal",), **chosen}))  # type: ignore[arg-type]


def cold(root: Path, **chosen: object) -> dict[str, bytes]:
    """What a build of the same makes elsewhere, with nothing to start from."""
    out = root / "cold"
    shutil.rmtree(out, ignore_errors=True)
    build(
        root, Options(**{"formats": ("portal",), **chosen, "out": Path("cold"), "remember": False})
    )  # type: ignore[arg-type]
    return tree(out)


def changed(root: Path, name: str, before: str, after: str) -> None:
    """One edit in a plan."""
    path = root / "plans" / name
    words = path.read_text("utf-8")
    assert before in words
    path.write_text(words.replace(before, after), "utf-8")


def test_nothing_is_made_twice(root: Path) -> None:
    every = {"formats": ("portal", "word", "slides")}
    assert warm(root, **every).unchanged == 0
    before = tree(root / "build")
    inodes = {p: p.stat().st_ino for p in (root / "build").rglob("*.html")}
    assert warm(root, **every).unchanged == PARTS
    assert tree(root / "build") == before == cold(root, **every)
    assert {p: p.stat().st_ino for p in (root / "build").rglob("*.html")} == inodes


EDITS: dict[str, tuple[Callable[[Path], None], dict[str, object], int]] = {
    # what is edited, how it is built, and how many parts stay
    "a goal": (lambda r: changed(r, "zwei/2026-h2/plan.md", "title: ", "title: Neu "), {}, 3),
    "whom a client may write to": (lambda r: changed(r, "zwei/account.md", "owner: brandt", "owner: offen"), {}, 2),
    "the house": (lambda r: changed(r, "workspace.yml", "Ruhrblick", "Rheinblick"), {}, 0),
    "another day": (lambda r: None, {"as_of": __import__("datetime").date(2026, 11, 24)}, 0),
    "another language": (lambda r: None, {"language": "en"}, 0),
    "other formats": (lambda r: None, {"formats": ("word",)}, 0),
    "one account less": (lambda r: shutil.rmtree(r / "plans" / "zwei"), {}, 2),
    "an edited page": (lambda r: spoil(r / "build/clients/zwei/index.html"), {}, 4),
    "a page of the same size": (lambda r: swapped(r / "build/clients/zwei/index.html"), {}, 4),
    "an edited style": (lambda r: spoil(r / "build/internal/assets/planwerk/brand.css"), {}, 0),
    "a deleted page": (lambda r: (r / "build/internal/accounts/zwei/goals.html").unlink(), {}, 4),
    "a deleted folder": (lambda r: shutil.rmtree(r / "build/clients/nordwind"), {}, 4),
    "a copied output": (lambda r: copied(r / "build"), {}, 0),
    "a broken memory": (lambda r: [p.write_text("{") for p in (r / ".planwerk-cache").glob("build-*")], {}, 0),
}  # fmt: skip


def spoil(path: Path) -> None:
    """What a hand adds to an output."""
    with path.open("a", encoding="utf-8") as file:
        file.write("/* mine */")


def swapped(path: Path) -> None:
    """Another page with as many signs."""
    path.write_bytes(bytes(reversed(path.read_bytes())))


def copied(out: Path) -> None:
    """The same files with the same times, but others."""
    shutil.copytree(out, out.with_name("copy"))
    shutil.rmtree(out)
    out.with_name("copy").rename(out)


@pytest.mark.parametrize("edit", EDITS)
def test_a_warm_build_leaves_what_a_cold_one_makes(root: Path, edit: str) -> None:
    warm(root)
    change, chosen, same = EDITS[edit]
    change(root)
    built = warm(root, **chosen)
    made = tree(root / "build")
    if edit == "other formats":  # Office files stay, as those of an earlier build
        assert built.untouched
        return
    assert made == cold(root, **chosen)
    assert built.unchanged == same


def test_a_changed_brand_is_a_change(root: Path) -> None:
    shutil.copytree(ROOT / "themes/planwerk", root / "themes/own")
    warm(root, brand="own")
    assert warm(root, brand="own").unchanged == PARTS
    brand = root / "themes/own/brand.yml"
    words = brand.read_text("utf-8")
    brand.write_text(words.replace("name: Planwerk", "name: Other", 1), "utf-8")
    of_program.cache_clear()
    assert warm(root, brand="own").unchanged == 0
    assert tree(root / "build") == cold(root, brand="own")


def test_the_program_counts_with_all_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """A word, a rule of the look, a page of the help: each makes outputs that are others."""
    copy = tmp_path / "planwerk"
    shutil.copytree(ROOT / "generator/planwerk", copy / "generator/planwerk", ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
    for name in ("themes", "site"):
        shutil.copytree(ROOT / name, copy / name)
    code = "from planwerk.digests import of_program; print(of_program('planwerk'))"

    def told() -> str:
        env = {**os.environ, "PYTHONPATH": str(copy / "generator")}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    seen = {told()}
    assert told() in seen
    names = ("words/de.yml", "render/html.py", "kpis/nps.py")
    for path in (*(copy / "generator/planwerk" / n for n in names), copy / "generator/planwerk/compose/pages/help.de.md", copy / "themes/planwerk/portal/planwerk.css"):  # fmt: skip
        assert path.exists(), path
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        seen.add(told())
    assert len(seen) == 6


def test_an_aborted_build_leaves_what_was_there(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    warm(root)
    before = tree(root / "build")
    changed(root, "zwei/2026-h2/plan.md", "title: ", "title: Neu ")
    for name in ("carry", "write_manifests", "_completed"):
        with monkeypatch.context() as context:
            context.setattr(flow, name, _aborting)
            with pytest.raises(KeyboardInterrupt):
                warm(root)
        assert tree(root / "build") == before
    built = warm(root)
    assert built.unchanged == 3
    assert tree(root / "build") == cold(root)


def _aborting(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_crash_while_parts_move_is_healed(root: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:  # fmt: skip
    """Whether the run comes to tidy up behind itself or not."""
    warm(root)
    before = tree(root / "build")
    changed(root, "zwei/2026-h2/plan.md", "title: ", "title: Neu ")
    code = (
        "import os, sys; from pathlib import Path; from planwerk.build import Options, build\n"
        "rename, count = Path.rename, [0]\n"
        "def crashing(path, target):\n"
        "    count[0] += 1\n"
        f"    if count[0] > {after}: os._exit(9)\n"
        "    return rename(path, target)\n"
        "from planwerk import publish\n"
        "swap = publish._swap\n"
        "def swapping(*them):\n"
        "    Path.rename = crashing\n"
        "    swap(*them)\n"
        "publish._swap = swapping\n"
        "build(Path(sys.argv[1]), Options(formats=('portal',)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(root)], check=False)
    assert done.returncode == 9
    assert not (root / "build").exists()

    assert warm(root).unchanged == 3
    assert tree(root / "build") == cold(root) != before
    assert sorted(p.name for p in root.iterdir() if p.name.startswith(".build")) == []


def test_what_cannot_move_leaves_the_old_output(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    warm(root)
    before = tree(root / "build")
    changed(root, "zwei/2026-h2/plan.md", "title: ", "title: Neu ")
    rename = Path.rename

    def full(path: Path, target: Path) -> Path:
        if path.parent.name == "clients" and ".old" in str(path):
            raise OSError(28, "no space left")
        return rename(path, target)

    with monkeypatch.context() as context:
        context.setattr(Path, "rename", full)
        with pytest.raises(Exception, match="cannot-write"):
            warm(root)
    assert tree(root / "build") == before


def test_a_part_keeps_what_it_has_to_say(tmp_path: Path) -> None:
    """What did not fit is told again although nothing is rendered."""
    out = tmp_path / "build"
    (out / "clients/acme").mkdir(parents=True)
    (out / "clients/acme/index.html").write_text("a", "utf-8")
    new = Outputs(tmp_path, out, new={"clients/acme": "digest"})
    told = (Overflow("acme/2026-h2/goals/one", "ein langes Ziel", "3 cm", {"a": "b"}),)
    new.remember({"clients/acme": told})
    again = known_outputs(tmp_path, out)
    assert again.is_same("clients/acme", "digest")
    assert again.same["clients/acme"].overflows == told
    assert not again.is_same("clients/acme", "another")


def test_a_memory_that_somebody_ships_is_not_believed(root: Path) -> None:
    """Neither with the output that it tells of, for the file system does not tell it of that."""
    warm(root)
    planted = root / "build/clients/zwei/index.html"
    planted.write_text("<p>planted</p>", "utf-8")
    shipped = root.with_name("shipped")
    subprocess.run(["cp", "-r", str(root), str(shipped)], check=True)
    assert (shipped / ".planwerk-cache").is_dir()
    assert build(shipped, Options()).unchanged == 0
    assert b"planted" not in (shipped / "build/clients/zwei/index.html").read_bytes()


def test_a_client_cannot_tell_that_something_internal_changed(root: Path) -> None:
    """Not a byte of its folder: what the digests are of stays with us."""
    warm(root)
    before = {n: words for n, words in tree(root / "build").items() if n.startswith("clients/")}
    times = {p: p.stat().st_mtime_ns for p in (root / "build/clients").rglob("*") if p.is_file()}
    changed(root, "zwei/account.md", "tier: B", "tier: C")
    assert warm(root).unchanged == 3
    assert {n: w for n, w in tree(root / "build").items() if n.startswith("clients/")} == before
    assert {p: p.stat().st_mtime_ns for p in times} == times
    stored = json.loads(next((root / ".planwerk-cache").glob("build-*.json")).read_text("utf-8"))
    digests = [row[0] for row in stored["parts"].values()]
    assert len(digests) == PARTS
    everything = b"".join(tree(root / "build").values()).decode("utf-8", "replace")
    assert not any(digest in everything for digest in digests)


def test_what_is_packed_does_not_hang_on_the_process(root: Path) -> None:
    """Nor on which values happen to be the same object."""
    code = (
        "import sys; from pathlib import Path; from planwerk.read import read\n"
        "from planwerk.packing import pack; from hashlib import sha256\n"
        "print(sha256(pack(read(Path(sys.argv[1])).portfolio)).hexdigest())"
    )
    for workspace in (root, ROOT):
        found = {
            subprocess.run(
                [sys.executable, "-c", code, str(workspace)],
                env={**os.environ, "PYTHONHASHSEED": seed},
                check=True, capture_output=True, text=True,
            ).stdout.strip()
            for seed in ("1", "2")
        }  # fmt: skip
        portfolio = read(workspace).portfolio
        assert portfolio is not None
        assert found == {
            sha256(pack(portfolio)).hexdigest(),
            sha256(pack(portfolio.model_copy(deep=True))).hexdigest(),
        }


def test_what_is_packed_comes_out_as_it_was(root: Path) -> None:
    for workspace in (root, ROOT):
        portfolio = read(workspace).portfolio
        assert portfolio is not None
        place = Cited("a" * 40, "plans/a.md", 7)
        cite(portfolio.accounts[0].profile, place)
        found = pickle.loads(pack(portfolio))
        assert found == portfolio
        assert found.model_fields_set == portfolio.model_fields_set
        assert found.accounts[0].profile.model_fields_set == portfolio.accounts[0].profile.model_fields_set  # fmt: skip
        assert cited(found.accounts[0].profile) == place
        assert cited(found.accounts[0]) is None
        assert found.accounts[0].profile.model_copy(update={"name": "x"}).name == "x"
        assert pack(found) == pack(portfolio)


def test_the_parts_of_a_build_of_some_accounts_stay_known(root: Path) -> None:
    warm(root)
    changed(root, "zwei/2026-h2/plan.md", "title: ", "title: Neu ")
    assert warm(root, accounts=("nordwind",)).unchanged == 3
    assert warm(root).unchanged == 3
    assert tree(root / "build") == cold(root)


def test_without_memory_everything_is_made(root: Path) -> None:
    warm(root)
    assert warm(root, remember=False).unchanged == 0
