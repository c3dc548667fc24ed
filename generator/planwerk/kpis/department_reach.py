"""Departments we have spoken with by all departments we know of."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """Reached over known; departments of which it is open are left out."""
    departments = case.account.departments
    if not departments:
        return unknown("no_log")
    told = [d.contacted for d in departments if isinstance(d.contacted, bool)]
    n = len(told)
    return Tally(Decimal(sum(told)), Decimal(n), n, len(departments) - n, inputs=(("account", n),))


KPI = Kpi(
    "department-reach",
    "percent",
    "higher",
    count,
    needs=("account",),
    source="Departments with a contact / departments x 100",
    unknown_when=("no_log", "nothing_to_divide", "not_kept"),
    scale=100,
    past=False,
)
