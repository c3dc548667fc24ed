"""Looks for weaknesses in every workflow with zizmor: ours, the samples', those we write for others.

    python tests/workflows.py [--online]

zizmor passes over a file it cannot read, and says so in a warning: here each file must have been
looked at, by name, or the run fails.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from planwerk.scaffold.pipeline import PLACES, pipeline

ROOT = Path(__file__).resolve().parents[1]
BESIDE = Path(sys.executable).with_name("zizmor")


class Looked(NamedTuple):
    """What was found, each as `file: weakness`, and which files nobody looked at."""

    findings: list[str]
    unread: list[str]


def program() -> str | None:
    """Where zizmor is, or None."""
    return str(BESIDE) if BESIDE.exists() else shutil.which("zizmor")


def gathered(folder: Path) -> list[str]:
    """Copies of all workflows below `folder`, each in a repository of its own; their names."""
    found = {f"ours/{p.relative_to(ROOT)}": p.read_text("utf-8") for p in (ROOT / ".github").rglob("*.yml") if p.parent.name != "ISSUE_TEMPLATE"}  # fmt: skip
    for sample in (ROOT / "docs/hosting").glob("*.github.yml"):
        found[f"sample/.github/workflows/{sample.name}"] = sample.read_text("utf-8")
    for host in ("github", "gitea"):
        name = PLACES[host][0].replace(".gitea", ".github")  # where zizmor looks
        found[f"{host}/{name}"] = pipeline(host, "en")[PLACES[host][0]]
    for name, words in found.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8")
    return sorted(found)


def look(folder: Path, names: Sequence[str], online: bool = False) -> Looked:
    """Look at the files of these names below `folder`; with `online` zizmor asks GitHub, too."""
    zizmor = program()
    assert zizmor, "zizmor is not installed: pip install -r requirements/dev.txt"
    words = [zizmor, "--no-progress", "--no-config", "--persona", "pedantic", "--format", "json"]
    done = subprocess.run(
        [*words, *([] if online else ["--offline"]), *names],
        cwd=folder, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    try:
        said = json.loads(done.stdout or "[]")
    except ValueError:
        said = []
    findings = [f"{_file(one)}: {one['ident']}" for one in said]
    read = set(re.findall(r"completed (\S+)", re.sub(r"\x1b\[[0-9;]*m", "", done.stderr)))
    unread = [name for name in names if name not in read]
    if done.returncode and not findings and not unread:
        findings = [f"zizmor ended with {done.returncode}: {done.stderr[-500:]}"]
    return Looked(sorted(findings), unread)


def _file(finding: dict[str, list[dict[str, dict[str, dict[str, dict[str, str]]]]]]) -> str:
    return finding["locations"][0]["symbolic"]["key"]["Local"]["verbatim_path"]


def main() -> int:
    """Look at all of them; 1 where anything was found or was not looked at."""
    with tempfile.TemporaryDirectory() as folder:
        names = gathered(Path(folder))
        looked = look(Path(folder), names, "--online" in sys.argv)
    for line in (*looked.findings, *(f"not looked at: {name}" for name in looked.unread)):
        print(line)
    print(f"{len(names)} workflows, {len(looked.findings)} findings, {len(looked.unread)} not looked at")  # fmt: skip
    return bool(looked.findings or looked.unread)


if __name__ == "__main__":
    sys.exit(main())
