"""Mean days from opening a deal to winning it, of the deals won in the period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.deals import closed, undated
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """Days over deals; a won deal without the day it was opened tells nothing."""
    if not case.kept("opportunities", span.end):
        return unknown("no_log")
    won = closed(case, span, "won")
    days = [
        (deal.closed - deal.opened).days
        for deal in won
        if isinstance(deal.opened, date) and isinstance(deal.closed, date)
    ]
    left_out = len(won) - len(days) + undated(case)
    inputs = (("opportunities", len(days)),)
    return Tally(Decimal(sum(days)), Decimal(len(days)), len(days), left_out, inputs=inputs)


KPI = Kpi(
    "cycle-time",
    "days",
    "lower",
    count,
    needs=("opportunities",),
    source="Revenue operations: mean days from opened to won",
    unknown_when=("no_log", "nothing_to_divide"),
    decimals=1,
    minimum=3,
)
