"""The last review is longer ago than the method allows.

How often an account is reviewed says `review_every` of its tier or of the method in
workspace.yml. Plan the next one: `planned_for` in the period's review.md.

Wrong:
    plans/workspace.yml
    method:
      review_every: 90 days

Right:
    plans/workspace.yml
    method:
      review_every: 90 days

    2026-h2/review.md
    planned_for: 2026-12-10
    attendees:
      - brandt
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.method import demands_on, last_review
from planwerk.model.portfolio import Account

NAME = "review-overdue"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Accounts with a plan that were reviewed too long ago, and have no review planned."""
    limit = demands_on(account, house.portfolio.workspace).review_every
    if limit is None or not account.periods:
        return
    last = last_review(account, house.as_of)
    began = account.periods[0].plan.from_
    days = (house.as_of - (last or began)).days
    planned = any(
        isinstance(p.review.planned_for, date) and p.review.planned_for >= house.as_of
        for p in account.periods
        if p.review
    )
    if days > limit and not planned:
        yield found(account.profile, "name", last=last or "-", days=days, limit=limit)
