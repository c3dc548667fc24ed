"""The client has a task it cannot see.

Somebody at the client is accountable, but the task is not shared: it is in none of the
client's pages and documents, so it will not be done. Share it, or give it to one of us.

Wrong:
    tasks.md: accountable: client:cio without share
Right:
    tasks.md: accountable: client:cio with share: client
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.audience import CLIENT
from planwerk.problems import Problem, Severity
from planwerk.read import Reading

NAME = "task-for-client-not-shared"


def check(reading: Reading) -> Iterator[Problem]:
    """Tasks of the client that are silent towards the client."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for period in account.periods:
            for task in period.tasks.tasks:
                if task.accountable.startswith("client:") and CLIENT not in task.share:
                    place = reading.place(task, "accountable")
                    facts = {"found": task.title}
                    yield Problem(NAME, place, Severity.WARNING, facts, account.id)
