"""The check of a whole workspace: only what changed is read, by two processes if it is much."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from planwerk.problems import Problem, refuse
from planwerk.remembered import Memory, Remembered, Signature, Store, digest, program, signatures
from planwerk.text.source import other_repositories

if TYPE_CHECKING:
    from planwerk.read import Reading

MANY = 40
"""Accounts from which on a second process pays for itself."""
PROCESSES = 2
PORTION = 20
SHARED = ("personas", "industries")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, in how many accounts and files."""

    problems: list[Problem]
    accounts: int
    files: int


def check_workspace(
    root: Path,
    as_of: date | None,
    *,
    strict: bool = False,
    also: Collection[str] = (),
    remember: bool = True,
    progress: Progress | None = None,
) -> Checked:
    """Every finding in the workspace at `root`; refuses (exit code 2) where there is none.

    `as_of` is the day to look from (None: the workspace's own); with `remember`, accounts that
    did not change since the last check, nor anything they depend on, are not read again.
    """
    plans = root / "plans"
    if not plans.is_dir() or plans.is_symlink():
        raise refuse("symlink" if plans.is_symlink() else "no-workspace", "plans" if plans.is_symlink() else str(root), found=str(root))  # fmt: skip
    store = Store(root)
    memory = store.begin() if remember else Memory()
    try:
        asked = _Asked(root, as_of, strict, tuple(sorted(set(also))))
        new = _renewed(asked, memory, progress)
    except BaseException:
        store.forget()
        raise
    if remember:
        store.end(new)
    assert new.house is not None
    problems = [*new.house.problems, *(p for r in new.accounts.values() for p in r.problems)]
    files = new.house.files + sum(r.files for r in new.accounts.values())
    return Checked(problems, len(new.accounts), files)


class _Asked(NamedTuple):
    """What a check was asked: where, from which day on, how strictly, and rules by name."""

    root: Path
    as_of: date | None
    strict: bool
    also: tuple[str, ...]


def _renewed(asked: _Asked, old: Memory, progress: Progress | None) -> Memory:
    """The memory brought up to date: what did not change is taken over."""
    root = asked.root
    seen = signatures(root / "plans")
    accounts = {n: s for n, s in seen.items() if _is_account(root, n)}
    above: Signature = sorted([name, *row] for name in seen if name not in accounts for row in seen[name])  # fmt: skip
    own = program(Path(__file__).parent)
    others = sorted(other_repositories(root))
    base = digest([str(asked.as_of), asked.strict, asked.also, own, others, above])
    names = {
        name: known.facts["names"]
        if (known := old.accounts.get(name))
        and known.signature == signature
        and "names" in known.facts
        else _names(root, name)
        for name, signature in accounts.items()
    }
    key = digest([base, names])
    same = key == old.key and old.house is not None
    kept = {n: r for n, r in old.accounts.items() if same and accounts.get(n) == r.signature}
    new = Memory(key, old.house if same else None, dict(kept))
    todo = sorted(set(accounts) - set(kept))
    if todo or not same:
        worker = _Worker(asked, names)
        new.house = worker.house(above)
        for done, (name, problems, files) in enumerate(_all(worker, todo), start=1):
            new.accounts[name] = Remembered(accounts[name], problems, files, {"names": names[name]})
            if progress:
                progress(done, len(todo))
    return new


def _is_account(root: Path, name: str) -> bool:
    folder = root / "plans" / name
    return not name.startswith(".") and name not in SHARED and folder.is_dir() and not folder.is_symlink()  # fmt: skip


def _names(root: Path, account: str) -> list[Any]:
    from planwerk.read import read_names

    return list(read_names(root, account))


class _Worker:
    """Reads accounts and runs the rules on them, one at a time: no two are ever in memory."""

    def __init__(self, asked: _Asked, names: dict[str, list[Any]]) -> None:
        from planwerk.checks.rule import Accounts, Identity
        from planwerk.read import read_house

        self.asked = asked
        self.reading: Reading = read_house(asked.root, asked.as_of)
        self.accounts = Accounts(
            (name, Identity(tuple(called), parent)) for name, (called, parent) in names.items()
        )

    def house(self, signature: Signature) -> Remembered:
        """What is found above the accounts."""
        return Remembered(signature, self._found(self.reading, True), _files(self.reading))

    def account(self, name: str) -> tuple[str, list[Problem], int]:
        """What is found in one account, and in how many files."""
        from planwerk.read import read_account

        reading = read_account(self.reading, name)
        return name, self._found(reading, False), _files(reading)

    def _found(self, reading: Reading, with_house: bool) -> list[Problem]:
        from planwerk.checks import check_read

        strict, also = self.asked.strict, self.asked.also
        return check_read(reading, self.accounts, strict, also, with_house)


def _files(reading: Reading) -> int:
    return len(reading.located) + len(reading.tables)


_worker: _Worker | None = None
"""The worker of this process, inherited by those it forks: it holds the house, no account."""


def _all(worker: _Worker, names: list[str]) -> Iterator[tuple[str, list[Problem], int]]:
    """What is found in each account; forked processes share the work where that is possible."""
    global _worker
    if len(names) < MANY or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(worker.account, names)
        return
    _worker = worker
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        yield from pool.imap_unordered(_account, names, PORTION)
    _worker = None


def _account(name: str) -> tuple[str, list[Problem], int]:
    assert _worker is not None
    return _worker.account(name)
