"""A text mentions somebody who is nowhere described.

`@cio` in a text becomes the name of that person, for readers who may see it. An id that leads
nowhere stays as it is, and reads like a mistake. The nearest one that exists is proposed.

Wrong:
    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    business_model: Was @ciio darunter versteht

Right:
    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    business_model: Was @cio darunter versteht
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.walk import MENTION
from planwerk.text.nearest import nearest

NAME = "unknown-mention"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Mentions of neither the client's people nor ours nor a partner."""
    known = set(house.portfolio.team)
    for person in account.stakeholders:
        known |= {person.id, f"client:{person.id}"}
    for period in account.periods:
        known |= {f"partner:{name}" for name in period.partners}
    for text in house.texts(account):
        for match in MENTION.finditer(text.words) if "@" in text.words else ():
            if match[1] not in known:
                near = nearest(match[1], known) or ""
                yield found(text.record, *text.keys, words=match[0], found=match[0], nearest=near)
