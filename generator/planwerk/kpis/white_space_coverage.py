"""Cells we have won by all cells that apply: departments x offerings without `not_applicable`.

What is not listed is not known, and counts as not won.
"""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown

WON = ("won", "at_risk")


def count(case: Case, span: Span) -> Tally:
    """Won over applicable."""
    if not case.account.whitespace:
        return unknown("no_log")
    listed = {(cell.department, cell.offering): cell.state for cell in case.whitespace}
    offerings = [o.id for o in case.workspace.offerings if case.offering in (None, o.id)]
    whole = {(d.id, o) for d in case.account.departments for o in offerings} | set(listed)
    applicable = [cell for cell in whole if listed.get(cell) != "not_applicable"]
    won = sum(listed.get(cell) in WON for cell in applicable)
    n = len(applicable)
    return Tally(Decimal(won), Decimal(n), n, inputs=(("whitespace", len(listed)),))


KPI = Kpi(
    "white-space-coverage",
    "percent",
    "higher",
    count,
    needs=("whitespace",),
    source="Account planning: cells won / applicable cells x 100",
    unknown_when=("no_log", "nothing_to_divide", "not_kept"),
    scale=100,
    past=False,
)
