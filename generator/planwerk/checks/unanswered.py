"""The day for an answer has passed, and there is none.

A question whose answer was promised, a problem of the client whose team owes one: each day
over the date costs trust. Answer it, or agree on a new day. Told with `--strict`.

Wrong:
    interview.md
    questions:
      - id: own-question
        text: Was würde Sie überraschen?
        owner: brandt
        due: 2026-10-10

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
from datetime import date

from planwerk.checks.loop import known
from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "unanswered"
SEVERITY = WARNING
TIER = Tier.STRICT


def check(house: House, account: Account) -> Iterator[Finding]:
    """Questions and problems whose answer is overdue."""
    for question in account.interview.questions:
        day = question.due
        if isinstance(day, date) and day < house.as_of and not known(question.answer):
            yield found(question, "due", found=question.id, day=day)
    for period in account.periods:
        for problem in period.review.problems if period.review else ():
            day = problem.answer_due
            if isinstance(day, date) and day < house.as_of and not known(problem.answered_on):
                yield found(problem, "answer_due", found=problem.title, day=day)
