"""Something is confirmed by somebody on no day, or on a day by nobody.

Who said yes and when belong together: one without the other convinces nobody in a year.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: loyalty
        title: Weiterempfehlung auf 40 heben
        owner: brandt
        validated_by: client:cio
        kpis:
          - nps
    kpis:
      - kpi: nps
        target: 40

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: loyalty
        title: Weiterempfehlung auf 40 heben
        owner: brandt
        validated_by: client:cio
        validated_on: 2026-07-03
        kpis:
          - nps
    kpis:
      - kpi: nps
        target: 40
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.loop import known
from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.record import Record

NAME = "confirmation-half"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Confirmations of goals, insights and answers that say only who or only when."""
    for period in account.periods:
        for goal in period.plan.goals:
            yield from _half(goal, "validated_by", "validated_on")
    for insight in account.interview.insights:
        yield from _half(insight, "confirmed_by", "confirmed_on")
    for question in account.interview.questions:
        if question.answer:
            yield from _half(question, "asked", "asked_on")


def _half(record: Record, who: str, when: str) -> Iterator[Finding]:
    person, day = getattr(record, who), getattr(record, when)
    if known(person) and day is None:
        yield found(record, who, found=who, missing=when)
    elif known(day) and person is None:
        yield found(record, when, found=when, missing=who)
