"""Revenue in another currency has no rate for its day.

Sums are in the workspace's currency. Without a rate since that day or earlier the line cannot
be added up: add one under `rates` in workspace.yml.

Wrong:
    revenue.csv
    date,kind,amount,currency
    2026-09-01,upsell,1000,CHF

Right:
    revenue.csv
    date,kind,amount,currency
    2026-09-01,upsell,1000,EUR
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.workspace import rate_on

NAME = "currency-without-rate"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Lines whose currency has no rate on their day."""
    workspace = house.portfolio.workspace
    for line in account.revenue:
        if rate_on(workspace, str(line.currency or workspace.currency), line.date) is None:
            yield found(line, "currency", found=line.currency, day=line.date)
