"""An interim target lies outside its period, out of order, or beyond the target itself.

Interim targets are steps on the way: their days rise from the period's beginning to its end,
and none asks for more than the target at the end.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    kpis:
      - kpi: nps
        owner: brandt
        target: 40
        interim:
          - on: 2027-01-31
            target: 35

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    kpis:
      - kpi: nps
        owner: brandt
        target: 40
        interim:
          - on: 2026-09-30
            target: 35
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.measure import less_is_better
from planwerk.model.portfolio import Account

NAME = "interim-out-of-order"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Interim targets that are no step on the way to the target."""
    for period in account.periods:
        for kpi in period.plan.kpis:
            last = period.plan.from_
            lower = bool(kpi.interim) and less_is_better(house.portfolio, kpi.kpi)
            for step in kpi.interim:
                beyond = (
                    isinstance(step.target, Decimal)
                    and isinstance(kpi.target, Decimal)
                    and (step.target < kpi.target if lower else step.target > kpi.target)
                )
                if not last <= step.on <= period.plan.to:
                    yield found(step, "on", found=step.on, start=last, end=period.plan.to)
                elif beyond:
                    yield found(step, "target", found=step.target, start=last, end=period.plan.to)
                last = max(last, step.on)
