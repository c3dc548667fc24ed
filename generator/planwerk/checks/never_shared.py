"""Something is marked for the client that never leaves the house.

Goals of kind `ours` and `relationship`, and KPIs that are not declared for clients (revenue
among them), stay internal whatever is marked; the mark is a mistake that must not stand.

Wrong:
    plan.md: a goal of kind: ours with share: client
Right:
    plan.md: the same goal without share
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.problems import Problem
from planwerk.read import Reading

NAME = "never-shared"


def check(reading: Reading) -> Iterator[Problem]:
    """Marks on records that no audience but ourselves may see."""
    portfolio = reading.portfolio
    assert portfolio is not None
    house = portfolio.kpis
    for account in portfolio.accounts:
        for period in account.periods:
            for goal in period.plan.goals:
                if goal.share and goal.kind != "client":
                    place = reading.place(goal, "share")
                    facts = {"found": goal.title, "kind": goal.kind}
                    yield Problem(NAME, place, facts=facts, account=account.id)
            for kpi in period.plan.kpis:
                if kpi.share and not (kpi.kpi in house and house[kpi.kpi].share):
                    place = reading.place(kpi, "share")
                    facts = {"found": kpi.kpi, "kind": "kpi"}
                    yield Problem(NAME, place, facts=facts, account=account.id)
