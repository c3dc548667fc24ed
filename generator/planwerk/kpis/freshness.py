"""Sections looked at within their limit by the sections that have a limit."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown
from planwerk.model.method import demands_on, stale


def count(case: Case, span: Span) -> Tally:
    """Fresh sections over those with a limit; which are stale, `stale` names."""
    limits = demands_on(case.account, case.workspace).fresh
    if not limits:
        return unknown("not_asked")
    old = sum(1 for _ in stale(case.account, case.workspace, span.end))
    n = len(limits)
    return Tally(Decimal(n - old), Decimal(n), n, inputs=(("account", n),))


KPI = Kpi(
    "freshness",
    "percent",
    "higher",
    count,
    needs=("account",),
    source="ARPEDIO: records verified within their limit / records x 100",
    unknown_when=("not_asked", "not_kept"),
    scale=100,
    past=False,
)
