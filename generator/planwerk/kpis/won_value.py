"""The value of the deals won in the period; unknown with a won deal without a value."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.deals import closed, undated
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ZERO, Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """The values of what was won, added up."""
    if not case.kept("opportunities", span.end):
        return unknown("no_log")
    won = closed(case, span, "won")
    values = [deal.value for deal in won if isinstance(deal.value, Decimal)]
    why = frozenset({"open_value"} if len(values) < len(won) else ())
    return Tally(
        sum(values, ZERO), None, len(won), undated(case), why, inputs=(("opportunities", len(won)),)
    )


KPI = Kpi(
    "won-value",
    "EUR",
    "higher",
    count,
    needs=("opportunities",),
    source="Key-account practice: won value in the period",
    unknown_when=("no_log", "open_value"),
    running=True,
)
