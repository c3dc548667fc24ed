"""Sections that lack nothing by the sections the method and the plan's kind ask for."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown
from planwerk.model.method import demanded, missing


def count(case: Case, span: Span) -> Tally:
    """Complete sections over demanded ones; which are not, `missing` names.

    What is written down as open is no finding, but it is not known: the section is not complete.
    """
    wanted = demanded(case.account, case.workspace, span.end)
    if not wanted:
        return unknown("not_asked")
    lacking = sum(1 for _ in missing(case.account, case.workspace, span.end, open_too=True))
    n = len(wanted)
    return Tally(Decimal(n - lacking), Decimal(n), n, inputs=(("account", n),))


KPI = Kpi(
    "completeness",
    "percent",
    "higher",
    count,
    needs=("account",),
    source="Altify: filled sections / sections asked for x 100",
    unknown_when=("not_asked", "not_kept"),
    scale=100,
    past=False,
)
