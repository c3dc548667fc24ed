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
            if found.target in hidden_people and _told(found):
                yield _problem(reading, found, account)
        for found in ids(account):
            if _hidden(found) and _told(found):
                yield _problem(reading, found, account)


def _told(found: Reference) -> bool:
    """Whether the client sees the record, and in it the field that names the other."""
    record = found.record
    if not isinstance(record, Shared) or not record.visible_to(CLIENT):
        return False
    return found.key[0] in {name.rstrip("_") for name in record.released} - {"depends_on"}


def _hidden(found: Reference) -> bool:
    """Whether the goal or KPI named is one that the client does not see."""
    if found.period is None:
        return False
    plan = found.period.plan
    named: dict[str, bool] = {}
    if found.kind == "goal":
        named = {g.id: g.visible_to(CLIENT) for g in plan.goals}
    elif found.kind == "kpi of the plan":
        named = {k.kpi: k.visible_to(CLIENT) for k in plan.kpis}
    return not named.get(found.target, True)


def _problem(reading: Reading, found: Reference, account: Account) -> Problem:
    place = reading.place(found.record, *found.key)
    return Problem(NAME, place, facts={"found": found.target}, account=account.id)
