"""A question is open, and nobody finds out.

What we do not know is worth little without a name and a day: who asks (`owner`), until when
(`due`), or what the answer was.

Wrong:
    interview.md
    questions:
      - id: own-question
        text: Was würde Sie überraschen?

Right:
    interview.md
    questions:
      - id: own-question
        text: Was würde Sie überraschen?
        owner: brandt
        due: 2026-12-10
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.types import OPEN

NAME = "question-without-person"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Questions that are neither answered nor anybody's."""
    for question in account.interview.questions:
        if question.answer in ("", OPEN) and not (question.owner and question.due):
            yield found(question, "id", found=question.id)
