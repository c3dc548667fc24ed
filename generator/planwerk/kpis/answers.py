"""What the KPIs of surveys have in common: the client's answers, never what we guessed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.tally import Span, Tally, unknown
from planwerk.model.logs import SurveyAnswer


def given(case: Case, span: Span, instrument: str) -> list[SurveyAnswer]:
    """The client's answers in the span."""
    return case.parted("surveys", span, "instrument", "by").get((instrument, "client"), [])


def scores(
    lines: list[SurveyAnswer], scale: int
) -> Iterator[tuple[Decimal, Decimal, SurveyAnswer]]:
    """The score (high is good), the upper end of its scale, and the line; open ones are not."""
    for line in lines:
        if isinstance(line.score, Decimal):
            top = line.scale if line.scale is not None else Decimal(scale)
            lowest = Decimal(0) if scale == 10 else Decimal(1)
            score = line.score if line.good == "high" else top + lowest - line.score
            yield score, top, line


def single(score: Decimal, line: SurveyAnswer) -> bool:
    """Whether a score can be an answer; a mean of many cannot be told apart again."""
    return line.count == 1 or score == score.to_integral_value()


def tally(
    found: list[tuple[Decimal, Decimal]], lines: list[SurveyAnswer], left_out: int, means: bool
) -> Tally:
    """Of pairs of a count and what it adds: the sums. Means among them leave it unknown."""
    if means:
        return unknown("means_only")
    n = sum((count for count, _ in found), Decimal(0))
    total = sum((added for _, added in found), Decimal(0))
    return Tally(total, n, int(n), left_out, inputs=(("surveys", len(lines)),))
