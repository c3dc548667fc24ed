"""The gate opened on purpose, a little: each of these must make pairs differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from unittest import mock

import planwerk.build as flow
from planwerk import audience, parts
from planwerk.history import disclosed
from planwerk.model.plan import Task
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.record import Record


@contextmanager
def a_field_is_released() -> Iterator[None]:
    """The internal note of every shared task leaves in the place of its title."""
    whole = audience._copy

    def copied(record: Record, *words: object, **more: object) -> Record:
        if isinstance(record, Task) and isinstance(record.note, str) and record.note:
            more["title"] = f"{record.title} ({record.note})"
        return whole(record, *words, **more)  # type: ignore[arg-type]

    with mock.patch.object(audience, "_copy", copied):
        yield


def _seen(change: Callable[[Portfolio, Portfolio, str], Portfolio]) -> AbstractContextManager[object]:  # fmt: skip
    """What a client sees, changed by what it should not."""
    gate = parts.project

    def project(whole: Portfolio, reader: str, account: str | None = None) -> Portfolio:
        seen = gate(whole, reader, account)
        return change(whole, seen, account) if account and seen.accounts else seen

    return mock.patch.object(parts, "project", project)


def _titled(seen: Portfolio, words: str) -> Portfolio:
    """The projection with words behind its client's name."""
    account = seen.accounts[0]
    name = f"{account.profile.name} {words}"
    profile = account.profile.model_copy(update={"name": name})
    return seen.model_copy(update={"accounts": (account.model_copy(update={"profile": profile}),)})


def a_count_before_the_gate() -> AbstractContextManager[object]:
    """How many tasks there are is counted of all of them."""
    return _seen(lambda whole, seen, name: _titled(seen, str(_tasks(whole.account(name)))))


def _tasks(account: Account) -> int:
    return sum(len(p.tasks.tasks) + len(p.risks.risks) for p in account.periods)


def a_commit_is_named() -> AbstractContextManager[object]:
    """The commit of the account stands beside its name."""
    return _seen(lambda whole, seen, name: _titled(seen, whole.account(name).commit))


def other_clients_are_counted() -> AbstractContextManager[object]:
    """The names of all others."""
    return _seen(lambda whole, seen, name: _titled(seen, " ".join(a.profile.name for a in whole.accounts if a.id != name)))  # fmt: skip


def the_team_is_whole() -> AbstractContextManager[object]:
    """Our whole team leaves, and the first of it is whom to ask."""

    def change(whole: Portfolio, seen: Portfolio, name: str) -> Portfolio:
        house = seen.workspace.model_copy(update={"team": whole.workspace.team})
        last = max(member.name for member in whole.workspace.team)
        return _titled(seen.model_copy(update={"workspace": house}), last)

    return _seen(change)


@contextmanager
def every_commit_is_a_day() -> Iterator[None]:
    """The history tells what time alone changed, on the days of our own commits."""
    before = disclosed._Seen.until_then

    def until_then(self: disclosed._Seen, day: object) -> disclosed.Facts:
        found = before(self, day)  # type: ignore[arg-type]
        return {spot: fact for spot, fact in found.items() if spot.topic != "measurements"}

    with mock.patch.object(disclosed._Seen, "until_then", until_then):
        yield


@contextmanager
def order_is_kept() -> Iterator[None]:
    """Where a shared task stands among all of them is told."""
    whole = audience._visible

    def visible(records: object, reader: str) -> tuple[Record, ...]:
        rows = [*records]  # type: ignore[call-overload]
        seen = whole(rows, reader)
        places = [n for n, row in enumerate(rows) if row.visible_to(reader)]
        return tuple(
            row.model_copy(update={"title": f"{n}. {row.title}"}) if isinstance(row, Task) else row
            for n, row in zip(places, seen, strict=True)
        )  # fmt: skip

    with mock.patch.object(audience, "_visible", visible):
        yield


PLANTS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "an internal field is released": a_field_is_released,
    "a count is taken before the gate": a_count_before_the_gate,
    "a commit is named": a_commit_is_named,
    "other clients are told of": other_clients_are_counted,
    "the whole team is released": the_team_is_whole,
    "our own commits are days of the history": every_commit_is_a_day,
    "the order before the gate is told": order_is_kept,
}


@contextmanager
def planted(name: str) -> Iterator[None]:
    """The gate opened in that way; what looks through outputs before they are published is blind, for
    it would withhold some of them, and that is shown elsewhere."""
    with PLANTS[name](), mock.patch.object(flow, "looked_through", lambda *_: []):
        yield
