"""A KPI was missed in the last period, and this plan does not decide about it.

Every miss of the last plan is kept, changed or dropped in the next one, under `carried`, with
a reason. What is left out would be forgotten by both sides.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    kpis:
      - kpi: nps
        owner: brandt
        target: 40

    measurements.csv
    date,kpi,value
    2026-06-30,nps,30

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    predecessor: 2026-h1

Right:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    kpis:
      - kpi: nps
        owner: brandt
        target: 40

    measurements.csv
    date,kpi,value
    2026-06-30,nps,30

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    predecessor: 2026-h1
    carried:
      - from: 2026-h1/kpi:nps
        decision: drop
        reason: Wird durch die Befragung je Niederlassung ersetzt
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.loop import MISSED
from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "miss-not-carried"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Misses of the predecessor that the plan is silent about."""
    for period in account.periods:
        before = account.before(period)
        if before is None or before.plan.to >= house.as_of:
            continue
        carried = {item.from_ for item in period.plan.carried}
        for result in house.results(account, before):
            name = f"{before.id}/kpi:{result.kpi}"
            if result.status in MISSED and name not in carried:
                yield found(period.plan, "carried", found=result.kpi, before=before.id, name=name)
