"""What became of a year's recurring revenue: with expansion, less contraction and churn.

Only clients that were there at the start count; more than 100 % means growth.
"""

from __future__ import annotations

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import REASONS, kept
from planwerk.kpis.tally import Span, Tally


def count(case: Case, span: Span) -> Tally:
    """What the span made of the revenue it began with."""
    return kept(case, span, lambda start, more, lost: start + more - lost)


KPI = Kpi(
    "net-revenue-retention",
    "percent",
    "higher",
    count,
    needs=("revenue",),
    source="dnoise.online: (200,000 - 6,000 - 4,000 + 20,000) / 200,000 = 105 %",
    unknown_when=(*REASONS, "too_young", "nothing_to_divide"),
    scale=100,
    decimals=1,
)
