"""What is known in a section was not looked at for longer than the method allows.

Knowledge ages silently. Look through it, mend what has changed, and write the day under
`checked_on` (people, profile, competition, journey, risks, white-space cells), or add what is
new: an answer, a value, a meeting. The finding names what is stale.

Wrong:
    plans/workspace.yml
    method:
      fresh:
        - section: profile
          within: 180 days

    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    checked_on: 2026-01-15

Right:
    plans/workspace.yml
    method:
      fresh:
        - section: profile
          within: 180 days

    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    checked_on: 2026-11-02
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.method import stale
from planwerk.model.portfolio import Account

NAME = "section-stale"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """What was not looked at for too long, one finding a section."""
    for old in stale(account, house.portfolio.workspace, house.as_of):
        items, last = ", ".join(old.items), str(old.last or "-")
        yield found(account.profile, found=old.section, missing=items, last=last, limit=old.within)
