"""Deals won by the day they were expected, by all that were expected in the period.

A deal that is still open after its day, was lost or came later was forecast wrongly.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """Those that came in time over those that were to come."""
    if not case.kept("opportunities", span.end):
        return unknown("no_log")
    due = [deal for deal in case.opportunities if span.holds(deal.expected)]
    right = sum(
        deal.outcome == "won"
        and isinstance(deal.closed, date)
        and isinstance(deal.expected, date)
        and deal.closed <= deal.expected
        for deal in due
    )
    n = len(due)
    return Tally(Decimal(right), Decimal(n), n, inputs=(("opportunities", n),))


KPI = Kpi(
    "forecast-accuracy",
    "percent",
    "higher",
    count,
    needs=("opportunities",),
    source="Ours: deals won by the day expected / deals expected x 100",
    unknown_when=("no_log", "nothing_to_divide"),
    scale=100,
    minimum=5,
)
