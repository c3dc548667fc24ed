"""A target is lower than the last one, and nobody says why.

Lowering the bar is sometimes right, never silently: write `lowered_because` beside the target.
Compared is the target of the same KPI in the plan before.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    kpis:
      - kpi: nps
        owner: brandt
        target: 40

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    predecessor: 2026-h1
    kpis:
      - kpi: nps
        owner: brandt
        target: 35

Right:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    kpis:
      - kpi: nps
        owner: brandt
        target: 40

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    predecessor: 2026-h1
    kpis:
      - kpi: nps
        owner: brandt
        target: 35
        lowered_because: Zwei Niederlassungen wurden geschlossen
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.measure import less_is_better
from planwerk.model.portfolio import Account

NAME = "target-lowered"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Targets that ask for less than those of the plan before."""
    for period in account.periods:
        before = account.before(period)
        if before is None:
            continue
        last = {kpi.kpi: kpi.target for kpi in before.plan.kpis}
        for kpi in period.plan.kpis:
            old, new = last.get(kpi.kpi), kpi.target
            if not isinstance(old, Decimal) or not isinstance(new, Decimal) or kpi.lowered_because:
                continue
            lower = less_is_better(house.portfolio, kpi.kpi)
            if new > old if lower else new < old:
                yield found(kpi, "target", found=new, before=old, period=before.id)
