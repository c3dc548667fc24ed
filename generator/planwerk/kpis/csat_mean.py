"""The mean of the client's ratings on a scale of five; recorded means count by their answers."""

from __future__ import annotations

from planwerk.kpis.answers import given, scores, tally
from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown

SCALE = 5


def count(case: Case, span: Span) -> Tally:
    """Ratings over answers."""
    if not case.kept("surveys", span.end):
        return unknown("no_log")
    lines = given(case, span, "csat")
    told = list(scores(lines, SCALE))
    found = [(line.count, line.count * score * SCALE / top) for score, top, line in told]
    return tally(found, lines, len(lines) - len(told), means=False)


KPI = Kpi(
    "csat-mean",
    "none",
    "higher",
    count,
    needs=("surveys",),
    source="zykrr: mean of the ratings",
    unknown_when=("no_log", "nothing_to_divide"),
    decimals=1,
    minimum=5,
    clients=True,
)
