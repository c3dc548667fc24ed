"""Clients of the first day that are still clients on the last, by all clients of the first.

New ones do not count. Of one account it is 0 or 100: use revenue retention there.
"""

from __future__ import annotations

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import customer
from planwerk.kpis.tally import ONE, ZERO, Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """One client or none on the first day, and what became of it."""
    before, there = customer(case, span.start), customer(case, span.end)
    if before is None or there is None:
        return unknown("open_since")
    if not before:
        return Tally(ZERO, ZERO, 0)
    return Tally(ONE if there else ZERO, ONE, 1, inputs=(("account", 1),))


KPI = Kpi(
    "logo-retention",
    "percent",
    "higher",
    count,
    needs=("account", "revenue"),
    source="texta.ai: (customers at end - new in period) / customers at start x 100",
    unknown_when=("open_since", "nothing_to_divide"),
    scale=100,
    decimals=1,
    levels=("portfolio",),
)
