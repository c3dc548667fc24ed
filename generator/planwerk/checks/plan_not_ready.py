"""A plan is called agreed, and something that can be agreed on is missing.

With `agreed_on` both sides say: these goals, these targets, for these reasons. So it needs at
least one goal, an owner for each, a target for each KPI, a decision on every carried item, and
after the first period a `rationale`. What is still open keeps the plan from being agreed.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    agreed_on: 2026-07-03

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    agreed_on: 2026-07-03
    goals:
      - id: loyalty
        title: Weiterempfehlung auf 40 heben
        owner: brandt
        kpis:
          - nps
    kpis:
      - kpi: nps
        target: 40
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.checks.loop import known, undecided
from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account, Period

NAME = "plan-not-ready"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """What agreed plans lack, one finding a thing."""
    for period in account.periods:
        if isinstance(period.plan.agreed_on, date):
            for missing in _missing(period):
                yield found(period.plan, "agreed_on", found=period.id, missing=missing)


def _missing(period: Period) -> Iterator[str]:
    plan = period.plan
    if not plan.goals:
        yield "goals"
    for goal in plan.goals:
        if not known(goal.owner):
            yield f"goals/{goal.id}: owner"
    for kpi in plan.kpis:
        if not known(kpi.target):
            yield f"kpis/{kpi.kpi}: target"
    for name in undecided(period):
        yield f"carried/{name}: decision"
    if plan.predecessor and not known(plan.rationale):
        yield "rationale"
