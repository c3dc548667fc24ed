"""A goal has no KPI that would show whether it is reached.

"Specific, quantified, reachable": a goal that nothing measures is a wish. Name at least one
KPI of the plan under `kpis`.

Wrong:
    plan.md: a goal without kpis
Right:
    plan.md: a goal with kpis: newsletter-signups
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.problems import Problem, Severity
from planwerk.read import Reading

NAME = "goal-without-kpi"


def check(reading: Reading) -> Iterator[Problem]:
    """Goals that nothing measures; relationship goals are not counted in numbers."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for period in account.periods:
            for goal in period.plan.goals:
                if not goal.kpis and goal.kind != "relationship":
                    place = reading.place(goal, "id")
                    facts = {"found": goal.title}
                    yield Problem(NAME, place, Severity.WARNING, facts, account.id)
