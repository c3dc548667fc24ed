"""All revenue of the period, whatever its kind; contraction and churn are no bookings of revenue.

A line whose kind is open counts: that it is revenue is known.
"""

from __future__ import annotations

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import SOLD, summed
from planwerk.kpis.tally import Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """Everything sold in the span."""
    if not case.kept("revenue", span.end):
        return unknown("no_log")
    return summed(case.revenue(span), SOLD)


KPI = Kpi(
    "revenue",
    "EUR",
    "higher",
    count,
    needs=("revenue",),
    source="The revenue log, added up",
    unknown_when=("no_log", "no_rate"),
    running=True,
)
