"""Two periods of an account share days.

A task, a value or a review would belong to two plans at once, and each sum would count it
twice. A period begins the day after the one before it ends.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-07-15

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    predecessor: 2026-h1

Right:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    predecessor: 2026-h1
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "period-overlap"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Periods that begin before the one before them has ended."""
    for before, period in pairwise(account.periods):
        if period.plan.from_ <= before.plan.to:
            yield found(period.plan, "from", found=period.plan.from_, before=before.id, until=before.plan.to)  # fmt: skip
