"""Share of promoters (9 and 10) less share of detractors (0 to 6), of the client's answers.

Only single answers count: out of a mean nobody can tell promoters and detractors.
"""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.answers import given, scores, single, tally
from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown

SCALE = 10


def count(case: Case, span: Span) -> Tally:
    """Promoters less detractors over answers."""
    if not case.kept("surveys", span.end):
        return unknown("no_log")
    lines = given(case, span, "nps")
    told = list(scores(lines, SCALE))
    found = [
        (line.count, line.count * (Decimal(score >= 9) - Decimal(score <= 6)))
        for score, _, line in told
    ]
    means = any(not single(score, line) for score, _, line in told)
    return tally(found, lines, len(lines) - len(told), means)


KPI = Kpi(
    "nps",
    "points",
    "higher",
    count,
    needs=("surveys",),
    source="supportbee: % of 9 and 10 less % of 0 to 6",
    unknown_when=("no_log", "means_only", "nothing_to_divide"),
    scale=100,
    minimum=5,
    clients=True,
)
