"""A review is close or over, and what a review needs is not there.

A review is prepared, then held: who comes (`attendees`), and before it is held an outcome for
every KPI that stands out. Two weeks before the planned day the people should be known; once it
is held, they must be.

Wrong:
    2026-h2/review.md
    planned_for: 2026-11-30

Right:
    2026-h2/review.md
    planned_for: 2026-11-30
    attendees:
      - brandt
      - client:cio
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.checks.loop import review_held
from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "review-unprepared"
SEVERITY = WARNING
TIER = Tier.ALWAYS


SOON = 14
"""Days before the planned day from which on a review should be prepared."""


def check(house: House, account: Account) -> Iterator[Finding]:
    """Reviews without people, held or due within two weeks."""
    for period in account.periods:
        review = period.review
        if review is None or review.attendees:
            continue
        planned = review.planned_for
        soon = isinstance(planned, date) and (planned - house.as_of).days <= SOON
        if soon or review_held(period):
            yield found(review, "planned_for" if soon else "held_on", missing="attendees")
