"""Somebody of the client is named outside stakeholders.md.

The client's people are described in one file, so that erasing somebody is one change. Everywhere
else write `@cio`: outputs turn it into the name, for readers who may see it.

Wrong:
    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    business_model: Was Anna Keller darunter versteht, ist noch zu klären

Right:
    account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt
    business_model: Was die Leitung der IT darunter versteht, ist noch zu klären
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "personal-name"
SEVERITY = WARNING
TIER = Tier.ALWAYS


DEGREES = re.compile(
    r"\b(?:Dr|Prof|Dipl|Ing|Mag|Mr|Mrs|Ms)\b\.?(?:-\w+\.?)*\s+(?:\w{2,4}\.\s+)*|,.*$"
)
ADDRESS = r"(?:Herrn?|Frau|Mr\.?|Mrs\.?|Ms\.?|Dr\.)\s+"


def check(house: House, account: Account) -> Iterator[Finding]:
    """Full names of the client's people, and surnames after a form of address."""
    people: dict[str, str] = {}
    said = house.said(account)
    firm = " ".join((account.profile.name, *account.profile.aliases))
    for person in account.stakeholders:
        if (
            isinstance(person.name, str)
            and len(parts := undecorated(person.name).split()) > 1
            and parts[-1] in said
        ):
            people[parts[-1]] = person.id
            if (name := " ".join(parts)) not in firm:  # else the firm could not be named either
                people[name] = person.id
    if not people:
        return
    full = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in people if " " in name)
    last = "|".join(re.escape(name) for name in people if " " not in name)
    whole = f"(?P<full>{full})|" if full else "(?P<full>(?!))|"
    pattern = re.compile(rf"\b(?:{whole}{ADDRESS}(?P<last>{last}))\b")
    for text in house.texts(account):
        for match in pattern.finditer(text.words):
            name = " ".join((match["full"] or match["last"]).split())
            yield found(text.record, *text.keys, words=match.group(), found=match.group(), id=people[name])  # fmt: skip


def undecorated(name: str) -> str:
    """The name without degrees and forms of address."""
    return DEGREES.sub("", name)
