"""The check of a whole workspace: only what changed is read, by two processes if it is much."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from planwerk.halves import MOST, shared
from planwerk.problems import Problem, refuse
from planwerk.remembered import (
    Memory,
    Remembered,
    Signature,
    Store,
    digest,
    program,
    signature,
    signatures,
    together,
)
from planwerk.text.source import other_repositories

if TYPE_CHECKING:
    from planwerk.read import Reading

MANY = 40
"""Accounts from which on a second process pays for itself."""
PORTION = 20
SHARED = ("personas", "industries")
SITE = "site"
"""The house's own pages, beside `plans`; what reads them need not be loaded to know that."""

Progress = Callable[[int, int], None]


class Checked(NamedTuple):
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
    if new == memory:  # nothing was read: what is remembered may stay as it is
        store.forget()
    elif remember:
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
    folders, beside = signatures(root / "plans")
    accounts = {name: s for name, s in folders.items() if not name.startswith(".") and name not in SHARED}  # fmt: skip
    above = together((*beside.items(), *((n, s) for n, s in folders.items() if n not in accounts)))
    own = program(Path(__file__).parent)
    others = sorted(other_repositories(root))
    above = together((("plans", above), *_pages(root)))
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
        for name, problems, files in _all(worker, todo, progress or (lambda done, total: None)):
            new.accounts[name] = Remembered(accounts[name], problems, files, {"names": names[name]})
    return new


def _pages(root: Path) -> Iterator[tuple[str, Signature]]:
    """The signature of the house's own pages, which lie beside `plans`."""
    if (root / SITE).exists():
        yield SITE, signature(root / SITE)


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


def _all(
    worker: _Worker, names: list[str], progress: Progress
) -> Iterator[tuple[str, list[Problem], int]]:
    """What is found in each account; where it is much, a copy of this process takes a part."""
    if len(names) < MANY or not hasattr(os, "fork"):
        for done, name in enumerate(names, start=1):
            yield worker.account(name)
            progress(done, len(names))
        return
    size = max(PORTION, -(-len(names) // MOST))

    def portion(number: int) -> list[tuple[str, list[Problem], int]]:
        return [worker.account(name) for name in names[number * size : (number + 1) * size]]

    done = 0
    for number, found in shared(portion, -(-len(names) // size)):
        yield from found
        done = max(done, min((number + 1) * size, len(names)))  # what was taken before is done
        progress(done, len(names))
