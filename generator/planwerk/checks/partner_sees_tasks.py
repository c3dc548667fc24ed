"""Something is shared with a partner that no partner's portal shows.

A partner sees tasks, milestones, decisions and the names of people that are shared with it. On
any other record the mark `partner:` changes nothing; whoever set it may believe it does.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: loyalty
        title: Weiterempfehlung heben
        owner: brandt
        share: partner:edgeline

    2026-h2/tasks.md
    partners:
      - id: edgeline
        name: Edgeline GmbH

Right:
    2026-h2/tasks.md
    tasks:
      - id: form
        title: Formular einbauen
        accountable: partner:edgeline
        due: 2026-12-01
        share: partner:edgeline
    partners:
      - id: edgeline
        name: Edgeline GmbH
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.record import Shared

NAME = "partner-sees-tasks"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Marks for partners on what no partner is shown."""
    for record, _ in house.records(account):
        if isinstance(record, Shared) and not record.for_partners:
            for audience in record.share:
                if audience.startswith("partner:"):
                    yield found(record, "share", found=audience)
