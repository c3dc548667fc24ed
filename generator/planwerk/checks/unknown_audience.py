"""Something is shared with somebody who does not exist.

`share` takes `client`, or `partner:` and the id of a vendor described under `partners` in the
period's tasks.md. A mistyped mark would hide what the client should see.

Wrong:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        accountable: brandt
        due: 2026-12-01
        share: clinet

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

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.record import Record, Shared
from planwerk.text.nearest import nearest

NAME = "unknown-audience"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Marks for audiences that nobody described."""
    partners = {f"partner:{name}" for period in account.periods for name in period.partners}
    known = {"client", *partners}
    for record, _ in house.records(account):
        if isinstance(record, Shared) and not known.issuperset(record.share):
            yield from _strange(record, known)


def check_house(house: House) -> Iterator[Finding]:
    """Marks in the workspace and the industries; they are for clients only."""
    forces = (force for industry in house.portfolio.forces.values() for force in industry.forces)
    for record in (*house.portfolio.workspace.kpis, *forces):
        yield from _strange(record, {"client"})


def _strange(record: Record, known: set[str]) -> Iterator[Finding]:
    for audience in record.share if isinstance(record, Shared) else ():
        if audience not in known:
            near = nearest(audience, known) or "client"
            yield found(record, "share", found=audience, nearest=near)
