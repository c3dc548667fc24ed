"""A new workspace: the smallest one that checks and builds, with hints."""

from __future__ import annotations

from pathlib import Path

from planwerk.problems import refuse
from planwerk.scaffold.template import TEMPLATES

IGNORED = "build/\n"
"""What a workspace's .gitignore holds: outputs are not kept in the history."""
UNION = ("measurements.csv", "interactions.csv", "revenue.csv", "surveys.csv", "training.csv")
GITATTRIBUTES = "".join(f"{name} merge=union\n" for name in UNION)
"""What .gitattributes says: of logs, which only grow, a merge keeps the lines of both sides."""


def scaffold(path: Path, language: str) -> None:
    """Write the files of a new workspace; refuses (exit code 2) a folder that holds plans.

    What lies beside them already stays as it is.
    """
    if (path / "plans").exists():
        raise refuse("folder-not-empty", str(path / "plans"), found=str(path / "plans"))
    source = TEMPLATES / language / "workspace"
    for template in sorted(p for p in source.rglob("*") if p.is_file()):
        file = path / template.relative_to(source)
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_bytes(template.read_bytes())
    attributes = path / ".gitattributes"
    if not attributes.exists():
        attributes.write_text(GITATTRIBUTES, "utf-8")
    ignore = path / ".gitignore"
    if not ignore.exists():
        ignore.write_text(IGNORED, "utf-8")
