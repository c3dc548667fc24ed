"""What the last check found, kept so that only what changed is read again.

An account is known again by a digest of the names, sizes and times of its files; git's change time cannot
be forged by a file in the repository, so a memory that somebody ships is never believed. Files
that changed while they were read are not remembered. Nothing here is needed to be right: a
missing or broken memory only costs time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from stat import S_ISDIR
from typing import Any, NamedTuple

from planwerk.halves import each
from planwerk.problems import Place, Problem, Severity

FOLDER = ".planwerk-cache"
FILE = "check.json"
VERSION = 2
FINE, COARSE = 20_000_000, 2_000_000_000
"""Nanoseconds within which a file may change without its times telling, by file system."""
SECOND = 1_000_000_000
PORTION = 50
"""Entries at the top of `plans` that a process looks at before it takes the next ones."""


class Signature(NamedTuple):
    """What tells one state of some files from another, and when the last of them changed.

    `coarse` if all their times are whole seconds: then the file system knows no others.
    """

    digest: str
    newest: int
    coarse: bool


class Seen(NamedTuple):
    """What lies at the top of `plans`: the signatures of folders and of all else, by name."""

    folders: dict[str, Signature]
    others: dict[str, Signature]


@dataclass(slots=True)
class Remembered:
    """What was found in one account, or in the house: problems, files read, and facts."""

    signature: Signature
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """The last check: its `key` (all that every account depends on), the house, the accounts."""

    key: str = ""
    house: Remembered | None = None
    accounts: dict[str, Remembered] = field(default_factory=dict)


def signatures(plans: Path) -> Seen:
    """What lies in `plans`; links are not followed. A copy of this process looks at a part of
    what is much: most of the time goes into asking the system."""
    seen = Seen({}, {})
    names, root = os.listdir(plans), os.fspath(plans)  # noqa: PTH208 - many files

    def portion(number: int) -> list[tuple[str, bool, Signature]]:
        return [_seen(root, name) for name in names[number * PORTION : (number + 1) * PORTION]]

    count = -(-len(names) // PORTION)
    for _, found in each(portion, count):
        for name, is_folder, signature in found:
            (seen.folders if is_folder else seen.others)[name] = signature
    return seen


def signature(path: Path) -> Signature:
    """What lies at `path` and below it; a link is not followed."""
    return _seen(os.fspath(path.parent), path.name)[2]


_Row = tuple[str, int, int, int, int]


def _seen(root: str, name: str) -> tuple[str, bool, Signature]:
    """An entry at the top of `plans`: whether it is a folder, and the signature of all of it."""
    rows: list[_Row] = []
    is_folder = _add(f"{root}/{name}", "", rows)
    return name, is_folder, _signature(rows)


def _add(path: str, name: str, rows: list[_Row]) -> bool:
    """Note what is known of a path, and of all below it if it is a folder; whether it is one."""
    found = os.lstat(path)
    rows.append((name, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))
    if not S_ISDIR(found.st_mode):
        return False
    above = f"{name}/" if name else ""
    for inner in os.listdir(path):  # noqa: PTH208 - many files
        _add(f"{path}/{inner}", above + inner, rows)
    return True


def _signature(rows: list[_Row]) -> Signature:
    rows.sort()
    times = [time for row in rows for time in row[1:3]]
    return Signature(_short(repr(rows)), max(times), not any(time % SECOND for time in times))


def together(signatures: Iterable[tuple[str, Signature]]) -> Signature:
    """The signature of several things, each with its name."""
    known = sorted(signatures)
    newest = max((s.newest for _, s in known), default=0)
    return Signature(_short(repr(known)), newest, all(s.coarse for _, s in known))


def program(folder: Path) -> str:
    """What tells one state of the program from another: its files' names, sizes and times."""
    rows: list[Any] = []
    for above, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith((".py", ".yml")):
                found = os.stat(os.path.join(above, name))  # noqa: PTH116, PTH118 - many files
                rows.append([name, found.st_mtime_ns, found.st_ctime_ns, found.st_size])
    return digest(rows)


