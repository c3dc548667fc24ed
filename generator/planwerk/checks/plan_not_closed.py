"""A plan is called closed, and its loop is not.

With `closed_on` a plan is history. Before that its period has ended, its review was held,
every miss led somewhere, and every commitment of the review before was scored.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    closed_on: 2026-07-03

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

from planwerk.checks.loop import left_alone, review_held, unscored
from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account, Period

NAME = "plan-not-closed"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """What closed plans lack, one finding a thing."""
    for period in account.periods:
        if isinstance(period.plan.closed_on, date):
            for missing in _missing(house, account, period):
                yield found(period.plan, "closed_on", found=period.id, missing=missing)


def _missing(house: House, account: Account, period: Period) -> Iterator[str]:
    closed = period.plan.closed_on
    if isinstance(closed, date) and closed < period.plan.to:
        yield f"to: {period.plan.to}"
    if period.review is None or not review_held(period):
        yield "review.md: held_on"
        return
    for kpi in left_alone(period.review, house.results(account, period)):
        yield f"review.md: outcomes/{kpi}"
    for step in unscored(account, period):
        yield f"review.md: commitments/{step}"
