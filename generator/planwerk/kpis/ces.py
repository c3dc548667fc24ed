"""How easy it was for the client: the mean on 1 to 7, where 7 is very easy.

Answers on a scale whose low end is good are turned round; other scales are brought to seven.
"""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.answers import given, scores, tally
from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ONE, Span, Tally, unknown

SCALE = 7


def count(case: Case, span: Span) -> Tally:
    """Scores over answers."""
    if not case.kept("surveys", span.end):
        return unknown("no_log")
    lines = given(case, span, "ces")
    told = list(scores(lines, SCALE))
    found = [(line.count, line.count * _of_seven(score, top)) for score, top, line in told]
    return tally(found, lines, len(lines) - len(told), means=False)


def _of_seven(score: Decimal, top: Decimal) -> Decimal:
    return score if top in (SCALE, ONE) else ONE + (score - ONE) * (SCALE - 1) / (top - ONE)


KPI = Kpi(
    "ces",
    "none",
    "higher",
    count,
    needs=("surveys",),
    source="supportbee: mean on 1 to 7 where 7 is very easy; other vendors turn the scale round",
    unknown_when=("no_log", "nothing_to_divide"),
    decimals=1,
    minimum=5,
    clients=True,
)
