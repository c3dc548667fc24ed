"""Something is marked for the client that never leaves the house.

Goals of kind `ours` and `relationship`, and KPIs that are not declared for clients (revenue
among them), stay internal whatever is marked; the mark is a mistake that must not stand.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: upsell
        title: Mehr verkaufen
        kind: ours
        share: client
        owner: brandt

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: upsell
        title: Mehr verkaufen
        kind: ours
        owner: brandt
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "never-shared"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Marks on records that no audience but ourselves may see."""
    declared = house.portfolio.kpis
    for period in account.periods:
        for goal in period.plan.goals:
            if goal.share and goal.kind != "client":
                yield found(goal, "share", found=goal.title, kind=goal.kind)
        for kpi in period.plan.kpis:
            if kpi.share and not (kpi.kpi in declared and declared[kpi.kpi].share):
                yield found(kpi, "share", found=kpi.kpi, kind="kpi")
