"""A KPI of the plan has nobody who enters and answers for its values.

A KPI without an owner is measured by nobody. Name somebody of the team, or give an owner to
the goal that it belongs to.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    kpis:
      - kpi: nps
        target: 40

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    kpis:
      - kpi: nps
        target: 40
        owner: brandt
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "kpi-without-owner"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """KPIs with neither an owner nor a goal whose owner stands in."""
    for period in account.periods:
        owned = {kpi for goal in period.plan.goals if goal.owner for kpi in goal.kpis}
        for kpi in period.plan.kpis:
            if kpi.owner is None and kpi.kpi not in owned:
                yield found(kpi, "kpi", found=kpi.kpi)
