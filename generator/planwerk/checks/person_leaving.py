"""Somebody leaves within half a year, and nobody follows.

A contact who leaves takes what they know of us along. Name who follows (`successor`), or write
`offen` once you are asking.

Wrong:
    stakeholders.md
    stakeholders:
      - id: cio
        name: Dr. Anna Keller
        leaving_on: 2027-01-31

Right:
    stakeholders.md
    stakeholders:
      - id: cio
        name: Dr. Anna Keller
        leaving_on: 2027-01-31
        successor: offen
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "person-leaving"
SEVERITY = WARNING
TIER = Tier.ALWAYS


SOON = 183


def check(house: House, account: Account) -> Iterator[Finding]:
    """People who leave soon or have left, without a successor."""
    for person in account.stakeholders:
        day = person.leaving_on
        if isinstance(day, date) and person.successor is None and (day - house.as_of).days <= SOON:
            yield found(person, "leaving_on", found=f"client:{person.id}", day=day)
