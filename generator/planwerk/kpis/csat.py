"""Answers 4 and 5 of 5 by all answers of the client; other scales are brought to five.

Only single answers count; where means are recorded, see `csat-mean`.
"""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.answers import given, scores, single, tally
from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown

SCALE = 5
SATISFIED = 4


def count(case: Case, span: Span) -> Tally:
    """Satisfied answers over answers."""
    if not case.kept("surveys", span.end):
        return unknown("no_log")
    lines = given(case, span, "csat")
    told = list(scores(lines, SCALE))
    found = [
        (line.count, line.count * Decimal(score * SCALE >= SATISFIED * top))
        for score, top, line in told
    ]
    means = any(not single(score, line) for score, _, line in told)
    return tally(found, lines, len(lines) - len(told), means)


KPI = Kpi(
    "csat",
    "percent",
    "higher",
    count,
    needs=("surveys",),
    source="supportbee: answers 4 and 5 of 5 / answers x 100 (80 of 100 are 80 %)",
    unknown_when=("no_log", "means_only", "nothing_to_divide"),
    scale=100,
    minimum=5,
    clients=True,
)
