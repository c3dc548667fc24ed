"""A review is held, and a next step of the last review was not scored.

Trust grows where promises are looked at again. Each next step of the last review is scored
under `commitments`: achieved, partly or missed.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    kpis:
      - kpi: nps
        owner: brandt
        target: 30

    2026-h1/review.md
    held_on: 2026-07-03
    attendees:
      - brandt
    next_steps:
      - id: name-contacts
        for: kpi:nps
        title: Ansprechpartner benennen
        accountable: brandt
        due: 2026-09-15

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-09-30
    predecessor: 2026-h1

    2026-h2/review.md
    held_on: 2026-10-05
    attendees:
      - brandt

Right:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    kpis:
      - kpi: nps
        owner: brandt
        target: 30

    2026-h1/review.md
    held_on: 2026-07-03
    attendees:
      - brandt
    next_steps:
      - id: name-contacts
        for: kpi:nps
        title: Ansprechpartner benennen
        accountable: brandt
        due: 2026-09-15

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-09-30
    predecessor: 2026-h1

    2026-h2/review.md
    held_on: 2026-10-05
    attendees:
      - brandt
    commitments:
      - step: name-contacts
        result: achieved
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.loop import review_held, unscored
from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "commitment-unscored"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Next steps of the last review that a held review does not score."""
    for period in account.periods:
        if period.review and review_held(period):
            for step in unscored(account, period):
                yield found(period.review, "commitments", found=step)
