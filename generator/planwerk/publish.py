"""Outputs appear whole or not at all: written beside, then swapped in.

The new output is written into a sibling folder; when it is complete, the old one is moved
aside, what was not made again moves from there into the new one, which takes its name, and what
is left of the old one is deleted. What moves is noted before: a crash leaves one of the two, and
the next run cleans up. What Planwerk did not write is never deleted: an output folder is only
touched if its manifest names everything in it.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from planwerk.folders import folder_of, is_outside, outside, owner
from planwerk.problems import refuse
from planwerk.stamp import stamp_in

T = TypeVar("T")

MANIFEST = "manifest.json"
AUDIENCE = "AUDIENCE.json"
UNSYNCED = (errno.EINVAL, errno.ENOTSUP, errno.EROFS)
"""What file systems say that sync no folders, or nothing."""


@contextmanager
def output_folder(out: Path, root: Path) -> Iterator[Path]:
    """A new folder to fill, which becomes `out` when the block ends without an exception.

    Refuses (exit code 2) folders that are not an output of ours, 5 while another run is
    writing, 6 where the disk says no.
    """
    out = out.absolute()
    _guard(out, root)
    staging, old = out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
    with _locked(out):
        try:
            _recover(out, staging, old)
            staging.mkdir()
            yield staging
            _sync(staging)
            _swap(out, staging, old)
        except OSError as error:
            raise refuse("cannot-write", str(out), 6, found=error.strerror or str(error)) from None
        finally:
            with suppress(OSError):  # what the disk forbids now is left to the next run
                _recover(out, staging, old)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Nobody else writes this output within the block; the lock ends with the process, however."""
    path = out.with_name(f".{out.name}.lock")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = open(path, "w")  # noqa: SIM115, PTH123
    except OSError as error:
        raise refuse("cannot-write", str(out), 6, found=error.strerror or "") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refuse("output-locked", str(out), 5) from None
        if not _is_at(lock.fileno(), path):  # another run took its lock away while we opened it
            raise refuse("output-locked", str(out), 5)
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _is_at(number: int, path: Path) -> bool:
    """Whether an open file is the one that lies at that path."""
    try:
        return os.path.samestat(os.fstat(number), path.stat())
    except FileNotFoundError:
        return False


def _sync(folder: Path) -> None:
    """Have all that was written be on the disk: a name must never be there before what it names."""
    for above, _, names in os.walk(folder):
        for path in (*(os.path.join(above, name) for name in names), above):  # noqa: PTH118
            _sync_one(path)
    note = _carried(folder)
    if note.exists():
        _sync_one(os.fspath(note))
    _sync_one(os.fspath(folder.parent))


def _sync_one(path: str) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in UNSYNCED:
            raise
    finally:
        os.close(number)


def carry(folder: Path, names: Iterable[str]) -> None:
    """Note what moves from the old output into the new one, which is being filled in `folder`:
    files and whole folders by their names, none of which is there yet."""
    _carried(folder).write_text(json.dumps(list(names)), "utf-8")


def _carried(staging: Path) -> Path:
    """Where it is noted what moves."""
    return staging.with_name(staging.name.removesuffix(".new") + ".moved")


def _guard(out: Path, root: Path) -> None:
    plans = (root / "plans").resolve()
    resolved = out.resolve()
    inside = resolved == plans or plans in resolved.parents
    around = resolved in (root.resolve(), Path.home(), Path("/")) or resolved in plans.parents
    inside = inside or any(_is_git(folder) for folder in (resolved, *resolved.parents))
    inside = inside or any(_is_output(folder) for folder in resolved.parents)
    if inside or around or out.is_symlink() or (out.exists() and not out.is_dir()):
        raise refuse("bad-output-folder", str(out), found=str(out))
    if out.is_dir() and (foreign := _foreign(out)):
        raise refuse("foreign-files", str(out), found=foreign)


def _is_git(folder: Path) -> bool:
    """Whether a folder is git's own: `.git`, or a repository without a working tree."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()  # fmt: skip


def _is_output(folder: Path) -> bool:
    """Whether a folder is an output of ours: what is written into it would be another audience's."""
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and {"version", "as_of", "files"} <= found.keys()


