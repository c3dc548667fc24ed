"""A target asks for more than was ever reached, and nobody says what makes it possible.

Realistic goals: if the way from baseline to target is longer than the KPI ever went in as much
time, say under `precedent` what is different this time. KPIs with fewer than three values are
left alone: there is nothing to compare with.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    kpis:
      - kpi: nps
        owner: brandt
        baseline: 31
        target: 80

    measurements.csv
    date,kpi,value
    2025-12-31,nps,29
    2026-03-31,nps,30
    2026-06-30,nps,31

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    kpis:
      - kpi: nps
        owner: brandt
        baseline: 31
        target: 80
        precedent: Zwei Häuser der Gruppe haben diesen Sprung mit festen Ansprechpartnern geschafft

    measurements.csv
    date,kpi,value
    2025-12-31,nps,29
    2026-03-31,nps,30
    2026-06-30,nps,31
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.plan import PlanKpi
from planwerk.model.portfolio import Account, Period

NAME = "target-without-precedent"
SEVERITY = WARNING
TIER = Tier.ALWAYS


ENOUGH = 3
"""Values before the period from which on a way can be compared."""
ROOM = 2
"""A target may ask for this many times the longest way so far before it is questioned."""


def check(house: House, account: Account) -> Iterator[Finding]:
    """Targets farther from their baseline than the KPI ever travelled in as much time."""
    for period in account.periods:
        for kpi in period.plan.kpis:
            if kpi.precedent or not isinstance(kpi.target, Decimal):
                continue
            if (longest := _longest(account, period, kpi)) is None:
                continue
            if (
                isinstance(kpi.baseline, Decimal)
                and _way(kpi.baseline, kpi.target) > ROOM * longest
            ):
                yield found(kpi, "target", found=kpi.target, way=_way(kpi.baseline, kpi.target), longest=longest)  # fmt: skip


def _way(start: Decimal, end: Decimal) -> Decimal:
    return abs(end - start)


def _longest(account: Account, period: Period, kpi: PlanKpi) -> Decimal | None:
    """The longest way the KPI went before the period in at most as many days; None if unknown."""
    start, length = period.plan.from_, period.plan.to - period.plan.from_ + timedelta(days=1)
    points = sorted(
        (m.date, m.value)
        for m in account.measurements
        if m.kpi == kpi.kpi and m.date < start and isinstance(m.value, Decimal)
    )
    if len(points) < ENOUGH:
        return None
    ways: list[Decimal] = []
    low: deque[tuple[date, Decimal]] = deque()  # within `length`, the least value first
    high: deque[tuple[date, Decimal]] = deque()
    for day, value in points:
        for ends, sign in ((low, 1), (high, -1)):
            while ends and day - ends[0][0] > length:
                ends.popleft()
            if ends:
                ways.append(_way(ends[0][1], value))
            while ends and (ends[-1][1] - value) * sign >= 0:
                ends.pop()
            ends.append((day, value))
    return max(ways, default=None)
