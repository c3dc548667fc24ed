"""The id of one of the client's people is their name.

Ids of people stand in every file and in the history: `cio` survives a change of person, and
somebody who asks to be forgotten is forgotten in one file. Name the role.

Wrong:
    stakeholders.md
    stakeholders:
      - id: keller
        name: Dr. Anna Keller
        title: CIO

Right:
    stakeholders.md
    stakeholders:
      - id: cio
        name: Dr. Anna Keller
        title: CIO
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.types import suggest_id
from planwerk.text.plain import plain_text

NAME = "person-id-is-name"
SEVERITY = WARNING
TIER = Tier.ALWAYS


SHORTEST = 3


def check(house: House, account: Account) -> Iterator[Finding]:
    """Ids that hold a part of the name, unless it is a word of the title as well."""
    for person in account.stakeholders:
        if not isinstance(person.name, str):
            continue
        title = plain_text(str(person.title))
        names = {suggest_id(word) for word in person.name.split() if not word.endswith(".")}
        taken = {n for n in names if len(n) >= SHORTEST and n not in title}
        if taken & set(person.id.split("-")):
            yield found(person, "id", found=person.id, suggestion=suggest_id(str(person.title or "rolle")))  # fmt: skip
