"""The share of a year's recurring revenue that fell away by contraction and churn."""

from __future__ import annotations

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import REASONS, kept
from planwerk.kpis.tally import Span, Tally


def count(case: Case, span: Span) -> Tally:
    """What the span made of the revenue it began with."""
    return kept(case, span, lambda start, more, lost: lost)


KPI = Kpi(
    "revenue-churn",
    "percent",
    "lower",
    count,
    needs=("revenue",),
    source="coderslingo: (churned + contracted revenue) / starting revenue x 100",
    unknown_when=(*REASONS, "too_young", "nothing_to_divide"),
    scale=100,
    decimals=1,
)
