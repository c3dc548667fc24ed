"""What those of us who look after the account learned, by what was planned for them."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown
from planwerk.model.logs import Training, counting
from planwerk.model.portfolio import Portfolio


def count(case: Case, span: Span) -> Tally:
    """Done over planned, of the account's team."""
    return _tally(case.trained(span)) if case.training else unknown("no_log")


def of_house(portfolio: Portfolio, span: Span) -> Tally:
    """Done over planned, of everybody: people serve several accounts and count once."""
    if not portfolio.training:
        return unknown("no_log")
    return _tally([line for line in counting(portfolio.training) if span.holds(line.date)])


def _tally(lines: list[Training]) -> Tally:
    planned = [line for line in lines if line.planned]
    done = sum(line.done for line in planned)
    n = len(planned)
    return Tally(Decimal(done), Decimal(n), n, inputs=(("training", n),))


KPI = Kpi(
    "training-done",
    "percent",
    "higher",
    count,
    needs=("training",),
    source="Key-account practice: people trained / planned x 100",
    unknown_when=("no_log", "nothing_to_divide"),
    scale=100,
    of_house=of_house,
)
