"""Revenue of the span against the same days a year earlier: seasons fall out.

29 February is compared with the 28th. Without revenue a year earlier there is no growth to tell,
nor where the log begins within those days.
"""

from __future__ import annotations

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import SOLD, covers, summed, year_before
from planwerk.kpis.tally import Span, Tally, unknown


def count(case: Case, span: Span) -> Tally:
    """The difference to the same days of the year before, over their revenue."""
    before = Span(year_before(span.start), year_before(span.end))
    if not case.kept("revenue", span.end):
        return unknown("no_log")
    if not case.kept("revenue", before.end) or not covers(case, before.start):
        return unknown("too_young")
    now, then = (summed(case.revenue(days), SOLD) for days in (span, before))
    return Tally(
        now.numerator - then.numerator,
        then.numerator,
        1,
        why=now.why | then.why,
        inputs=(("revenue", now.n + then.n),),
    )


KPI = Kpi(
    "revenue-growth",
    "percent",
    "higher",
    count,
    needs=("revenue",),
    source="texta.ai: (current - previous) / previous x 100",
    unknown_when=("no_log", "no_rate", "too_young", "nothing_to_divide"),
    scale=100,
    decimals=1,
)
