"""What was promised in the last review and achieved, by all that was scored since."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """Achieved over scored, in the reviews held in the span; partly is not achieved."""
    reviews = [p.review for p in case.account.periods if p.review]
    held = [review for review in reviews if span.holds(review.held_on)]
    if not reviews:
        return unknown("no_log")
    scored = [c.result for review in held for c in review.commitments]
    n = len(scored)
    return Tally(Decimal(scored.count("achieved")), Decimal(n), n, inputs=(("review", n),))


KPI = Kpi(
    "commitments-kept",
    "percent",
    "higher",
    count,
    needs=("review",),
    source="Commitments of the last review met / all x 100",
    unknown_when=("no_log", "nothing_to_divide"),
    scale=100,
    clients=True,
)
