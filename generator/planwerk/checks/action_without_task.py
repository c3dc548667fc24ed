"""Something was agreed in a meeting, and no task follows from it.

An action that stands only in the minutes is forgotten. Make it a task of the period's tasks.md
and name it with `task`. Told with `--strict`.

Wrong:
    meetings/2026-11-10-jour-fixe.md
    on: 2026-11-10
    kind: regular
    actions:
      - id: send-list
        title: Liste schicken
        accountable: brandt
        due: 2026-12-01

Right:
    2026-h2/tasks.md
    tasks:
      - id: send-list
        title: Liste schicken
        accountable: brandt
        due: 2026-12-01

    meetings/2026-11-10-jour-fixe.md
    on: 2026-11-10
    kind: regular
    actions:
      - id: send-list
        title: Liste schicken
        accountable: brandt
        due: 2026-12-01
        task: send-list
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "action-without-task"
SEVERITY = WARNING
TIER = Tier.STRICT


def check(house: House, account: Account) -> Iterator[Finding]:
    """Actions of meetings that became no task."""
    for meeting in account.meetings:
        for action in meeting.actions:
            if action.task is None:
                yield found(action, "id", found=action.title)
