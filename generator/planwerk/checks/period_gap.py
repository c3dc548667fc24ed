"""Days lie between two periods, and nobody says why.

In a gap nothing is planned, measured or answered for. Begin the day after the last period, or
say what happened with `gap_because`. How many days may pass unsaid is `method.gap` in
workspace.yml.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30

    2026-h2/plan.md
    from: 2026-09-01
    to: 2026-12-31
    predecessor: 2026-h1

Right:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30

    2026-h2/plan.md
    from: 2026-09-01
    to: 2026-12-31
    predecessor: 2026-h1
    gap_because: Zwei Monate Pause wegen der Übernahme, mit dem Kunden vereinbart
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "period-gap"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Periods that begin later than the day after the last one, without a reason."""
    allowed = house.portfolio.workspace.method.gap
    for before, period in pairwise(account.periods):
        days = (period.plan.from_ - before.plan.to).days - 1
        if days > allowed and not period.plan.gap_because:
            yield found(period.plan, "from", days=days, before=before.id, until=before.plan.to)
