"""A period is over for long, and its plan was never closed.

What is not closed is neither learned from nor carried on. Hold the review, then write
`closed_on`. How long after its end a plan should be closed is `method.late_after` in
workspace.yml. Told with `--strict`.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30

Right:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    closed_on: 2026-07-03

    2026-h1/review.md
    held_on: 2026-07-03
    attendees:
      - brandt
      - client:cio
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "plan-left-open"
SEVERITY = WARNING
TIER = Tier.STRICT


def check(house: House, account: Account) -> Iterator[Finding]:
    """Periods that ended long ago without being closed."""
    late = house.portfolio.workspace.method.late_after
    for period in account.periods:
        days = (house.as_of - period.plan.to).days
        if days > late and not isinstance(period.plan.closed_on, date):
            yield found(period.plan, "to", found=period.id, days=days)
