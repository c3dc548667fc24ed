"""A KPI has two values for one day, and neither corrects the other.

Which one is right nobody can say; the later line would silently win. Delete one, or let the
right one correct the wrong one: give the first an `id`, name it in the second under `corrects`.

Wrong:
    measurements.csv
    date,kpi,value
    2026-09-30,nps,30
    2026-09-30,nps,33

Right:
    measurements.csv
    date,kpi,value,id,corrects
    2026-09-30,nps,30,nps-q3,
    2026-09-30,nps,33,,nps-q3
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.account import Measurement
from planwerk.model.portfolio import Account

NAME = "measured-twice"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Second values of a KPI on a day that correct nothing."""
    replaced = {line.corrects for line in account.measurements if line.corrects}
    first: dict[tuple[str, str], Measurement] = {}
    for line in account.measurements:
        if line.id and line.id in replaced:
            continue
        key = (line.kpi, str(line.date))
        if key in first:
            yield found(line, found=line.kpi, day=line.date, first=first[key])
        else:
            first[key] = line
