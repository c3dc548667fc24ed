"""Nobody at the client is known in a role that the method asks for.

Who decides, who holds the budget, who speaks for us: a plan without them is a hope. Give
somebody the `buying_role`, or add a placeholder (`name: offen`) with it.

Wrong:
    plans/workspace.yml
    method:
      roles:
        - economic_buyer

Right:
    plans/workspace.yml
    method:
      roles:
        - decision_maker
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.method import demands_on
from planwerk.model.portfolio import Account

NAME = "role-missing"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Roles that nobody known to us has."""
    there = {person.buying_role for person in account.stakeholders}
    for role in demands_on(account, house.portfolio.workspace).roles:
        if role not in there:
            yield found(account.people if account.stakeholders else account.profile, found=role)
