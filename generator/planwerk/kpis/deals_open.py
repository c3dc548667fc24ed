"""How many deals are open: their number now, for a list holds only how things are."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """The deals that run."""
    if not case.kept("opportunities", span.end):
        return unknown("no_log")
    n = sum(deal.outcome == "open" for deal in case.opportunities)
    return Tally(Decimal(n), None, n, inputs=(("opportunities", n),))


KPI = Kpi(
    "deals-open",
    "count",
    "info",
    count,
    needs=("opportunities",),
    source="The list of opportunities, counted",
    past=False,
)
