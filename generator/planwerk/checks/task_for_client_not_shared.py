"""The client has a task it cannot see.

Somebody at the client is accountable, but the task is not shared: it is in none of the
client's pages and documents, so it will not be done. Share it, or give it to one of us.

Wrong:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        accountable: client:cio
        due: 2026-12-01

Right:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        accountable: client:cio
        due: 2026-12-01
        share: client
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.walk import CLIENT

NAME = "task-for-client-not-shared"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Tasks of the client that are silent towards the client."""
    for period in account.periods:
        for task in period.tasks.tasks:
            if task.accountable.startswith("client:") and CLIENT not in task.share:
                yield found(task, "accountable", found=task.title)
