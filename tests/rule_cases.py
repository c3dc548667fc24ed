"""The wrong and the right plan of each rule's manual page, as workspaces that can be read."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import WORKSPACE

FILE = re.compile(r"(?:[\w.-]+/)*[\w-]+\.(?:md|csv|yml)")
ACCOUNT = "plans/nordwind"
HOUSE = "plans/workspace.yml"
BASE = {
    HOUSE: WORKSPACE,
    f"{ACCOUNT}/account.md": """\
name: Nordwind AG
industry: logistics
owner: brandt
""",
    f"{ACCOUNT}/stakeholders.md": """\
stakeholders:
  - id: cio
    name: Dr. Anna Keller
    share: client
    buying_role: decision_maker
    relationships:
      - with: brandt
        level: problem_solver
  - id: coo
    name: Jens Möller
    buying_role: champion
    relationships:
      - with: brandt
        level: credible_source
""",
    f"{ACCOUNT}/2026-h2/plan.md": """\
from: 2026-07-01
to: 2026-12-31
goals:
  - id: loyalty
    title: Weiterempfehlung auf 40 heben
    kpis:
      - nps
    owner: brandt
kpis:
  - kpi: nps
    baseline: 31
    target: 40
""",
}
"""A small sound workspace; the examples of the manual pages replace or add files."""


def examples(manual: str) -> tuple[dict[str, str], dict[str, str]]:
    """The files of the wrong and of the right plan that a rule's docstring shows."""
    _, _, shown = manual.partition("\nWrong:\n")
    wrong, _, right = shown.partition("\nRight:\n")
    return _files(wrong), _files(right)


def _files(shown: str) -> dict[str, str]:
    """An indented example: lines that are a file's name begin that file."""
    files: dict[str, str] = {}
    name = ""
    for line in shown.split("\n"):
        words = line.removeprefix("    ")
        if FILE.fullmatch(words):
            name = words if words.startswith("plans/") else f"{ACCOUNT}/{words}"
            files[name] = ""
        elif name:
            files[name] += words + "\n"
    return {name: content.strip("\n") + "\n" for name, content in files.items()}


def write(root: Path, files: dict[str, str]) -> Path:
    """The base with `files` in it, below `root`; what stands for the workspace is added to it."""
    for name, content in {**BASE, **files}.items():
        if name == HOUSE and not content.startswith("format:"):
            content = BASE[HOUSE] + content  # the example shows only what it adds
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fenced = name.endswith(".md") and not content.startswith("---")
        path.write_text(f"---\n{content}---\n" if fenced else content, "utf-8")
    return root
