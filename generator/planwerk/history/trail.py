"""The audit trail of a workspace: every account's history in the plan's words.

One pass over git's log gives the main line; each step of it is compared by what its files held
before and after, once for each pair of contents. What was told is kept (`kept.py`), so that
commits on top cost only themselves.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planwerk.history.codec import step_of, step_row
from planwerk.history.kept import Kept
from planwerk.history.line import File, Move, Revision, Stage, by_account, main_line
from planwerk.history.teller import History, Teller, Work, keys
from planwerk.model.history import Spot, Step, Told
from planwerk.remembered import program

if TYPE_CHECKING:
    from planwerk.repository import Repository

MANY = 40
"""Accounts from which on a second process pays for itself."""
PROCESSES = 2
PORTION = 4

Progress = Callable[[int, int], None]


class Trail:
    """The history of each account up to a commit; begins with `begins` in a shallow clone."""

    def __init__(self, kept: Kept, until: int) -> None:
        self._kept, self._until = kept, until

    def accounts(self) -> list[str]:
        """The accounts that have a history, the house ("") among them."""
        return self._kept.accounts()

    def of(self, account: str) -> tuple[Step, ...]:
        """The steps of an account ("": of what all have in common), oldest first."""
        rows = self._kept.steps(account, self._until)
        return counted(step_of(row, account) for row in rows)

    def all(self) -> Iterator[tuple[str, tuple[Step, ...]]]:
        """All accounts' histories, one account after another."""
        name: str | None = None
        steps: list[Step] = []
        for account, row in self._kept.all_steps(self._until):
            if account != name:
                if name is not None:
                    yield name, counted(steps)
                name, steps = account, []
            steps.append(step_of(row, account))
        if name is not None:
            yield name, counted(steps)


def trail(repository: Repository, tip: str = "HEAD", progress: Progress | None = None) -> Trail:
    """The trail up to `tip`, the kept one made longer by what is new.

    Where nothing can be kept, all of it is told anew.
    """
    commit = repository.resolve(tip)
    own = program(Path(__file__).parents[1])
    try:
        return _trail(repository, commit, Kept(repository.folder, own), progress)
    except (sqlite3.Error, OSError):
        return _trail(repository, commit, Kept(None, own), progress)


def _trail(repository: Repository, commit: str, kept: Kept, progress: Progress | None) -> Trail:
    until = kept.position(commit)
    if until is None:
        tip = kept.tip()
        moves = _moves(repository, tip, commit) if tip else []
        anew = not moves or moves[0].revision.commit.parents[:1] != (tip,)
        if anew:
            moves = _moves(repository, "", commit)
        _lengthen(repository, kept, moves, anew, progress)
        until = kept.position(commit)
    return Trail(kept, -1 if until is None else until)


def _moves(repository: Repository, since: str, tip: str) -> list[Move]:
    return main_line(
        Revision(commit, tuple(File(f.old, f.new, f.old_blob, f.new_blob) for f in files))
        for commit, files in repository.commits(since, tip)
    )


def _lengthen(
    repository: Repository, kept: Kept, moves: list[Move], anew: bool, progress: Progress | None
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
    for number, told in enumerate(_all(Teller(repository), todo), start=1):
        kept.tell(told.rows)
        done.append(told)
        if progress:
            progress(number, len(todo))
    with kept.line(ids, anew) as line:
        for old, new in renames:
            line.rename(old, new)
        for told in done:
            rows = ((numbers[step.commit.id], step_row(step)) for step in told.steps)
            line.add(told.account, rows, told.state)


def _renames(stages: Mapping[str, list[Stage]]) -> Iterator[tuple[str, str]]:
    """The former and the last name of each account that these stages renamed."""
    for name, own in stages.items():
        if renamed := [stage.renamed for stage in own if stage.renamed]:
            yield renamed[0][0], name


_teller: Teller | None = None
"""The teller of this process, inherited by those it forks."""


def _all(teller: Teller, todo: list[Work]) -> Iterator[History]:
    """Each account's steps; forked processes share the work where that is possible."""
    global _teller
    if len(todo) < MANY or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(teller.tell, todo)
        return
    _teller = teller
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        yield from pool.imap_unordered(_tell, todo, PORTION)
    _teller = None


def _tell(work: Work) -> History:
    assert _teller is not None
    return _teller.tell(work)


def counted(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps, each change knowing how often its fact has changed until then."""
    times: Counter[tuple[Spot, str]] = Counter()
    known: dict[Spot, Spot] = {}
    found = []
    for step in steps:
        told = []
        for one in step.told:
            change = one.change
            if change.before is not None:
                known[change.spot] = known.get(change.before, change.before)
            if change.field:
                at = (known.get(change.spot, change.spot), change.field)
                times[at] += 1
                if times[at] > 1:
                    one = Told(replace(change, times=times[at]), one.commit)
            told.append(one)
        found.append(replace(step, told=tuple(told)))
    return tuple(found)
