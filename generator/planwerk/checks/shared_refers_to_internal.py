"""A shared record needs one that is not shared.

A client who sees a task but not its goal, or a decision whose decider is unknown to the page,
reads half a sentence. Share what is named as well, or take the name out.

Wrong:
    tasks.md: a shared task whose goal is not shared
Right:
    tasks.md: a shared task, and in plan.md its goal with share: client
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.audience import CLIENT
from planwerk.checks.references import Reference, ids, people
from planwerk.model.portfolio import Account
from planwerk.model.record import Shared
from planwerk.problems import Problem
from planwerk.read import Reading

NAME = "shared-refers-to-internal"


def check(reading: Reading) -> Iterator[Problem]:
    """References from what the client sees to what it does not."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        hidden_people = {f"client:{p.id}" for p in account.stakeholders if CLIENT not in p.share}
        for found in people(account):
            if _shown(found) and found.key[0] in _released(found) and found.target in hidden_people:
                yield _problem(reading, found, account)
        for found in ids(account):
            if _shown(found) and found.key[0] in _released(found) and _hidden(found):
                yield _problem(reading, found, account)


def _shown(found: Reference) -> bool:
    return isinstance(found.record, Shared) and found.record.visible_to(CLIENT)


def _released(found: Reference) -> set[str | int]:
    names: set[str | int] = {name.rstrip("_") for name in type(found.record).released}
    return names - {"depends_on"}


def _hidden(found: Reference) -> bool:
    """Whether the goal or KPI named is one that the client does not see."""
    if found.period is None:
        return False
    plan = found.period.plan
    if found.kind == "goal":
        shown = {g.id for g in plan.goals if g.visible_to(CLIENT)}
        return found.target in {g.id for g in plan.goals} - shown
    if found.kind == "kpi of the plan":
        shown = {k.kpi for k in plan.kpis if k.visible_to(CLIENT)}
        return found.target in {k.kpi for k in plan.kpis} - shown
    return False


def _problem(reading: Reading, found: Reference, account: Account) -> Problem:
    place = reading.place(found.record, *found.key)
    return Problem(NAME, place, facts={"found": found.target}, account=account.id)
