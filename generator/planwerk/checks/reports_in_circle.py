"""Somebody reports to themselves, over however many steps.

An organisation chart has a top. Find the line (`reports_to`) that is wrong.

Wrong:
    stakeholders.md
    stakeholders:
      - id: cio
        name: Dr. Anna Keller
        reports_to: client:coo
      - id: coo
        name: Jens Möller
        reports_to: client:cio

Right:
    stakeholders.md
    stakeholders:
      - id: cio
        name: Dr. Anna Keller
        reports_to: client:coo
      - id: coo
        name: Jens Möller
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "reports-in-circle"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """The first person of each circle of reporting lines."""
    above = {f"client:{p.id}": p.reports_to for p in account.stakeholders}
    done: set[str] = set()
    for person in account.stakeholders:
        seen: list[str] = []
        at: object = f"client:{person.id}"
        while isinstance(at, str) and at in above and at not in seen and at not in done:
            seen.append(at)
            at = above[at]
        done.update(seen)
        if at in seen:
            circle = seen[seen.index(str(at)) :]
            first = next(p for p in account.stakeholders if f"client:{p.id}" == at)
            yield found(first, "reports_to", found=" → ".join([*circle, circle[0]]))
