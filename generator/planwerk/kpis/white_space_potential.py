"""What is still open, weighed: potential x probability of gaps, ideas and opportunities.

A cell without both is left out and counted: neither is guessed.
"""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ZERO, Span, Tally, unknown

STILL_OPEN = ("gap", "idea", "opportunity")


def count(case: Case, span: Span) -> Tally:
    """The weighed potentials, added up."""
    cells = [cell for cell in case.whitespace if cell.state in STILL_OPEN]
    if not case.account.whitespace:
        return unknown("no_log")
    weighed = [
        cell.potential * cell.probability
        for cell in cells
        if isinstance(cell.potential, Decimal) and isinstance(cell.probability, Decimal)
    ]
    n = len(weighed)
    why = frozenset({"open_value"} if cells and not weighed else ())
    return Tally(sum(weighed, ZERO), None, n, len(cells) - n, why, inputs=(("whitespace", n),))


KPI = Kpi(
    "white-space-potential",
    "EUR",
    "info",
    count,
    needs=("whitespace",),
    source="Account planning: sum of potential x probability over open cells",
    unknown_when=("no_log", "open_value", "not_kept"),
    past=False,
)
