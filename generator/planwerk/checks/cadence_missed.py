"""A meeting that was agreed to take place regularly has not taken place.

The account's `cadence` says how often which kind of meeting is held; the files in meetings/ and
the reviews say when it was. A meeting that is planned (`next_on`) counts as held.

Wrong:
    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    cadence:
      - kind: regular
        every: 30 days

    meetings/2026-08-10-jour-fixe.md
    on: 2026-08-10
    kind: regular

Right:
    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    cadence:
      - kind: regular
        every: 30 days

    meetings/2026-11-10-jour-fixe.md
    on: 2026-11-10
    kind: regular
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.method import last_review
from planwerk.model.portfolio import Account

NAME = "cadence-missed"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Kinds of meetings that are overdue."""
    for rhythm in account.profile.cadence:
        days = [m.on for m in account.meetings if m.kind == rhythm.kind and m.on <= house.as_of]
        ahead = [
            m.next_on for m in account.meetings
            if m.kind == rhythm.kind and isinstance(m.next_on, date) and m.next_on >= house.as_of
        ]  # fmt: skip
        if rhythm.kind in ("review", "debrief") and (held := last_review(account, house.as_of)):
            days.append(held)
        last = max(days, default=None)
        if not ahead and (last is None or (house.as_of - last).days > rhythm.every):
            yield found(rhythm, "kind", found=rhythm.kind, last=last or "-", limit=rhythm.every)
