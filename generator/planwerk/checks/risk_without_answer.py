"""An open risk that nobody answers for, or against which nothing is done.

A risk on a list is a wish. Name who watches it (`owner`), and the tasks that make it smaller
(`mitigations`, ids of tasks.md).

Wrong:
    risks.md: an open risk without owner or mitigations
Right:
    risks.md: the same with owner: brandt and a task under mitigations
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.problems import Problem, Severity
from planwerk.read import Reading

NAME = "risk-without-answer"


def check(reading: Reading) -> Iterator[Problem]:
    """Risks that are not closed and have no owner or no mitigation."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for period in account.periods:
            for risk in period.risks.risks:
                if risk.closed_on is None and not (risk.owner and risk.mitigations):
                    place = reading.place(risk, "id")
                    facts = {"found": risk.id, "missing": "mitigations" if risk.owner else "owner"}
                    yield Problem(NAME, place, Severity.WARNING, facts, account.id)
