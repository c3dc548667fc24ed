"""A person is named who is nowhere described.

Our people are named by their id (`brandt`, described in workspace.yml), the client's with
`client:` (described in stakeholders.md), vendors with `partner:` (described under `partners`
in the period's tasks.md). A wrong id would leave a task without anybody accountable.

Wrong:
    tasks.md: accountable: client:cioo
Right:
    tasks.md: accountable: client:cio
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.references import people
from planwerk.problems import Problem
from planwerk.read import Reading
from planwerk.text.nearest import nearest

NAME = "unknown-person"


def check(reading: Reading) -> Iterator[Problem]:
    """Names of people that lead nowhere."""
    portfolio = reading.portfolio
    assert portfolio is not None
    team = set(portfolio.team)
    for account in portfolio.accounts:
        clients = {f"client:{person.id}" for person in account.stakeholders}
        for found in people(account):
            if found.target in team or found.target in clients:
                continue
            partners = {f"partner:{p}" for p in found.period.partners} if found.period else set()
            if found.target not in partners:
                known = team | clients | partners
                yield Problem(
                    NAME,
                    reading.place(found.record, *found.key),
                    facts={"found": found.target, "nearest": nearest(found.target, known) or ""},
                    account=account.id,
                )
