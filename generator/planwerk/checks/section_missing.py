"""The method asks for a section that the account does not have.

Tiers, plan types and the method itself name the sections that a plan cannot do without
(`sections` in workspace.yml). The finding names what is missing in each, one by one.

Wrong:
    plans/workspace.yml
    method:
      sections:
        - objectives

Right:
    plans/workspace.yml
    method:
      sections:
        - kpis
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.method import missing
from planwerk.model.portfolio import Account

NAME = "section-missing"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """What is missing, one finding a section."""
    for lack in missing(account, house.portfolio.workspace, house.as_of):
        items = ", ".join(lack.items)
        yield found(account.profile, found=lack.section, missing=items, file=lack.file)