def digest(value: object) -> str:
    """A short digest of plain values."""
    return _short(json.dumps(value, sort_keys=True))


def _short(words: str) -> str:
    # the names of files may be no texts
    return hashlib.sha256(words.encode(errors="surrogateescape")).hexdigest()[:32]


def cache_folder(root: Path) -> Path | None:
    """Where what is remembered of a workspace lies, made where it is missing; None where it is
    not ours: a repository may ship links, and nothing is written through one."""
    folder = root / FOLDER
    if folder.is_symlink():
        return None
    if not folder.is_dir():
        folder.mkdir()
        (folder / ".gitignore").write_text("*\n", "utf-8")
    return folder


class Store:
    """Where the memory of a workspace lies; `now` is the file system's time at the beginning."""

    def __init__(self, root: Path) -> None:
        self.path = root / FOLDER / FILE
        self.fresh: Path | None = None
        self.now = 0

    def begin(self) -> Memory:
        """The memory of the last check; also marks the time from which on changes are doubtful."""
        try:
            self._prepare()
        except OSError:  # a read-only folder: checks still run, they only remember nothing
            self.fresh = None
        try:
            return _memory(json.loads(self.path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Memory()

    def _prepare(self) -> None:
        folder = cache_folder(self.path.parent.parent)
        if folder is None:
            return
        self.fresh = folder / f".{FILE}.{os.getpid()}"
        self.fresh.unlink(missing_ok=True)
        self.fresh.open("xb").close()
        self.now = self.fresh.stat().st_mtime_ns

    def end(self, memory: Memory) -> None:
        """Keep the memory, without what changed too recently to be known again."""
        if self.fresh is None:
            return
        kept = {name: r for name, r in memory.accounts.items() if self._settled(r.signature)}
        house = memory.house if memory.house and self._settled(memory.house.signature) else None
        rows = {
            "version": VERSION,
            "key": memory.key,
            "house": _remembered_row(house) if house else None,
            "accounts": {name: _remembered_row(r) for name, r in sorted(kept.items())},
        }
        try:
            self.fresh.write_text(json.dumps(rows), "utf-8")
            self.fresh.replace(self.path)
        except OSError:
            self.forget()

    def forget(self) -> None:
        """Leave nothing of this run behind."""
        if self.fresh is not None:
            self.fresh.unlink(missing_ok=True)

    def _settled(self, signature: Signature) -> bool:
        return signature.newest < self.now - (COARSE if signature.coarse else FINE)


def _memory(rows: Mapping[str, Any]) -> Memory:
    if rows["version"] != VERSION:
        return Memory()
    house = _remembered(rows["house"]) if rows["house"] else None
    accounts = {name: _remembered(row) for name, row in rows["accounts"].items()}
    return Memory(str(rows["key"]), house, accounts)


def _remembered(row: Mapping[str, Any]) -> Remembered:
    facts = {str(name): fact for name, fact in row["facts"].items()}
    return Remembered(
        Signature(*row["signature"]), [_problem(p) for p in row["problems"]], row["files"], facts
    )


def _remembered_row(r: Remembered) -> dict[str, Any]:
    problems = [_problem_row(p) for p in r.problems]
    return {"signature": r.signature, "problems": problems, "files": r.files, "facts": r.facts}


def _problem_row(p: Problem) -> list[Any]:
    at = p.place
    return [p.rule, int(p.severity), str(at.path), at.line, at.column, at.width, dict(p.facts), p.account]  # fmt: skip


def _problem(row: Iterable[Any]) -> Problem:
    rule, severity, path, line, column, width, facts, account = row
    place = Place(PurePosixPath(path), line, column, width)
    return Problem(rule, place, Severity(severity), facts, account)
