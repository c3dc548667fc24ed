"""Introductions the client gave us in the period, as the log of contacts tells them."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ZERO, Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """The introductions, added up; unknown where no line ever tells any."""
    if not case.kept("interactions", span.end):
        return unknown("no_log")
    whole = case.interactions(Span(span.start.min, span.end))
    if not any(isinstance(line.referrals, Decimal) for line in whole):
        return unknown("not_told")
    told = [x.referrals for x in case.interactions(span) if isinstance(x.referrals, Decimal)]
    total = sum(told, ZERO)
    return Tally(total, None, int(total), inputs=(("interactions", len(told)),))


KPI = Kpi(
    "referrals",
    "count",
    "higher",
    count,
    needs=("interactions",),
    source="Key-account practice: qualified introductions given by the client",
    unknown_when=("no_log", "not_told"),
    running=True,
)
