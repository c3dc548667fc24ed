"""What is left of a year's recurring revenue without expansion; never more than 100 %."""

from __future__ import annotations

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import REASONS, kept
from planwerk.kpis.tally import ZERO, Span, Tally


def count(case: Case, span: Span) -> Tally:
    """What the span made of the revenue it began with."""
    return kept(case, span, lambda start, more, lost: max(start - lost, ZERO))


KPI = Kpi(
    "gross-revenue-retention",
    "percent",
    "higher",
    count,
    needs=("revenue",),
    source="(start - contraction - churn) / start x 100, never above 100",
    unknown_when=(*REASONS, "too_young", "nothing_to_divide"),
    scale=100,
    decimals=1,
)
