"""Nobody has spoken with the client for longer than the method allows.

Silence is the earliest sign that an account is slipping. Counted are contacts
(interactions.csv), meetings and reviews; how long is too long says `contact_every` of the tier
or the method in workspace.yml.

Wrong:
    plans/workspace.yml
    method:
      contact_every: 30 days

    interactions.csv
    date,channel
    2026-08-01,call

Right:
    plans/workspace.yml
    method:
      contact_every: 30 days

    interactions.csv
    date,channel
    2026-11-10,call
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.method import demands_on, last_contact
from planwerk.model.portfolio import Account

NAME = "contact-silent"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Accounts whose last contact is too long ago, or that never had one."""
    limit = demands_on(account, house.portfolio.workspace).contact_every
    if limit is None:
        return
    last = last_contact(account, house.as_of)
    if last is None or (house.as_of - last).days > limit:
        days = "-" if last is None else str((house.as_of - last).days)
        yield found(account.profile, "name", last=last or "-", days=days, limit=limit)
