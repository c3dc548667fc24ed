"""Something of the last period is still open, and this agreed plan does not decide about it.

A task that was not done, a problem without an answer, a wish or an initiative of the client: each
is kept, changed or dropped in the next plan, under `carried`, with a reason. `planwerk roll`
writes them there. What a next step of the review promises is followed by its score instead, and
what was done or answered since needs no decision any more.

Wrong:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30

    2026-h1/review.md
    held_on: 2026-07-03
    attendees:
      - brandt
    problems:
      - id: slow-export
        team: product
        title: Export dauert zu lange
        answer_due: 2026-12-31

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    predecessor: 2026-h1
    agreed_on: 2026-07-05
    rationale: Die Zuständigkeiten sind geklärt
    goals:
      - id: loyalty
        title: Weiterempfehlung auf 40 heben
        kpis:
          - nps
        owner: brandt
    kpis:
      - kpi: nps
        target: 40

Right:
    2026-h1/plan.md
    from: 2026-01-01
    to: 2026-06-30

    2026-h1/review.md
    held_on: 2026-07-03
    attendees:
      - brandt
    problems:
      - id: slow-export
        team: product
        title: Export dauert zu lange
        answer_due: 2026-12-31

    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    predecessor: 2026-h1
    agreed_on: 2026-07-05
    rationale: Die Zuständigkeiten sind geklärt
    goals:
      - id: loyalty
        title: Weiterempfehlung auf 40 heben
        kpis:
          - nps
        owner: brandt
    kpis:
      - kpi: nps
        target: 40
    carried:
      - from: 2026-h1/problem:slow-export
        decision: keep
        as: goal:loyalty
        reason: Bleibt beim Produktteam
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.checks.loop import review_held
from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.loop.carry import left_behind
from planwerk.model.portfolio import Account

NAME = "open-item-not-carried"
SEVERITY = WARNING
TIER = Tier.ALWAYS
KINDS = ("task", "problem", "wish")


def check(house: House, account: Account) -> Iterator[Finding]:
    """Open things of the predecessor that an agreed plan is silent about."""
    for period in account.periods:
        before = account.before(period)
        if before is None or not isinstance(period.plan.agreed_on, date) or not review_held(before):
            continue
        carried = {item.from_ for item in period.plan.carried}
        for left in left_behind(before, ()):
            name = f"{before.id}/{left.name}"
            if left.kind in KINDS and name not in carried:
                yield found(period.plan, "carried", found=left.what, before=before.id, name=name)
