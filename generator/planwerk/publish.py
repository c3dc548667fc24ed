"""Outputs appear whole or not at all: written beside, then swapped in.

The new output is written into a sibling folder; when it is complete, the old one is moved
aside, the new one takes its name, the old one is deleted. A crash leaves one of the two, and
the next run cleans up. What Planwerk did not write is never deleted: an output folder is only
touched if its manifest names everything in it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from planwerk.problems import refuse

MANIFEST = "manifest.json"
AUDIENCE = "AUDIENCE.json"


@contextmanager
def output_folder(out: Path, root: Path) -> Iterator[Path]:
    """A new folder to fill, which becomes `out` when the block ends without an exception.

    Refuses (exit code 2) folders that are not an output of ours, 5 while another run is
    writing, 6 where the disk says no.
    """
    out = out.absolute()
    _guard(out, root)
    staging, old = out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = open(out.with_name(f".{out.name}.lock"), "w")  # noqa: SIM115, PTH123
    except OSError as error:
        raise refuse("cannot-write", str(out), 6, found=error.strerror or "") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refuse("output-locked", str(out), 5) from None
        _recover(out, staging, old)
        try:
            staging.mkdir()
            yield staging
            _swap(out, staging, old)
        except OSError as error:
            raise refuse("cannot-write", str(out), 6, found=error.strerror or str(error)) from None
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            Path(lock.name).unlink(missing_ok=True)


def _guard(out: Path, root: Path) -> None:
    plans = (root / "plans").resolve()
    resolved = out.resolve()
    inside = resolved == plans or plans in resolved.parents
    around = resolved in (root.resolve(), Path.home(), Path("/")) or resolved in plans.parents
    inside = inside or any(_is_git(folder) for folder in (resolved, *resolved.parents))
    if inside or around or out.is_symlink() or (out.exists() and not out.is_dir()):
        raise refuse("bad-output-folder", str(out), found=str(out))
    if out.is_dir() and (foreign := _foreign(out)):
        raise refuse("foreign-files", str(out), found=foreign)


def _is_git(folder: Path) -> bool:
    """Whether a folder is git's own: `.git`, or a repository without a working tree."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()  # fmt: skip


def _foreign(out: Path) -> str | None:
    """Something in `out` that its manifest does not name, or None if all of it is ours."""
    entries = [e for e in sorted(out.rglob("*")) if e.is_symlink() or not e.is_dir()]
    if not entries:
        return None
    try:
        ours = set(json.loads((out / MANIFEST).read_text("utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return entries[0].relative_to(out).as_posix()
    names = (e.relative_to(out).as_posix() for e in entries)
    return next((n for n in names if n != MANIFEST and n not in ours), None)


def _recover(out: Path, staging: Path, old: Path) -> None:
    """Finish or undo what a run before this one left behind."""
    if old.is_dir() and not out.exists():
        old.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(staging, ignore_errors=True)


def _swap(out: Path, staging: Path, old: Path) -> None:
    if out.exists():
        out.rename(old)
    staging.rename(out)
    shutil.rmtree(old, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Of a file that an earlier build made: its day, its commit, whether it is a draft."""

    as_of: str
    commit: str
    draft: bool


def digest(path: Path) -> str:
    """The sha256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifests(
    folder: Path,
    as_of: str,
    commit: str,
    drafts: Collection[str],
    kept: Mapping[str, Earlier] | None = None,
) -> int:
    """`manifest.json` for the whole and `AUDIENCE.json` for each client; the count of new files.

    `drafts` are the accounts with changes that are not committed, `kept` the files of earlier
    builds: they keep their day and commit. Only the first manifest, which is ours, names a
    commit.
    """
    before = kept or {}
    digests = {p.relative_to(folder).as_posix(): digest(p) for p in _files(folder)}
    clients = folder / "clients"
    for client in sorted(clients.iterdir()) if clients.is_dir() else ():
        if (client / AUDIENCE).exists():  # kept from before, as it was
            continue
        start = f"clients/{client.name}/"
        files = {n.removeprefix(start): d for n, d in digests.items() if n.startswith(start)}
        facts = {"audience": "client", "account": client.name, "as_of": as_of}
        old = {n.removeprefix(start): e for n, e in before.items() if n.startswith(start)}
        days = {n: e.as_of for n, e in old.items() if e.as_of != as_of}
        draft = client.name in drafts or any(e.draft for e in old.values())
        record = {**facts, "draft": draft, "files": files, **({"earlier": days} if days else {})}
        _write(client / AUDIENCE, record)
        digests[f"{start}{AUDIENCE}"] = digest(client / AUDIENCE)
    rows = {name: _row(name, digests[name], as_of, commit, before) for name in sorted(digests)}
    draft = bool(drafts) or any(e.draft for e in before.values())
    ours = {"version": 1, "as_of": as_of, "draft": draft, "commit": commit}
    _write(folder / MANIFEST, {**ours, "files": rows})
    return len(rows) - len(before)


def _row(
    name: str, found: str, as_of: str, commit: str, kept: Mapping[str, Earlier]
) -> dict[str, str]:
    """What the manifest says of a file; day and commit where they are not the whole's."""
    row = {"sha256": found, "audience": "internal" if name.startswith("internal/") else "client"}
    if (old := kept.get(name)) and (old.as_of, old.commit) != (as_of, commit):
        row |= {"as_of": old.as_of, "commit": old.commit}
    return row


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def _write(path: Path, record: Mapping[str, object]) -> None:
    words = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(words, "utf-8")
