"""Sections looked at within their limit by the sections that have a limit and hold something."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown
from planwerk.model.method import demands_on, looked_at, stale


def count(case: Case, span: Span) -> Tally:
    """Fresh sections over those with a limit and something in them; what is stale, `stale` names.

    A section that holds nothing tells nothing: that it is missing is for `completeness` to say.
    """
    limits = len(demands_on(case.account, case.workspace).fresh)
    if not limits:
        return unknown("not_asked")
    n = sum(1 for _ in looked_at(case.account, case.workspace, span.end))
    old = sum(1 for _ in stale(case.account, case.workspace, span.end))
    return Tally(Decimal(n - old), Decimal(n), n, limits - n, inputs=(("account", n),))


KPI = Kpi(
    "freshness",
    "percent",
    "higher",
    count,
    needs=("account",),
    source="ARPEDIO: records verified within their limit / records x 100",
    unknown_when=("not_asked", "nothing_to_divide", "not_kept"),
    scale=100,
    past=False,
)
