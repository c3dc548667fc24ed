"""What a build was not asked for, and what an error stopped, stays as an earlier build left it.

`build slides` makes decks and leaves portals and documents; `build --account x` leaves the
other clients' outputs. What was asked for and is no more is gone. A full build leaves nothing.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planwerk.publish import AUDIENCE, MANIFEST, Earlier

ENDINGS = {".docx": "word", ".pptx": "slides"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a build makes: formats, one audience or all, some accounts or all but the stopped."""

    formats: Collection[str]
    audience: str | None
    accounts: Collection[str]
    stopped: Collection[str]

    def covers(self, name: str) -> bool:
        """Whether this build decides about the file of that name in the output."""
        audience, account = owner(name)
        if account in self.stopped:
            return False
        return (
            ENDINGS.get(Path(name).suffix, "portal") in self.formats
            and self.audience in (None, audience)
            and (not account or not self.accounts or account in self.accounts)
        )


def owner(name: str) -> tuple[str, str]:
    """The audience of a file in the output, and its account; "" for what is about all."""
    first, *rest = Path(name).parts
    if first == "clients":
        return "client", rest[0] if rest else ""
    return "internal", rest[1] if rest[:1] == ["accounts"] and len(rest) > 1 else ""


def earlier(out: Path) -> Mapping[str, Any]:
    """The manifest of the output that is there; without one, a manifest of nothing."""
    try:
        found = json.loads((out / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return {"files": {}}
    assert isinstance(found, dict)
    return found


def keep(out: Path, folder: Path, asked: Asked) -> dict[str, Earlier]:
    """Carry over from `out` what is not asked for; of which day and commit each file is."""
    manifest, made = earlier(out), {path.name for path in (folder / "clients").glob("*")}
    kept: dict[str, Earlier] = {}
    for name, row in manifest["files"].items():
        source, target = out / name, folder / name
        if asked.covers(name) or target.exists() or not source.is_file():
            continue
        if target.name == AUDIENCE and target.parent.name in made:
            continue  # it says what is in a folder that is another one now
        target.parent.mkdir(parents=True, exist_ok=True)
        _carry(source, target)
        kept[name] = Earlier(
            row.get("as_of", manifest["as_of"]), row.get("commit", manifest["commit"]), _draft(out, name, manifest)
        )  # fmt: skip
    return kept


def _draft(out: Path, name: str, manifest: Mapping[str, Any]) -> bool:
    """Whether a file that is kept is a draft; of ours only the whole manifest says so."""
    audience, account = owner(name)
    try:
        said = json.loads((out / "clients" / account / AUDIENCE).read_text("utf-8"))
    except OSError:
        said = manifest
    return bool((said if audience == "client" else manifest)["draft"])


def _carry(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
