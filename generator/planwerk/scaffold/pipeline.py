"""The files by which a host checks, compares and builds the plans, and asks about each change."""

from __future__ import annotations

import os
import re
from pathlib import Path
from textwrap import wrap

from planwerk import __version__
from planwerk.problems import refuse
from planwerk.scaffold.template import TEMPLATES
from planwerk.words import load_logbook

PLACES = {
    "github": (".github/workflows/plans.yml", ".github/pull_request_template.md"),
    "gitlab": (".gitlab-ci.yml", ".gitlab/merge_request_templates/Default.md"),
    "gitea": (".gitea/workflows/plans.yml", ".gitea/pull_request_template.md"),
}
"""By host: where the pipeline and the template for pull requests belong."""
REMARK = re.compile(r"^( *)#: (\w+)\n", re.M)
WIDTH = 96


def pipeline(host: str, language: str) -> dict[str, str]:
    """The files for a host by their paths; remarks in that language."""
    say = load_logbook(language)

    def remark(match: re.Match[str]) -> str:
        words = wrap(say(f"ci.file.{match[2]}"), WIDTH - len(match[1]), break_on_hyphens=False)
        return "".join(f"{match[1]}# {line}\n" for line in words)

    words = (TEMPLATES / "ci" / f"{host}.yml").read_text("utf-8")
    words = REMARK.sub(remark, words).replace("@VERSION@", __version__).replace("@LANG@", language)
    asked = (TEMPLATES / language / "pull_request.md").read_text("utf-8")
    return dict(zip(PLACES[host], (words, asked), strict=True))


def write_pipeline(root: Path, host: str, language: str) -> list[Path]:
    """Write those files below `root`; refuses (exit code 2), before anything is written, what
    would overwrite a file."""
    files = pipeline(host, language)
    for name in files:
        if os.path.lexists(root / name):
            raise refuse("new-exists", name, found=name)
    for name, words in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        with (root / name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(words)
    return [root / name for name in files]
