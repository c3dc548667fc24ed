"""A question is open, and nobody finds out.

What we do not know is worth little without a name and a day: who asks (`owner`), until when
(`due`), or what the answer was.

Wrong:
    interview.md: a question without answer and without owner
Right:
    interview.md: the same with owner: brandt and due: 2026-12-10
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.model.types import OPEN
from planwerk.problems import Problem, Severity
from planwerk.read import Reading

NAME = "question-without-person"


def check(reading: Reading) -> Iterator[Problem]:
    """Questions that are neither answered nor anybody's."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for question in account.interview.questions:
            if question.answer in ("", OPEN) and not (question.owner and question.due):
                place = reading.place(question, "id")
                facts = {"found": question.id}
                yield Problem(NAME, place, Severity.WARNING, facts, account.id)
