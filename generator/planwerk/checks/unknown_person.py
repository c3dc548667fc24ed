"""A person is named who is nowhere described.

Our people are named by their id (`brandt`, described in workspace.yml), the client's with
`client:` (described in stakeholders.md), vendors with `partner:` (described under `partners`
in the period's tasks.md). A wrong id would leave a task without anybody accountable.

Wrong:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        accountable: client:cioo
        due: 2026-12-01
        share: client

Right:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        accountable: client:cio
        due: 2026-12-01
        share: client
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.text.nearest import nearest

NAME = "unknown-person"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Names of people that lead nowhere."""
    team = set(house.portfolio.team)
    clients = {f"client:{person.id}" for person in account.stakeholders}
    ever = {f"partner:{name}" for period in account.periods for name in period.partners}
    for named in house.people(account):
        if named.target in team or named.target in clients:
            continue
        partners = {f"partner:{p}" for p in named.period.partners} if named.period else ever
        if named.target not in partners:
            near = nearest(named.target, team | clients | partners) or ""
            yield found(named.record, *named.key, found=named.target, nearest=near)


def check_house(house: House) -> Iterator[Finding]:
    """Names in the training log that are not of the team."""
    team = set(house.portfolio.team)
    for line in house.portfolio.training:
        if isinstance(line.who, str) and line.who not in team:
            yield found(line, "who", found=line.who, nearest=nearest(line.who, team) or "")
