"""Our revenue by what the client spends, over the cells whose amounts are known.

What a cell is worth is ours and what is still open in it; cells with an open amount are left
out and counted. Beside what we won, a potential that nobody wrote is none, an open one is not. Below 10 % we are a back-up vendor, above 60 % strategic.
"""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ZERO, Span, Tally, unknown

OURS = ("won", "at_risk")
NOT_OURS = ("competitor", "gap", "idea", "opportunity", "lost", "internal")


def count(case: Case, span: Span) -> Tally:
    """Ours over ours and theirs."""
    if not case.account.whitespace:
        return unknown("no_log")
    ours, whole, n, left_out = ZERO, ZERO, 0, 0
    for cell in case.whitespace:
        further = ZERO if cell.potential is None else cell.potential
        if cell.state in OURS and isinstance(cell.ours, Decimal) and isinstance(further, Decimal):
            ours += cell.ours
            whole += cell.ours + further
        elif cell.state in NOT_OURS and isinstance(cell.potential, Decimal):
            whole += cell.potential
        elif cell.state in OURS + NOT_OURS:
            left_out += 1
            continue
        else:
            continue
        n += 1
    return Tally(ours, whole, n, left_out, inputs=(("whitespace", n),))


KPI = Kpi(
    "share-of-wallet",
    "percent",
    "higher",
    count,
    needs=("whitespace",),
    source="revoptima: our revenue / the client's spend in the category x 100",
    unknown_when=("no_log", "nothing_to_divide", "not_kept"),
    scale=100,
    past=False,
)
