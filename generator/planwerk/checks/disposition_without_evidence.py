"""Somebody is said to be against us, without evidence.

A disposition below 0 changes what a team does about a person. Write down what it rests on
(`evidence`): a remark, a decision, an unanswered mail.

Wrong:
    stakeholders.md: disposition: -1 without evidence
Right:
    stakeholders.md: disposition: -1 with evidence: Zweimal Angebote ohne Gespräch abgelehnt
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.problems import Problem
from planwerk.read import Reading

NAME = "disposition-without-evidence"


def check(reading: Reading) -> Iterator[Problem]:
    """Negative dispositions that rest on nothing."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for person in account.stakeholders:
            if person.disposition in ("-1", "-2") and not person.evidence:
                place = reading.place(person, "disposition")
                facts = {"found": str(person.disposition)}
                yield Problem(NAME, place, facts=facts, account=account.id)
