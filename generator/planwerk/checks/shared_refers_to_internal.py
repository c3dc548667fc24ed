"""A shared record needs one that is not shared.

A client who sees a task but not its goal, or a decision whose decider is unknown to the page,
reads half a sentence. Share what is named as well, or take the name out.

Wrong:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        goal: loyalty
        accountable: brandt
        due: 2026-12-01
        share: client

Right:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        accountable: brandt
        due: 2026-12-01
        share: client
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from planwerk.audience import CLIENT
from planwerk.checks.references import Reference
from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.plan import Plan
from planwerk.model.portfolio import Account
from planwerk.model.record import Record, Shared
from planwerk.model.walk import MENTION

NAME = "shared-refers-to-internal"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """References from what the client sees to what it does not."""
    hidden_people = {f"client:{p.id}" for p in account.stakeholders if CLIENT not in p.share}
    for named in house.people(account):
        if named.target in hidden_people and _told(named):
            yield found(named.record, *named.key, found=named.target)
    for text in house.texts(account):
        for match in MENTION.finditer(text.words) if text.shared and "@" in text.words else ():
            if f"client:{match[1].removeprefix('client:')}" in hidden_people:
                yield found(text.record, *text.keys, words=match[0], found=match[0])
    for named in house.ids(account):
        if named.period and _told(named) and _hidden(named, named.period.plan):
            yield found(named.record, *named.key, found=named.target)


def _told(named: Reference) -> bool:
    """Whether the client sees the record, and in it the field that names the other."""
    record = named.record
    if not isinstance(record, Shared) or not record.visible_to(CLIENT):
        return False
    return named.key[0] in _released(type(record))


@cache
def _released(kind: type[Record]) -> frozenset[str]:
    """The keys under which a record of that kind tells the client of others."""
    return frozenset(name.rstrip("_") for name in kind.released) - {"depends_on"}


def _hidden(named: Reference, plan: Plan) -> bool:
    """Whether the goal or KPI named is one that the client does not see."""
    seen: dict[str, bool] = {}
    if named.kind == "goal":
        seen = {g.id: g.visible_to(CLIENT) for g in plan.goals}
    elif named.kind == "kpi of the plan":
        seen = {k.kpi: k.visible_to(CLIENT) for k in plan.kpis}
    return not seen.get(named.target, True)
