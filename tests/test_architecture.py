"""The arrows of ARCHITECTURE.md: who may import whom, print, exit or touch git."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Write

PACKAGE = Path(__file__).resolve().parents[1] / "generator" / "planwerk"
OWN = "planwerk."
ALLOWED = {
    "text": {"problems", "text", "blocks", "painted"},
    "model": {"problems", "text", "model", "painted"},
    "kpis": {"model", "kpis"},
    "format": {"problems", "text", "model", "read", "format"},
    "blocks": {"blocks"},
    "problems": set(),
    "theme": {"problems"},
    "brand": {"problems", "text", "theme", "render"},
    "render": {"blocks", "theme", "render", "problems", "result", "stamp", "zipped", "painted"},
    "zipped": set(),
    "painted": set(),
    "result": {"text", "result"},
    "bank": {"model"},
    "phrases": {"formats", "bank", "loop", "model", "rollup", "words"},
    "compose": {
        "health",
        "loop",
        "phrases",
        "rollup",
        "bank",
        "blocks",
        "formats",
        "history",
        "model",
        "words",
        "kpis",
        "text",
        "theme",
        "painted",
        "compose",
        "manual",
        "memory",
    },
    "manual": {"checks", "problems", "words"},
    "loop": {"model", "kpis", "measure", "loop"},
    "report": {
        "formats",
        "health",
        "kpis",
        "rollup",
        "verify",
        "theme",
        "render",
        "bank",
        "checks",
        "labels",
        "loop",
        "manual",
        "model",
        "phrases",
        "problems",
        "words",
        "report",
    },
    "audience": {"model"},
    "formats": set(),
    "history": {
        "problems",
        "interruption",
        "text",
        "model",
        "read",
        "words",
        "formats",
        "kpis",
        "bank",
        "garbage",
        "history",
        "remembered",
        "audience",
        "measure",
        "repository",
    },
    "logbook": {
        "problems",
        "text",
        "model",
        "read",
        "words",
        "formats",
        "audience",
        "measure",
        "history",
        "report",
        "logbook",
    },
    "measure": {"model", "kpis"},
    "rollup": {"model", "kpis", "memory"},
    "memory": set(),
    "packing": {"model"},
    "health": {"model", "kpis", "measure"},
    "repository": {"problems", "model", "text", "repository"},
    "checks": {
        "problems",
        "read",
        "model",
        "measure",
        "kpis",
        "text",
        "audience",
        "bank",
        "loop",
        "checks",
    },
    "remembered": {"problems", "halves"},
    "digests": {"theme"},
    "folders": set(),
    "reproducible": {"problems", "publish"},
    "unchanged": {"blocks", "folders", "remembered"},
    "options": set(),
    "fingerprint": set(),
    "stamp": {"fingerprint"},
    "sought": {"checks", "digests", "model", "result", "text"},
    "leaving": {
        "checks",
        "digests",
        "folders",
        "model",
        "packing",
        "problems",
        "publish",
        "read",
        "result",
        "sought",
        "text",
    },
    "looked": {
        "checks",
        "folders",
        "halves",
        "kept",
        "leaving",
        "options",
        "problems",
        "read",
        "render",
        "theme",
        "unchanged",
    },
    "uploading": {
        "audience",
        "checks",
        "folders",
        "leaving",
        "problems",
        "publish",
        "read",
        "render",
        "result",
        "theme",
    },
    "verify": {"fingerprint", "folders", "stamp", "problems", "publish", "zipped"},
    "publish": {"folders", "problems", "stamp"},
    "kept": {"folders", "publish"},
    "unfinished": {"problems", "model"},
    "citing": {"model", "read", "repository", "text"},
    "words": {"text", "words"},
    "labels": {"text", "words"},
    "help": {"misuse", "problems", "words"},
    "misuse": {"problems", "text"},
    "schema": {"problems", "model", "text", "words", "compose", "render"},
    "halves": set(),
    "checking": {"halves", "problems", "remembered", "read", "checks", "text"},
}


def imports(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def wrong_arrows(place: str, path: Path) -> set[str]:
    """Parts of the package that `path` imports although `place` may not."""
    parts = {name.removeprefix(OWN).split(".")[0] for name in imports(path) if name.startswith(OWN)}
    return parts - ALLOWED[place] - {"__version__"}


def files(place: str) -> list[Path]:
    """The files of a part of the package."""
    single = PACKAGE / f"{place}.py"
    return [single] if single.exists() else sorted((PACKAGE / place).rglob("*.py"))


@pytest.mark.parametrize("place", sorted(ALLOWED))
def test_imports_point_one_way(place: str) -> None:
    assert files(place)
    for path in files(place):
        assert wrong_arrows(place, path) == set(), path


def test_an_arrow_the_wrong_way_is_found(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("def f():\n    from planwerk.audience import project\n", "utf-8")
    assert wrong_arrows("render", planted) == {"audience"}


def test_only_one_package_touches_git() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name != "repository":
            names = {name.split(".")[0] for name in imports(path)}
            assert "git" not in names, path
            assert '"git",' not in path.read_text("utf-8"), path


def test_only_the_command_line_prints_and_exits() -> None:
    for path in PACKAGE.rglob("*.py"):
        if not re.fullmatch(r"cli(_\w+)?|say", path.stem):
            words = path.read_text("utf-8")
            assert "sys.exit(" not in words, path
            assert "print(" not in words.replace("fingerprint(", ""), path


@pytest.mark.parametrize("command", [["--version"], ["check"]])
def test_checking_starts_without_the_heavy_libraries(command: list[str]) -> None:
    code = (
        "import sys; sys.argv[1:] = " + repr(command) + "\n"
        "from planwerk.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'mkdocs', 'docx', 'pptx', 'material', 'xlsxwriter', 'git', 'rich', 'ruamel'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    root = PACKAGE.parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_who_starts_renderings_does_not_warm_up(workspace: Write) -> None:
    """What a build needs itself is the plans; MkDocs and Office belong to the server."""
    code = (
        "import sys; from pathlib import Path; from planwerk.build import Options, build\n"
        "build(Path(sys.argv[1]), Options(formats=('word',)))\n"
        "print(*(m for m in ('mkdocs', 'docx', 'pptx', 'planwerk.warm') if m in sys.modules))"
    )
    root = workspace()
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == ""
    assert list((root / "build").rglob("*.docx"))
