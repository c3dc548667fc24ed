"""A KPI was missed, and the held review says neither why nor what follows.

Every miss becomes a step of the next plan: it needs an outcome with a cause and a next step
`for: kpi:<id>`, or `waived_because` where both sides agree to leave it.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    kpis:
      - kpi: nps
        owner: brandt
        target: 40

    measurements.csv
    date,kpi,value
    2026-06-30,nps,30

    2026-h1/review.md
    held_on: 2026-07-03
    attendees:
      - brandt
      - client:cio

Right:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30
    kpis:
      - kpi: nps
        owner: brandt
        target: 40

    measurements.csv
    date,kpi,value
    2026-06-30,nps,30

    2026-h1/review.md
    held_on: 2026-07-03
    attendees:
      - brandt
      - client:cio
    outcomes:
      - kpi: nps
        cause: An zwei Standorten fehlt ein Ansprechpartner
    next_steps:
      - id: name-contacts
        for: kpi:nps
        title: Ansprechpartner an beiden Standorten benennen
        accountable: brandt
        due: 2026-12-15
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.loop import left_alone, review_held
from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "miss-without-next-step"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Misses of closed, reviewed periods that lead nowhere."""
    for period in account.periods:
        if period.review and review_held(period) and period.plan.to < house.as_of:
            for kpi in left_alone(period.review, house.results(account, period)):
                yield found(period.review, "outcomes", found=kpi)
