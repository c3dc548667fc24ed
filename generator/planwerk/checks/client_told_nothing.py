"""A plan asks nothing of the client.

A plan is mutual when the client has something to do in it. If all tasks are ours, it is a
service description. Runs by name: `planwerk check --rule client-told-nothing`, or under
`method.rules` in workspace.yml.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    share: client

    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        accountable: brandt
        due: 2026-12-01

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    share: client

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

NAME = "client-told-nothing"
SEVERITY = WARNING
TIER = Tier.BY_NAME


def check(house: House, account: Account) -> Iterator[Finding]:
    """Shared plans in which the client has no task."""
    for period in account.periods:
        theirs = any(t.accountable.startswith("client:") for t in period.tasks.tasks)
        if period.plan.share and not theirs:
            yield found(period.plan, "share", found=period.id)
