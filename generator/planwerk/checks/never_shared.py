"""Something is marked for the client that never leaves the house.

Goals of kind `ours` and `relationship`, KPIs that are not declared for clients (revenue and
reply rates among them), and whatever is counted from our logs stay internal whatever is marked;
the mark is a mistake that must not stand.

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
from planwerk.kpis import BY_ID
from planwerk.model.portfolio import Account
from planwerk.model.workspace import HouseKpi

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
            if kpi.share and not _for_clients(kpi.kpi, declared):
                yield found(kpi, "share", found=kpi.kpi, kind="kpi")


def check_house(house: House) -> Iterator[Finding]:
    """Marks on KPIs of the house that are counted from our logs: our view of the client."""
    for kpi in house.portfolio.workspace.kpis:
        if kpi.share and kpi.log:
            yield found(kpi, "share", found=kpi.id, kind="kpi")


def _for_clients(name: str, declared: dict[str, HouseKpi]) -> bool:
    """Whether clients may ever see the KPI: as the house declares it, else as the catalogue."""
    if name in declared:
        return declared[name].visible_to("client")
    return name in BY_ID and BY_ID[name].clients
