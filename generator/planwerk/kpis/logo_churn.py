"""Clients lost in the span by clients of its first day. Of one account it is 0 or 100."""

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
    return Tally(ONE if not there else ZERO, ONE, 1, inputs=(("account", 1),))


KPI = Kpi(
    "logo-churn",
    "percent",
    "lower",
    count,
    needs=("account", "revenue"),
    source="Customers lost / customers at start x 100",
    unknown_when=("open_since", "nothing_to_divide"),
    scale=100,
    decimals=1,
    levels=("portfolio",),
)
