"""Renewed value by all value that was up for renewal: what was renewed, and what churned.

A contract that ended in the span and of which neither is booked leaves the rate unknown.
"""

from __future__ import annotations

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import REASONS, summed
from planwerk.kpis.tally import ZERO, Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """Renewals over renewals and churn."""
    if not case.kept("revenue", span.end):
        return unknown("no_log")
    lines = case.revenue(span)
    renewed = summed(lines, frozenset({"renewal"}))
    churned = [line for line in lines if line.kind == "churn"]
    why = renewed.why | ({"no_rate"} if any(line.amount is None for line in churned) else set())
    contract = case.account.profile.contract
    ended = contract is not None and span.holds(contract.end) and contract.end != span.end
    if ended and not renewed.n and not churned:
        why |= {"not_booked"}
    lost = sum((abs(line.amount) for line in churned if line.amount is not None), ZERO)
    cases = renewed.n + len(churned)
    return Tally(
        renewed.numerator,
        renewed.numerator + lost,
        cases,
        why=frozenset(why),
        inputs=(("revenue", cases),),
    )


KPI = Kpi(
    "renewal-rate",
    "percent",
    "higher",
    count,
    needs=("revenue",),
    source="Value renewed / value due for renewal x 100",
    unknown_when=(*REASONS, "not_booked", "nothing_to_divide"),
    scale=100,
    decimals=1,
)
