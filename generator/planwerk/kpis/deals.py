"""What the KPIs of deals have in common: which were closed in a span."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.tally import Span, Tally, unknown
from planwerk.model.account import Opportunity


def closed(case: Case, span: Span, outcome: str) -> list[Opportunity]:
    """The deals that ended in the span with that outcome."""
    return [
        deal for deal in case.opportunities if deal.outcome == outcome and span.holds(deal.closed)
    ]


def undated(case: Case) -> int:
    """Deals that ended on a day nobody wrote: in the span or not, they cannot be counted."""
    return sum(
        deal.outcome != "open" and not hasattr(deal.closed, "year") for deal in case.opportunities
    )


def counting(outcome: str) -> Callable[[Case, Span], Tally]:
    """How many deals ended in the span with that outcome."""

    def count(case: Case, span: Span) -> Tally:
        if not case.kept("opportunities", span.end):
            return unknown("no_log")
        n = len(closed(case, span, outcome))
        return Tally(Decimal(n), None, n, undated(case), inputs=(("opportunities", n),))

    return count
