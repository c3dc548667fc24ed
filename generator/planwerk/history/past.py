"""The histories that outputs tell: ours by commit, each client's by day, up to one day."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from planwerk.audience import CLIENT
from planwerk.history.disclosed import Work, disclosed, work_for, worked_out
from planwerk.history.line import HOUSE
from planwerk.history.trail import Trail, trail
from planwerk.interruption import unheard
from planwerk.model.history import Step
from planwerk.problems import Problem

if TYPE_CHECKING:
    from planwerk.repository import Repository

MANY = 8
"""Histories from which on a second process pays for itself."""
PROCESSES = 2

Steps = tuple[Step, ...]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Past:
    """The histories up to a commit and a day, each read when it is asked for; `gaps` tell what
    cannot be known. Empty outside git."""

    repository: Repository | None = None
    told: Trail | None = None
    until: date = date.min
    gaps: tuple[Problem, ...] = ()

    def of(self, account: str) -> Steps:
        """What changed of an account, for us."""
        return up_to(self.told.of(account), self.until) if self.told else ()

    @property
    def house(self) -> Steps:
        """What changed of what all accounts have in common, for us."""
        return self.of(HOUSE)

    def client(self, account: str) -> Steps:
        """What the account's client saw change."""
        if self.repository is None or self.told is None:
            return ()
        return disclosed(self.repository, self.told, account, CLIENT, self.until)


def past(
    repository: Repository, tip: str, until: date, clients: Iterable[str], progress: Progress | None = None
) -> Past:  # fmt: skip
    """The histories up to the commit `tip` and the day `until`; what `clients` saw is worked out.

    Raises `Unreadable` where git does not tell them.
    """
    tell = (lambda n, of: progress("telling", n, of)) if progress else None
    told = trail(repository, tip, tell)
    todo = [work_for(told, name, CLIENT, until) for name in clients]
    new = [work for work in todo if len(told.kept(work.keys)) < len(set(work.keys))]
    for number, rows in enumerate(_all(repository, new), start=1):
        told.keep(rows)
        if progress:
            progress("disclosing", number, len(new))
    return Past(repository, told, until, tuple(repository.problems))


def up_to(steps: Iterable[Step], until: date) -> Steps:
    """The steps up to a day; time never runs backwards: a step that claims an earlier day than
    the one before it counts for that one's."""
    found: list[Step] = []
    latest = date.min
    for step in steps:
        latest = max(latest, step.commit.day or latest)
        if latest > until:
            break
        found.append(step)
    return tuple(found)


def last_days(steps: Steps, after: date) -> Steps:
    """The steps after a day, and the last one in any case."""
    return tuple(s for s in steps if s is steps[-1] or (s.commit.day or after) > after)


_repository: Repository | None = None
"""What forked processes read from."""


def _all(repository: Repository, todo: list[Work]) -> Iterator[dict[str, Any]]:
    """What these clients saw change, as it is kept."""
    global _repository
    _repository = repository
    if len(todo) < MANY or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(_work_out, todo)
    else:
        with unheard():
            copies = multiprocessing.get_context("fork").Pool(PROCESSES)
        with copies as pool:
            yield from pool.imap_unordered(_work_out, todo)
    _repository = None


def _work_out(work: Work) -> dict[str, Any]:
    assert _repository is not None
    return worked_out(_repository, work)
