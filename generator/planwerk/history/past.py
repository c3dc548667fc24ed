"""The histories that outputs tell: ours by commit, each client's by day, up to one day."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from planwerk.audience import CLIENT
from planwerk.history.disclosed import Work, disclosed, work_for, worked_out
from planwerk.history.line import HOUSE
from planwerk.history.trail import Trail, trail
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
    """What changed: of each account for us, and as its client saw it; of the house; and what
    cannot be known. Empty outside git."""

    accounts: Mapping[str, Steps] = field(default_factory=dict)
    clients: Mapping[str, Steps] = field(default_factory=dict)
    house: Steps = ()
    gaps: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose histories are asked for: of accounts for us, and those that clients are told."""

    accounts: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()


def past(
    repository: Repository, tip: str, until: date, wanted: Wanted, progress: Progress | None = None
) -> Past:
    """The histories up to the commit `tip` and the day `until`.

    Raises `Unreadable` where git does not tell them.
    """
    tell = (lambda n, of: progress("telling", n, of)) if progress else None
    told = trail(repository, tip, tell)
    clients = dict(_disclosed(repository, told, wanted.clients, until, progress))
    accounts = {name: up_to(told.of(name), until) for name in wanted.accounts}
    house = up_to(told.of(HOUSE), until) if wanted.accounts else ()
    return Past(accounts, clients, house, tuple(repository.problems))


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


_repository: Repository | None = None
"""What forked processes read from."""


def _disclosed(
    repository: Repository, told: Trail, names: Iterable[str], until: date, progress: Progress | None
) -> Iterator[tuple[str, Steps]]:  # fmt: skip
    """What each client saw change; many that nobody worked out yet are shared by two processes."""
    todo = [work_for(told, name, CLIENT, until) for name in names]
    new = [work for work in todo if len(told.kept(work.keys)) < len(set(work.keys))]
    for number, rows in enumerate(_all(repository, new), start=1):
        told.keep(rows)
        if progress:
            progress("disclosing", number, len(new))
    for work in todo:
        yield work.account, disclosed(repository, told, work.account, CLIENT, until)


def _all(repository: Repository, todo: list[Work]) -> Iterator[dict[str, Any]]:
    """What these clients saw change, as it is kept."""
    global _repository
    _repository = repository
    if len(todo) < MANY or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(_work_out, todo)
    else:
        with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
            yield from pool.imap_unordered(_work_out, todo)
    _repository = None


def _work_out(work: Work) -> dict[str, Any]:
    assert _repository is not None
    return worked_out(_repository, work)
