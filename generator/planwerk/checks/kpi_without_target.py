"""A KPI of the plan has no target.

Without a target nobody can say whether it was reached. Write the number that was agreed, or
`offen` while it is being agreed: then it stands under what is not known yet.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    kpis:
      - kpi: nps
        owner: brandt
        baseline: 31

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    kpis:
      - kpi: nps
        owner: brandt
        baseline: 31
        target: 40
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.kpis import BY_ID
from planwerk.model.portfolio import Account

NAME = "kpi-without-target"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """KPIs whose target is not even called open."""
    for period in account.periods:
        for kpi in period.plan.kpis:
            if kpi.target is None and not _only_informs(house, kpi.kpi):
                yield found(kpi, "kpi", found=kpi.kpi)


def _only_informs(house: House, name: str) -> bool:
    """Whether no value of the KPI is better than another: then there is nothing to aim at."""
    if own := house.portfolio.kpis.get(name):
        return own.direction == "info"
    return name in BY_ID and BY_ID[name].direction == "info"
