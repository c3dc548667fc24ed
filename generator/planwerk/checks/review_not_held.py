"""The day of a review has passed, and nothing says that it was held.

Write `held_on` with the day, or a new `planned_for`. A review that was silently skipped is the
first sign of a plan that nobody opens again.

Wrong:
    2026-h2/review.md
    planned_for: 2026-10-30
    attendees:
      - brandt

Right:
    2026-h2/review.md
    planned_for: 2026-10-30
    held_on: 2026-10-30
    attendees:
      - brandt
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.checks.loop import review_held
from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "review-not-held"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Reviews whose planned day is past and that were not held."""
    for period in account.periods:
        review = period.review
        if review is None or review_held(period):
            continue
        if isinstance(review.planned_for, date) and review.planned_for < house.as_of:
            yield found(review, "planned_for", found=review.planned_for)
