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

from planwerk.audience import visible_names
from planwerk.checks.references import Reference
from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.kpis import kpi_of
from planwerk.model.measured import Measured
from planwerk.model.named import named
from planwerk.model.portfolio import Account, Period
from planwerk.model.record import Record, Shared
from planwerk.model.slides import OURS
from planwerk.model.walk import CLIENT, MENTION

NAME = "shared-refers-to-internal"
KINDS = {"goal": "goal", "kpi of the plan": "kpi"}
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """References from what the client sees to what it does not."""
    hidden_people = {f"client:{p.id}" for p in account.stakeholders if CLIENT not in p.share}
    for reference in house.people(account):
        if reference.target in hidden_people and _told(reference):
            yield found(reference.record, *reference.key, found=reference.target)
    for text in house.texts(account):
        for match in MENTION.finditer(text.words) if text.shared and "@" in text.words else ():
            if f"client:{match[1].removeprefix('client:')}" in hidden_people:
                yield found(text.record, *text.keys, words=match[0], found=match[0])
    seen: dict[str, set[str]] = {}
    for reference in house.ids(account):
        if reference.period and _told(reference) and _hidden(reference, account, seen, house):
            yield found(reference.record, *reference.key, found=reference.target)
    for slide in (s for period in account.periods for s in period.slides.slides):
        if slide.table in OURS and slide.visible_to(CLIENT):
            yield found(slide, "table", found=slide.table)


def _told(reference: Reference) -> bool:
    """Whether the client sees the record, and in it the field that names the other."""
    record = reference.record
    if not isinstance(record, Shared) or not record.visible_to(CLIENT):
        return False
    return reference.key[0] in _released(type(record))


@cache
def _released(kind: type[Record]) -> frozenset[str]:
    """The keys under which a record of that kind tells the client of others."""
    return frozenset(name.rstrip("_") for name in kind.released) - {"depends_on"}


def _seen(house: House, period: Period) -> set[str]:
    """The names of the period's records that the client sees.

    The gate asks what a KPI came to whether clients may see it; the KPI itself says it, too, and
    nothing has to be counted.
    """
    told = tuple(
        Measured.model_construct(kpi=planned.kpi, client_may_see=counting.clients)
        for planned in period.plan.kpis
        if (counting := kpi_of(house.portfolio.workspace, planned.kpi))
    )
    measured = period.model_copy(update={"results": told})
    return visible_names(measured, house.portfolio, CLIENT)


def _hidden(
    reference: Reference, account: Account, seen: dict[str, set[str]], house: House
) -> bool:
    """Whether the record named is there, and one that the client does not see."""
    period, name = reference.period, reference.target
    if reference.kind == "carried":
        of, _, name = name.partition("/")
        period = next((p for p in account.periods if p.id == of), None)
    elif kind := KINDS.get(reference.kind):
        name = f"{kind}:{name}"
    elif reference.kind != "record of the plan":
        return False
    if period is None or name not in named(period):
        return False
    if period.id not in seen:
        seen[period.id] = _seen(house, period)
    return name not in seen[period.id]
