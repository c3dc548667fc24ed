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

from planwerk.folders import folder_of, is_outside, outside, owner
from planwerk.publish import AUDIENCE, MANIFEST, Earlier

DIRECTORY = "internal/directory"
"""What leads from words to the pages of all accounts: made of what they are, whoever they are."""
ENDINGS = {".docx": "word", ".pptx": "slides"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a build makes: formats, one audience or all, some accounts or all but the stopped,
    and no portals for those outside the house of the `waiting` accounts."""

    formats: Collection[str]
    audience: str | None
    accounts: Collection[str]
    stopped: Collection[str]
    waiting: Collection[str] = ()

    def covers(self, name: str) -> bool:
        """Whether this build decides about the file of that name in the output."""
        audience, account = owner(name)
        form = ENDINGS.get(Path(name).suffix, "portal")
        waits = form == "portal" and audience != "internal" and account in self.waiting
        if account in self.stopped or waits:
            return False
        return (
            form in self.formats
            and self.audience in (None, audience)
            and (not account or not self.accounts or account in self.accounts)
        )


@dataclass(frozen=True, slots=True)
class Stays:
    """What of the earlier output becomes part of the new one: the parts that move as folders, of
    which day and commit each file is, and the digests of files that move."""

    parts: tuple[str, ...]
    kept: Mapping[str, Earlier]
    moved: Mapping[str, str]


def earlier(out: Path) -> Mapping[str, Any]:
    """The manifest of the output that is there; without one, a manifest of nothing."""
    try:
        found = json.loads((out / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return {"files": {}}
    assert isinstance(found, dict)
    return found


def part_of(name: str) -> str:
    """The part of the output that a file belongs to: the folder of a client or partner, that of an
    account for us, what leads to all words, or `internal`, which is about all."""
    audience, account = owner(name)
    if audience != "internal":
        return folder_of(audience, account)
    if account:
        return f"internal/accounts/{account}"
    return DIRECTORY if name.startswith(f"{DIRECTORY}/") else "internal"


def untouched(manifest: Mapping[str, Any], asked: Asked) -> set[str]:
    """The parts of the output that a build decides nothing about."""
    parts, touched = set(), set()
    for name in manifest["files"]:
        parts.add(part := part_of(name))
        if part not in touched and asked.covers(name):
            touched.add(part)
    return parts - touched


def keep(
    out: Path, folder: Path, asked: Asked, same: Collection[str] = (), moving: Collection[str] = ()
) -> tuple[dict[str, Earlier], dict[str, str]]:
    """Carry over from `out` what is not asked for: of which day and commit each file is, and the
    digests of files that are not carried over, for they move as a whole.

    `same` are parts that would be made again as they are, `moving` those that are not asked for.
    """
    manifest, made = earlier(out), set(outside(folder))
    kept: dict[str, Earlier] = {}
    moved: dict[str, str] = {}
    drafts: dict[str, bool] = {}
    for name, row in manifest["files"].items():
        part, source, target = part_of(name), out / name, folder / name
        new = asked.covers(name)
        if part in same:
            new = new or target.name == AUDIENCE  # it goes with the folder that it tells of
            moved[name] = row["sha256"]
        elif new or target.exists() or not source.is_file():
            continue
        elif part in moving:
            moved[name] = row["sha256"]
        elif target.name == AUDIENCE and part in made:
            continue  # it says what is in a folder that is another one now
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            _carry(source, target)
        if not new:
            if part not in drafts:
                drafts[part] = _draft(out, part, manifest)
            as_of, commit = (row.get(of, manifest[of]) for of in ("as_of", "commit"))
            kept[name] = Earlier(as_of, commit, drafts[part])
    return kept, moved


def _draft(out: Path, part: str, manifest: Mapping[str, Any]) -> bool:
    """Whether what is kept of a part is a draft; of ours only the whole manifest says so."""
    said = manifest
    if is_outside(part):
        try:
            said = json.loads((out / part / AUDIENCE).read_text("utf-8"))
        except OSError:
            said = manifest
    return bool(said["draft"])


def _carry(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
