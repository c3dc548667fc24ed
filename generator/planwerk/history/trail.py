"""The audit trail of a workspace: every account's history in the plan's words.

One pass over git's log gives the main line; each step of it is compared by what its files held
before and after, once for each pair of contents. What was told is kept (`archive.py`), so that
commits on top cost only themselves.
"""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwerk.history.archive import Archive, State, as_json
from planwerk.history.codec import commit_of, step_of
from planwerk.history.compare import counted
from planwerk.history.line import File, Move, Revision, Stage, by_account, main_line
from planwerk.history.teller import History, Teller, Work, keys
from planwerk.interruption import unheard
from planwerk.model.history import Commit, Step, Told
from planwerk.remembered import program

if TYPE_CHECKING:
    from planwerk.repository import FileChange, Repository

MANY = 40
"""Accounts from which on a second process pays for itself."""
PROCESSES = 2
PORTION = 4
AT_ONCE = 1000
"""Comparisons that are kept together: a disk takes its time for each time."""

Progress = Callable[[int, int], None]


class Trail:
    """The history of each account up to a commit."""

    def __init__(self, kept: Archive, until: int, whole: bool = True) -> None:
        self._kept, self._until = kept, until
        self.whole = whole
        """Whether it tells all from the beginning; a shallow clone begins in the middle."""

    def accounts(self) -> list[str]:
        """The accounts that have a history, the house ("") among them."""
        return self._kept.accounts(self._until)

    def counts(self) -> list[tuple[str, int]]:
        """Each account and how many steps it has, the one that changed last first."""
        return self._kept.counts(self._until)

    def last(self, account: str) -> Commit:
        """The commit of an account's last step."""
        return commit_of(self._kept.last(account, self._until))

    def of(self, account: str) -> tuple[Step, ...]:
        """The steps of an account ("": of what all have in common), oldest first."""
        rows, words = self._kept.steps(account, self._until), self._kept.words()
        return counted_steps([step_of(row, between, account, words) for row, between in rows])

    def all(self) -> Iterator[tuple[str, tuple[Step, ...]]]:
        """All accounts' histories, one account after another."""
        for account in self.accounts():
            yield account, self.of(account)

    def states(self, account: str) -> Iterator[tuple[int, Commit, State]]:
        """What an account's files held after each of its steps, with the step's number on the
        main line. Files are named below the account's folder (of the house: below plans/)."""
        state: State = {}
        for number, row, files in self._kept.moves(account, self._until):
            for old, new, blob in files:
                state.pop(old, None)
                if new:
                    state[new] = blob
            yield number, commit_of(row), dict(state)

    def kept(self, keys: Iterable[str]) -> dict[str, Any]:
        """What is known of these keys; whoever derives something of a trail may keep it."""
        return self._kept.told(keys)

    def keep(self, rows: Mapping[str, Any]) -> None:
        """Keep what is now known of these keys, where that is possible."""
        with suppress(sqlite3.Error):
            self._kept.tell({key: as_json(row) for key, row in rows.items()})


def counted_steps(steps: list[Step]) -> tuple[Step, ...]:
    """The steps, each change knowing how often its fact has changed until then."""
    changes = counted(told.change for step in steps for told in step.told)
    found = []
    for step in steps:
        told = tuple([Told(c, t.commit) if (c := next(changes)) is not t.change else t for t in step.told])  # fmt: skip
        found.append(Step(step.commit, told, step.unread))
    return tuple(found)


def trail(repository: Repository, tip: str = "HEAD", progress: Progress | None = None) -> Trail:
    """The trail up to `tip`, the kept one made longer by what is new.

    Where nothing can be kept, all of it is told anew.
    """
    commit = repository.resolve(tip)
    own = program(Path(__file__).parents[1])
    try:
        return _trail(repository, commit, Archive(repository.folder, own), progress)
    except (sqlite3.Error, OSError):
        return _trail(repository, commit, Archive(None, own), progress)


def _trail(repository: Repository, commit: str, kept: Archive, progress: Progress | None) -> Trail:
    until = kept.position(commit)
    if until is None:
        tip = kept.tip()
        moves = _moves(repository, tip, commit) if tip else []
        anew = not moves or moves[0].revision.commit.parents[:1] != (tip,)
        if anew:
            moves = _moves(repository, "", commit)
        _lengthen(repository, kept, moves, anew, progress)
        until = kept.position(commit)
    return Trail(kept, -1 if until is None else until, not repository.begins)


def _moves(repository: Repository, since: str, tip: str) -> list[Move]:
    return main_line(
        Revision(commit, tuple(_file(change) for change in files))
        for commit, files in repository.commits(since, tip)
    )


def _file(change: FileChange) -> File:
    """A changed file; a link or another repository in its place is none of a plan's, nor is a
    file whose name is no text."""
    old, new = _name(change.old), _name(change.new if change.kind == "file" else "")
    return File(old, new, change.new_blob if new else "", change.old_blob if old else "")


def _name(path: str) -> str:
    return path if path.isascii() or path.encode(errors="ignore").decode() == path else ""


def _lengthen(
    repository: Repository, kept: Archive, moves: list[Move], anew: bool, progress: Progress | None
) -> None:
    """Tell these moves and keep what was told."""
    ids = [move.revision.commit.id for move in moves]
    numbers = {name: number for number, name in enumerate(ids)}
    stages = by_account(moves)
    renames = [] if anew else list(_renames(stages))
    former = {new: old for old, new in renames}
    todo = [
        Work(name, own, {} if anew else kept.state(former.get(name, name)), kept.told(keys(own)))
        for name, own in sorted(stages.items())
    ]
    done = []
    rows: dict[str, str] = {}
    texts: dict[str, str] = {}
    for number, told in enumerate(_all(Teller(repository), todo), start=1):
        rows |= told.rows
        texts |= told.texts
        told.rows, told.texts = {}, {}
        done.append(told)
        if len(rows) > AT_ONCE or number == len(todo):  # for good, whatever comes after
            kept.tell(rows, texts)
            rows, texts = {}, {}
        if progress:
            progress(number, len(todo))
    with kept.line(ids, anew) as line:
        for old, new in renames:
            line.rename(old, new)
        for told in done:
            steps = [
                (numbers[stage.commit.id], row, [file[:3] for file in stage.files], key)
                for (row, key), stage in zip(told.steps, stages[told.account], strict=True)
            ]
            line.add(told.account, steps, told.state)


def _renames(stages: Mapping[str, list[Stage]]) -> Iterator[tuple[str, str]]:
    """The former and the last name of each account that these stages renamed."""
    for name, own in stages.items():
        if renamed := [stage.renamed for stage in own if stage.renamed]:
            yield renamed[0][0], name


_inherited: tuple[Teller, list[Work]] | None = None
"""What processes that this one forks are to tell, and what with."""


def _all(teller: Teller, todo: list[Work]) -> Iterator[History]:
    """Each account's steps; forked processes share the work where that is possible."""
    global _inherited
    if len(todo) < MANY or not hasattr(os, "fork"):
        with teller.contents:
            yield from map(teller.tell, todo)
        return
    from multiprocessing import get_context  # hardly ever: commits on top concern few accounts

    _inherited = teller, todo
    gc.freeze()  # a copy that looks for garbage among our objects would need all their memory too
    try:
        with unheard():
            copies = get_context("fork").Pool(PROCESSES)
        with copies as pool:
            yield from pool.imap_unordered(_tell, range(len(todo)), PORTION)
    finally:
        gc.unfreeze()
        _inherited = None


def _tell(number: int) -> History:
    assert _inherited is not None
    teller, todo = _inherited
    return teller.tell(todo[number])