def _foreign(out: Path) -> str | None:
    """Something in `out` that its manifest does not name, or None if all of it is ours."""
    names = names_below(out)
    if not names:
        return None
    try:
        ours = {MANIFEST, *json.loads((out / MANIFEST).read_text("utf-8"))["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return min(names)
    return min((name for name in names if name not in ours), default=None)


def names_below(folder: Path) -> list[str]:
    """The names of all files and links below a folder."""
    found: list[str] = []
    stack = [(os.fspath(folder), "")]
    while stack:
        path, above = stack.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append((entry.path, f"{above}{entry.name}/"))
                else:
                    found.append(above + entry.name)
    return found


def _recover(out: Path, staging: Path, old: Path) -> None:
    """Undo, or clean up behind, a run that did not come to its end: this one or one before."""
    if old.is_dir() and not out.exists():
        for name in _moved(staging):
            if (staging / name).exists() and not (old / name).exists():
                (staging / name).rename(old / name)
        old.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(staging, ignore_errors=True)
    _carried(staging).unlink(missing_ok=True)


def _moved(staging: Path) -> list[str]:
    try:
        names: list[str] = json.loads(_carried(staging).read_text("utf-8"))
    except FileNotFoundError:
        return []
    return names


def _swap(out: Path, staging: Path, old: Path) -> None:
    if out.exists():
        out.rename(old)
    for name in _moved(staging):
        (staging / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).rename(staging / name)
    staging.rename(out)
    _sync_one(os.fspath(out.parent))  # before the old one goes
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


def _digests(folder: Path) -> dict[str, str]:
    """The digests of all files below a folder by their names; what is linked is read once."""
    found: dict[str, str] = {}
    linked: dict[int, str] = {}
    for name in names_below(folder):
        path = folder / name
        about = path.stat()
        if about.st_nlink == 1:
            found[name] = digest(path)
        else:
            found[name] = linked[about.st_ino] = linked.get(about.st_ino) or digest(path)
    return found


def _of_outside(named: Mapping[str, T]) -> dict[str, dict[str, T]]:
    """Of what is named by files what is in each folder for somebody outside, by the names there."""
    found: dict[str, dict[str, T]] = {}
    for name, value in named.items():
        if is_outside(name):
            folder = folder_of(*owner(name))
            found.setdefault(folder, {})[name.removeprefix(f"{folder}/")] = value
    return found


def write_manifests(
    folder: Path,
    as_of: str,
    commit: str,
    drafts: Collection[str],
    kept: Mapping[str, Earlier] | None = None,
    carried: Mapping[str, str] | None = None,
    stamps: Mapping[str, str] | None = None,
) -> int:
    """`manifest.json` for the whole and `AUDIENCE.json` for each client and partner; the count of
    files that are of this build.

    `drafts` are the accounts with changes that are not committed, `kept` the files of earlier
    builds: they keep their day and commit. `carried` are the digests of files that move here
    when all is published (see `carry`), `stamps` those of them that are documents. Only the first manifest, which is ours, names a commit.
    """
    before = kept or {}
    digests = _digests(folder) | dict(carried or {})
    theirs, older = _of_outside(digests), _of_outside(before)
    for part in outside(folder):
        told = folder / part / AUDIENCE
        if told.exists():  # kept from before, as it was
            continue
        audience, account = owner(part)
        facts = {"audience": audience, "account": account, "as_of": as_of}
        old = older.get(part, {})
        days = {n: e.as_of for n, e in old.items() if e.as_of != as_of}
        draft = account in drafts or any(e.draft for e in old.values())
        files = theirs.get(part, {})
        record = {**facts, "draft": draft, "files": files, **({"earlier": days} if days else {})}
        _write(told, record)
        digests[f"{part}/{AUDIENCE}"] = digest(told)
    rows = {name: _row(name, digests[name], as_of, commit, before) for name in sorted(digests)}
    for name, row in rows.items():
        carried_stamp = (stamps or {}).get(name, "")
        if said := carried_stamp if name in (carried or {}) else stamp_in(folder / name):
            row["stamp"] = said  # by it a document is known when another program saved it
    draft = bool(drafts) or any(e.draft for e in before.values())
    ours = {"version": 1, "as_of": as_of, "draft": draft, "commit": commit}
    _write(folder / MANIFEST, {**ours, "files": rows})
    return len(rows) - len(before)


def _row(
    name: str, found: str, as_of: str, commit: str, kept: Mapping[str, Earlier]
) -> dict[str, str]:
    """What the manifest says of a file; day and commit where they are not the whole's."""
    row = {"sha256": found, "audience": owner(name)[0]}
    if (old := kept.get(name)) and (old.as_of, old.commit) != (as_of, commit):
        row |= {"as_of": old.as_of, "commit": old.commit}
    return row


def _write(path: Path, record: Mapping[str, object]) -> None:
    words = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(words, "utf-8")
