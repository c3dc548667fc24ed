"""A goal has no KPI that would show whether it is reached.

"Specific, quantified, reachable": a goal that nothing measures is a wish. Name at least one
KPI of the plan under `kpis`. Relationship goals are not counted in numbers.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: loyalty
        title: Weiterempfehlung heben
        owner: brandt

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: loyalty
        title: Weiterempfehlung heben
        owner: brandt
        kpis:
          - nps
    kpis:
      - kpi: nps
        target: 40
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "goal-without-kpi"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Goals that nothing measures, neither themselves nor the goals below them."""
    for period in account.periods:
        above = {goal.parent for goal in period.plan.goals if goal.kpis}
        for goal in period.plan.goals:
            if not goal.kpis and goal.kind != "relationship" and goal.id not in above:
                yield found(goal, "id", found=goal.title)
