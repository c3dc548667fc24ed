"""What was worked out before stays only while what it came of does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planwerk.audience import INTERNAL, project
from planwerk.compose.whole import Whole, whole
from planwerk.measure import measure
from planwerk.memory import Memory
from planwerk.model.portfolio import Account, Portfolio
from planwerk.read import read

FORMATS = ("portal", "word")


def said(portfolio: Portfolio, memory: Memory | None = None) -> Whole:
    """All that is said over these accounts."""
    return whole(project(portfolio, INTERNAL), FORMATS, memory=memory)


def with_account(portfolio: Portfolio, at: int, **changes: Any) -> Portfolio:
    """The portfolio with one account that was read anew."""
    accounts = [*portfolio.accounts]
    accounts[at] = accounts[at].model_copy(update=changes)
    return measure(portfolio.model_copy(update={"accounts": tuple(accounts)}))


def renamed(account: Account, name: str) -> Any:
    return account.profile.model_copy(update={"name": name})


def later(portfolio: Portfolio) -> Portfolio:
    """Another day: nothing of before counts."""
    accounts = tuple(
        a.model_copy(
            update={"periods": tuple(p.model_copy(update={"results": ()}) for p in a.periods)}
        )
        for a in portfolio.accounts
    )
    day = portfolio.as_of + timedelta(days=40)
    return measure(portfolio.model_copy(update={"as_of": day, "accounts": accounts}))


def house(portfolio: Portfolio) -> Portfolio:
    """A house that asks more of what it calls healthy."""
    strict = portfolio.workspace.health.model_copy(
        update={"good": Decimal(99), "fair": Decimal(98)}
    )
    changes = {"workspace": portfolio.workspace.model_copy(update={"health": strict})}
    return portfolio.model_copy(update=changes)


def poorer(portfolio: Portfolio) -> Portfolio:
    """The account that brings most bookings, with half of them."""
    at = max(range(len(portfolio.accounts)), key=lambda i: len(portfolio.accounts[i].revenue))
    revenue = portfolio.accounts[at].revenue
    return with_account(portfolio, at, revenue=revenue[: len(revenue) // 2])


EDITS: dict[str, Callable[[Portfolio], Portfolio]] = {
    "a name": lambda p: with_account(p, 1, profile=renamed(p.accounts[1], "Neuer Name AG")),
    "less revenue": poorer,
    "no white space": lambda p: with_account(p, 2, whitespace=()),
    "no periods": lambda p: with_account(p, 1, periods=()),
    "no meetings": lambda p: with_account(p, 0, meetings=(), interactions=()),
    "one account less": lambda p: p.model_copy(update={"accounts": p.accounts[1:]}),
    "another day": later,
    "the house": house,
}


@pytest.fixture(scope="module")
def read_once() -> Portfolio:
    portfolio = read(Path(__file__).resolve().parents[1]).portfolio
    assert portfolio is not None
    return measure(portfolio)


def test_with_a_memory_the_same_is_said_as_without(read_once: Portfolio) -> None:
    """Edit upon edit, each on top of those before it, and then back to the beginning."""
    memory, portfolio = Memory(), read_once
    assert said(portfolio, memory) == said(portfolio)
    seen = [said(portfolio)]
    for name, edit in EDITS.items():
        portfolio = edit(portfolio)
        now = said(portfolio)
        assert now != seen[-1], f"{name} says nothing else: no test"
        assert said(portfolio, memory) == now, name
        seen.append(now)
    assert said(read_once, memory) == seen[0]


@pytest.mark.parametrize("edit", EDITS)
def test_a_memory_that_forgets_nothing_is_found(
    read_once: Portfolio, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: what was known is believed, whatever became of its sources."""

    def believing(self: Memory, name: Any, sources: tuple[object, ...], work: Callable[[], Any]) -> Any:  # fmt: skip
        if name not in self._known:
            self._known[name] = (sources, work())
        return self._known[name][1]

    monkeypatch.setattr(Memory, "of", believing)
    memory = Memory()
    said(read_once, memory)
    changed = EDITS[edit](read_once)
    try:
        found = said(changed, memory)
    except KeyError:  # it still looks for an account that is gone
        return
    assert found != said(changed)


def test_a_value_belongs_to_its_sources() -> None:
    memory, calls = Memory(), []

    def work() -> int:
        calls.append(1)
        return len(calls)

    one, other = [1], [1]
    assert memory.of("a", (one, "word", date(2026, 1, 1)), work) == 1
    assert memory.of("a", (one, "".join("word"), date(2026, 1, 1)), work) == 1
    assert memory.of("a", (other, "word", date(2026, 1, 1)), work) == 2, "equal, but another one"
    assert memory.of("a", (other, "words", date(2026, 1, 1)), work) == 3
    assert memory.of("a", (other,), work) == 4
    assert memory.of("b", (other,), work) == 5
