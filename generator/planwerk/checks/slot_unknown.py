"""An interview fills a gap that the question does not have.

A question of the bank may have gaps, such as `{area}`; `slots:` fills them. What fills no gap
is lost without anybody noticing, and the gap it was meant for stays open. `planwerk questions`
shows every question with its gaps.

Wrong:
    interview.md
    questions:
      - id: success-of-area
        slots:
          department: Kundenservice
        owner: brandt
        due: 2026-12-10

Right:
    interview.md
    questions:
      - id: success-of-area
        slots:
          area: Kundenservice
        owner: brandt
        due: 2026-12-10
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.bank import slots, texts
from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.text.nearest import nearest

NAME = "slot-unknown"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Filled slots without a gap; a question that nobody knows is another rule's finding."""
    known = house.portfolio.questions.questions
    for question in account.interview.questions:
        if not question.slots or not texts(question, known):
            continue
        there = slots(question, known)
        for name in question.slots:
            if name not in there:
                gaps, near = ", ".join(there) or "-", nearest(name, there) or ""
                yield found(question, "slots", name, found=name, question=question.id, allowed=gaps, nearest=near)  # fmt: skip
