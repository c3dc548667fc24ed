"""Two lines of a log correct the same line, or lines correct each other.

A correction stands in for the line it names. Where two do, both would count; where lines correct
each other, none would. Let the later correction name the earlier one.

Wrong:
    revenue.csv
    date,kind,amount,id,corrects
    2026-09-30,new,4000,order,
    2026-09-30,new,4200,,order
    2026-09-30,new,4300,,order

Right:
    revenue.csv
    date,kind,amount,id,corrects
    2026-09-30,new,4000,order,
    2026-09-30,new,4200,order-2,order
    2026-09-30,new,4300,,order-2
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.log import Log
from planwerk.model.portfolio import Account
from planwerk.model.record import Record

NAME = "correction-unclear"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """The same in the logs of an account."""
    for log in (account.interactions, account.revenue, account.measurements, account.surveys):
        yield from _unclear(log)


def check_house(house: House) -> Iterator[Finding]:
    """The same in the training of our own teams."""
    yield from _unclear(house.portfolio.training)


def _unclear(log: Sequence[Any]) -> Iterator[Finding]:
    first: dict[str, Record] = {}
    names: dict[str, str] = {}
    for line in _corrections(log):
        target = str(line.corrects)
        if target in first:
            yield found(line, "corrects", found=target, first=first[target])
        first.setdefault(target, line)
        if line.id:
            names.setdefault(str(line.id), target)
    for line in first.values():
        if _leads_back(str(getattr(line, "id", "")), names):
            yield found(line, "corrects", found=line.corrects, first=line)  # type: ignore[attr-defined]


def _corrections(log: Sequence[Any]) -> Iterator[Any]:
    if isinstance(log, Log):
        yield from (log[n] for n, name in enumerate(log.columns.get("corrects", ())) if name)
        return
    yield from (line for line in log if line.corrects)


def _leads_back(name: str, names: dict[str, str]) -> bool:
    """Whether the corrections that begin with `name` come back to it."""
    at, passed = names.get(name, ""), set[str]()
    while at and at not in passed:
        if at == name:
            return True
        passed.add(at)
        at = names.get(at, "")
    return False
