"""Won deals by won and lost deals that ended in the period; open ones do not count."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.deals import closed, undated
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """Won over closed."""
    if not case.kept("opportunities", span.end):
        return unknown("no_log")
    won, lost = (len(closed(case, span, outcome)) for outcome in ("won", "lost"))
    whole = won + lost
    return Tally(
        Decimal(won), Decimal(whole), whole, undated(case), inputs=(("opportunities", whole),)
    )


KPI = Kpi(
    "win-rate",
    "percent",
    "higher",
    count,
    needs=("opportunities",),
    source="Revenue operations: won / closed x 100",
    unknown_when=("no_log", "nothing_to_divide"),
    scale=100,
    decimals=1,
    minimum=5,
)
