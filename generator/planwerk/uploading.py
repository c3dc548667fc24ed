"""Whether a folder is what one client or partner may get: asked before it is uploaded.

Its AUDIENCE.json says for whom it was made and which bytes each file has; where it still lies in the
output, the manifest there says which bytes that file has itself. With the plans at hand, names of others
and words of internal notes are looked for, as in every build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from planwerk.audience import CLIENT
from planwerk.checks import identities
from planwerk.folders import above, folder_of
from planwerk.leaving import Faults, Files, Leaving
from planwerk.problems import Place, Problem, Refusal, refuse
from planwerk.publish import AUDIENCE, MANIFEST
from planwerk.read import Reading, read
from planwerk.render.shipped import digests
from planwerk.result.opened import files
from planwerk.theme import find_brand, load_theme

ENGINES = ("mkdocs", "zensical")


def asked_of(words: str) -> tuple[str, str]:
    """The audience and account of `client:<account>` or `partner:<partner>:<account>`; refuses (exit
    code 2) any other."""
    audience, _, account = words.rpartition(":")
    kind, _, partner = audience.partition(":")
    if not account or not (audience == CLIENT or (kind == "partner" and partner)):
        raise refuse("upload-misused", words, found=words)
    return audience, account


def problems(
    folder: Path, audience: str, account: str, workspace: Path | None, brand: str
) -> list[Problem]:
    """Why a folder must not be uploaded for that audience of `account`; empty where it may.

    `workspace` is the folder with the plans, None where they are not at hand; `brand` the one that the
    folder was built with.
    """
    said = _said(folder)
    shown = PurePosixPath(folder.as_posix())
    found = list(_about(shown, said, audience, account))
    if any(p.rule == "upload-wrong-folder" for p in found):
        return found
    assert said is not None
    found += _changed(folder, folder_of(audience, account), shown, said["files"])
    known = Files(lambda: frozenset[str]().union(*(_shipped(brand, workspace, engine) for engine in ENGINES)))  # fmt: skip
    expected = {AUDIENCE, *said["files"]}
    reading = _plans(said, workspace, account)
    if reading is not None:
        out = above(shown, folder_of(audience, account))
        look = Leaving(reading, identities(reading), out, known)
        found += look.problems(audience, account, folder, expected)
    else:
        faults = Faults(known, expected).find(folder, lambda leaves: None)
        found += [Problem(rule, Place(shown / name.partition("!")[0]), facts={"found": what}, account=account) for rule, name, what in faults]  # fmt: skip
    changed = {p.place.path for p in found if p.rule == "upload-file-changed"}
    rest = [p for p in found if p.rule != "output-file-unknown" or p.place.path not in changed]
    return sorted(rest, key=lambda problem: problem.order)


def names_are_known(folder: Path, workspace: Path | None, account: str) -> bool:
    """Whether the plans of the account are at hand, so that names are looked for in `folder`."""
    return _plans(_said(folder), workspace, account) is not None


def _plans(said: Mapping[str, Any] | None, workspace: Path | None, account: str) -> Reading | None:
    """The plans on the folder's day: most workspaces name none themselves."""
    if said is None or workspace is None or not (workspace / "plans" / account).is_dir():
        return None
    try:
        reading = read(workspace, date.fromisoformat(said["as_of"]))
    except Refusal:
        return None
    known = reading.portfolio and account in {a.id for a in reading.portfolio.accounts}
    return reading if known else None


def _said(folder: Path) -> Mapping[str, Any] | None:
    """What AUDIENCE.json says; None where it says nothing that can be believed."""
    path = folder / AUDIENCE
    try:
        found = json.loads(path.read_text("utf-8")) if not path.is_symlink() else None
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    files_ = found.get("files")
    if not isinstance(files_, dict) or not all(isinstance(d, str) for d in files_.values()):
        return None
    try:
        date.fromisoformat(found["as_of"])
    except (KeyError, TypeError, ValueError):
        return None
    return found


def _about(
    shown: PurePosixPath, said: Mapping[str, Any] | None, audience: str, account: str
) -> Iterator[Problem]:
    """Whose folder it is, and whether it is a draft."""
    place = Place(shown / AUDIENCE)
    whose = f"{said.get('audience')}:{said.get('account')}" if said else "–"
    if whose != (asked := f"{audience}:{account}"):
        yield Problem("upload-wrong-folder", place, facts={"found": whose, "asked": asked})
    elif said is not None and said.get("draft") is not False:
        yield Problem("upload-draft", place, facts={"found": str(said.get("as_of"))}, account=account)  # fmt: skip


def _changed(
    folder: Path, part: str, shown: PurePosixPath, known: Mapping[str, str]
) -> Iterator[Problem]:
    """Files that are not as they were made, one more, one less, links."""
    there = dict(files(folder))
    digest_of = {**known, **_of_manifest(folder, part)}
    for name in sorted({*there, *known} - ({AUDIENCE} - digest_of.keys())):
        path = there.get(name)
        if path is None:
            how = "missing"
        elif path.is_symlink() or not path.is_file():
            how = "link"
        elif name not in digest_of:
            how = "added"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest_of[name]:
            how = "changed"
        else:
            continue
        yield Problem("upload-file-changed", Place(shown / name), facts={"found": name, "how": how})


def _of_manifest(folder: Path, part: str) -> dict[str, str]:
    """The digest of AUDIENCE.json itself, where the folder still lies in its output."""
    out = above(folder.absolute(), part)
    try:
        rows = json.loads((out / MANIFEST).read_text("utf-8"))["files"]
        return {AUDIENCE: str(rows[f"{part}/{AUDIENCE}"]["sha256"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _shipped(brand: str, workspace: Path | None, engine: str) -> frozenset[str]:
    """The digests of the files that portals bring along; none of an engine that is not installed."""
    try:
        return digests(load_theme(find_brand(brand, workspace or Path())), engine)
    except ModuleNotFoundError:
        return frozenset()
