"""Somebody is missing, and nothing says whom we are looking for.

A person whose name is still `offen` is a placeholder: a title or a persona tells what kind of
person is wanted, so that somebody can find them.

Wrong:
    stakeholders.md
    stakeholders:
      - id: care-lead
        name: offen

Right:
    stakeholders.md
    stakeholders:
      - id: care-lead
        name: offen
        title: Leitung Kundenservice
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.loop import known
from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "placeholder-without-persona"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Placeholders without title and persona."""
    for person in account.stakeholders:
        if not known(person.name) and not known(person.title) and person.persona is None:
            yield found(person, "name", found=person.id)
