"""A KPI of the plan has no target.

Without a target nobody can say whether it was reached. Write the number that was agreed, or
`offen` while it is being agreed: then it stands under what is not known yet.

Wrong:
    plan.md: a KPI with baseline: 12000 and no target
Right:
    plan.md: a KPI with baseline: 12000 and target: 12600
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.problems import Problem
from planwerk.read import Reading

NAME = "kpi-without-target"


def check(reading: Reading) -> Iterator[Problem]:
    """KPIs whose target is not even called open."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for period in account.periods:
            for kpi in period.plan.kpis:
                if kpi.target is None:
                    place = reading.place(kpi, "kpi")
                    yield Problem(NAME, place, facts={"found": kpi.kpi}, account=account.id)
