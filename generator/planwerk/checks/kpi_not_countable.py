"""A KPI of the house is declared in a way that nothing can be counted.

`count` names a log whose cases are counted, `sum` one of whose columns (`of`) are added up: one
of the two, never both. `where` can name only fields that this log has, and `of` only one of its
columns of numbers.

Wrong:
    plans/workspace.yml
      - id: calls-that-count
        name: Strategische Anrufe der Woche
        count: interactions
        where:
          - channel: call
          - outcome: won

Right:
    plans/workspace.yml
      - id: calls-that-count
        name: Strategische Anrufe der Woche
        count: interactions
        where:
          - channel: call
          - strategic: ja
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.workspace import HouseKpi
from planwerk.text.nearest import nearest

NAME = "kpi-not-countable"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check_house(house: House) -> Iterator[Finding]:
    """Declarations that contradict themselves or ask a log for what it does not have."""
    for kpi in house.portfolio.workspace.kpis:
        if kpi.log or kpi.where or kpi.of:
            yield from _wrong(kpi)


def _wrong(kpi: HouseKpi) -> Iterator[Finding]:
    from planwerk.kpis.declared import COLUMN, columns, conditions

    if kpi.count and kpi.sum:
        yield _found(kpi, "sum", "sum", kpi.count, ("count",))
    if not kpi.log:
        yield _found(kpi, "where" if kpi.where else "of", "where" if kpi.where else "of", "-", ("count", "sum"))  # fmt: skip
        return
    fields = conditions(kpi.log)
    for condition in kpi.where:
        for name in condition.said:
            if name not in fields:
                near, allowed = _told(name, fields)
                yield found(condition, name, found=name, log=kpi.log, nearest=near, allowed=allowed)
    if kpi.sum and kpi.of is None and kpi.sum not in COLUMN:
        yield _found(kpi, "sum", "sum", kpi.sum, ("count",))
    if kpi.of and (kpi.count or kpi.of not in columns(kpi.log)):
        yield _found(kpi, "of", kpi.of, kpi.log, ("sum",) if kpi.count else columns(kpi.log))


def _found(
    kpi: HouseKpi, key: str, word: str, log: str, allowed: tuple[str, ...] | frozenset[str]
) -> Finding:
    near, possible = _told(word, allowed)
    return found(kpi, key, found=word, log=log, nearest=near, allowed=possible)


def _told(word: str, allowed: tuple[str, ...] | frozenset[str]) -> tuple[str, str]:
    return nearest(word, allowed) or "", ", ".join(sorted(allowed))
