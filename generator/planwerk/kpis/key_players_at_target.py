"""People of influence 4 or 5 whose relationship is where we want it, by all who have a target."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown

LEVELS = ("none", "vendor", "credible_source", "problem_solver", "trusted_advisor")
KEY = ("4", "5")


def count(case: Case, span: Span) -> Tally:
    """Relationships at their target over relationships with one."""
    people = [p for p in case.account.stakeholders if p.influence in KEY]
    if not people:
        return unknown("no_log")
    wanted = [link for person in people for link in person.relationships if link.target]
    told = [link for link in wanted if link.level in LEVELS]
    there = sum(LEVELS.index(link.level) >= LEVELS.index(str(link.target)) for link in told)
    n = len(told)
    inputs = (("stakeholders", len(people)),)
    return Tally(Decimal(there), Decimal(n), n, len(wanted) - n, inputs=inputs)


KPI = Kpi(
    "key-players-at-target",
    "percent",
    "higher",
    count,
    needs=("stakeholders",),
    source="Account planning: share of key players at their target level",
    unknown_when=("no_log", "nothing_to_divide", "not_kept"),
    scale=100,
    past=False,
)
