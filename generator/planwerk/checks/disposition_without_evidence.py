"""Somebody is said to be against us, without evidence.

A disposition below 0 changes what a team does about a person. Write down what it rests on
(`evidence`): a remark, a decision, an unanswered mail.

Wrong:
    stakeholders.md
    stakeholders:
      - id: buyer
        name: Petra Lindner
        disposition: -1

Right:
    stakeholders.md
    stakeholders:
      - id: buyer
        name: Petra Lindner
        disposition: -1
        evidence: Zweimal Angebote ohne Gespräch abgelehnt
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "disposition-without-evidence"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Negative dispositions that rest on nothing."""
    for person in account.stakeholders:
        if person.disposition in ("-1", "-2") and not person.evidence:
            yield found(person, "disposition", found=person.disposition)
