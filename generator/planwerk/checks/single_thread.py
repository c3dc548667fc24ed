"""The whole account hangs on one person.

If that person leaves, we know nobody. Two of the client's people at least should know one of
us; write who knows whom under `relationships`. The method can ask for more (`contacts` of a
tier or of the method in workspace.yml).

Wrong:
    stakeholders.md
    stakeholders:
      - id: cio
        name: Dr. Anna Keller
        relationships:
          - with: brandt
            level: problem_solver
      - id: coo
        name: Jens Möller

Right:
    stakeholders.md
    stakeholders:
      - id: cio
        name: Dr. Anna Keller
        relationships:
          - with: brandt
            level: problem_solver
      - id: coo
        name: Jens Möller
        relationships:
          - with: brandt
            level: vendor
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.method import demands_on
from planwerk.model.portfolio import Account

NAME = "single-thread"
SEVERITY = WARNING
TIER = Tier.ALWAYS


AT_LEAST = 2
KNOWN = ("vendor", "credible_source", "problem_solver", "trusted_advisor")


def check(house: House, account: Account) -> Iterator[Finding]:
    """Accounts with people and a plan, where fewer people know us than the method asks."""
    if not account.stakeholders or not account.periods:
        return
    wanted = demands_on(account, house.portfolio.workspace).contacts or AT_LEAST
    known = [p.id for p in account.stakeholders if any(r.level in KNOWN for r in p.relationships)]
    if len(known) < wanted:
        names = ", ".join(f"client:{name}" for name in known) or "-"
        yield found(account.people, "stakeholders", known=names, count=len(known), wanted=wanted)
