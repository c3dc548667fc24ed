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
from collections.abc import Collection, Iterator
from contextlib import contextmanager
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
    if inside or around or out.is_symlink() or (out.exists() and not out.is_dir()):
        raise refuse("bad-output-folder", str(out), found=str(out))
    if out.is_dir() and (foreign := _foreign(out)):
        raise refuse("foreign-files", str(out), found=foreign)


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


def keep(out: Path, folder: Path, accounts: Collection[str]) -> set[str]:
    """Carry over from `out` what stood there of accounts that could not be built; which had any."""
    kept = set()
    for name in accounts:
        for part in (f"internal/accounts/{name}", f"clients/{name}"):
            if name and (out / part).is_dir() and not (folder / part).exists():
                shutil.copytree(out / part, folder / part)
                kept.add(name)
    return kept


def digest(path: Path) -> str:
    """The sha256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifests(folder: Path, as_of: str, commit: str, drafts: Collection[str]) -> int:
    """`manifest.json` for the whole and `AUDIENCE.json` for each client; the count of files.

    `drafts` are the accounts with changes that are not committed. Only the first manifest,
    which is ours, names the commit.
    """
    clients = folder / "clients"
    for client in sorted(clients.iterdir()) if clients.is_dir() else ():
        if (client / AUDIENCE).exists():  # kept from before, as it was
            continue
        files = {p.relative_to(client).as_posix(): digest(p) for p in _files(client)}
        facts = {"audience": "client", "account": client.name, "as_of": as_of}
        draft = client.name in drafts
        _write(client / AUDIENCE, {**facts, "draft": draft, "files": files})
    files = {p.relative_to(folder).as_posix(): digest(p) for p in _files(folder)}
    audiences = {name: "internal" if name.startswith("internal/") else "client" for name in files}
    rows = {name: {"sha256": files[name], "audience": audiences[name]} for name in sorted(files)}
    ours = {"version": 1, "as_of": as_of, "draft": bool(drafts), "commit": commit}
    _write(folder / MANIFEST, {**ours, "files": rows})
    return len(files)


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def _write(path: Path, record: dict[str, object]) -> None:
    words = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(words, "utf-8")
