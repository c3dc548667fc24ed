"""Upsell and cross-sell of the period by the recurring revenue of the year before it.

Practice knows two denominators, starting revenue and all revenue; this is the first.
"""

from __future__ import annotations

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import REASONS, kept
from planwerk.kpis.tally import Span, Tally


def count(case: Case, span: Span) -> Tally:
    """Expansion over what the span began with."""
    return kept(case, span, lambda start, more, lost: more)


KPI = Kpi(
    "expansion-rate",
    "percent",
    "higher",
    count,
    needs=("revenue",),
    source="Customer-success practice: expansion / starting revenue x 100",
    unknown_when=(*REASONS, "too_young", "nothing_to_divide"),
    scale=100,
    decimals=1,
)
