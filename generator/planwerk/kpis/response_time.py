"""The median of the hours until the client replied, over the replies that tell them."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """The hours of every reply; contacts without them are no reply, or tell nothing."""
    if not case.kept("interactions", span.end):
        return unknown("no_log")
    hours = tuple(
        line.reply_hours
        for line in case.interactions(span)
        if isinstance(line.reply_hours, Decimal)
    )
    n = len(hours)
    return Tally(
        n=n,
        values=hours,
        why=frozenset(() if hours else {"not_told"}),
        inputs=(("interactions", n),),
    )


KPI = Kpi(
    "response-time",
    "hours",
    "lower",
    count,
    needs=("interactions",),
    source="Median hours to reply, as CRM systems report a customer's response",
    unknown_when=("no_log", "not_told"),
    decimals=1,
    minimum=5,
    median=True,
)
