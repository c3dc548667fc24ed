"""A later period does not say which one it carries on from.

The next plan starts from the last one: what was missed, promised and learned there must be
decided here. Name it with `predecessor`.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31

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

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "period-without-predecessor"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Periods after the first that name no predecessor."""
    for before, period in pairwise(account.periods):
        if period.plan.predecessor is None:
            yield found(period.plan, "from", found=period.id, before=before.id)
