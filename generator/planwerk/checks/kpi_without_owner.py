"""A KPI of the plan has nobody who enters and answers for its values.

A KPI without an owner is measured by nobody. Name somebody of the team, or the goal that it
belongs to needs an owner.

Wrong:
    plan.md: a KPI without owner
Right:
    plan.md: a KPI with owner: brandt
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.problems import Problem, Severity
from planwerk.read import Reading

NAME = "kpi-without-owner"


def check(reading: Reading) -> Iterator[Problem]:
    """KPIs with neither an owner nor a goal whose owner stands in."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for period in account.periods:
            owned = {kpi for goal in period.plan.goals if goal.owner for kpi in goal.kpis}
            for kpi in period.plan.kpis:
                if kpi.owner is None and kpi.kpi not in owned:
                    place = reading.place(kpi, "kpi")
                    facts = {"found": kpi.kpi}
                    yield Problem(NAME, place, Severity.WARNING, facts, account.id)
