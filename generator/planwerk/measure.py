"""How every KPI of every plan stands on a day: value, series, way to the target, status."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from planwerk.kpis import BY_ID
from planwerk.model.plan import Measured, PlanKpi, Point
from planwerk.model.portfolio import Account, Period, Portfolio

CLOSE = Decimal("0.10")
"""A value at most this share beside its target is close; a plan this share of the way behind
today's expectation is still on track."""
AT_RISK = Decimal("0.30")
"""A plan further behind than this share of the way is at risk."""
POINTS = 12
"""How many of the newest values a series keeps."""

Status = Literal["reached", "on_track", "close", "at_risk", "missed", "close_missed", "unknown"]


def measure(portfolio: Portfolio) -> Portfolio:
    """The same portfolio with `results` filled in for every period."""
    accounts = tuple(
        account.model_copy(
            update={
                "periods": tuple(
                    period.model_copy(update={"results": results(portfolio, account, period)})
                    for period in account.periods
                )
            }
        )
        for account in portfolio.accounts
    )
    return portfolio.model_copy(update={"accounts": accounts})


def results(portfolio: Portfolio, account: Account, period: Period) -> tuple[Measured, ...]:
    """How each KPI of the period's plan stands on the portfolio's day."""
    return tuple(_result(portfolio, account, period, kpi) for kpi in period.plan.kpis)


def less_is_better(portfolio: Portfolio) -> set[str]:
    """The KPIs of which a lower value is the better one; never those of revenue."""
    return {k for k, kpi in portfolio.kpis.items() if kpi.direction == "lower" and k not in BY_ID}


def _result(portfolio: Portfolio, account: Account, period: Period, kpi: PlanKpi) -> Measured:
    end = min(portfolio.as_of, period.plan.to)
    baseline = kpi.baseline if isinstance(kpi.baseline, Decimal) else None
    target = kpi.target if isinstance(kpi.target, Decimal) else None
    unit, decimals, lower, client = "EUR", 0, False, False
    if revenue := BY_ID.get(kpi.kpi):
        points = revenue.values(account, portfolio.workspace, period.plan.from_, end)
        baseline = baseline if baseline is not None else Decimal(0)
        here = points
    else:
        if house := portfolio.kpis.get(kpi.kpi):
            unit, decimals = house.unit, int(house.decimals)
            lower, client = house.direction == "lower", "client" in house.share
        points = _measured(account, kpi.kpi, end)
        here = tuple(p for p in points if p.day >= period.plan.from_)
    last = here[-1] if here else None
    actual = last.value if last else None
    progress = _progress(baseline, target, actual)
    expected = _expected(period.plan.from_, period.plan.to, end)
    closed = portfolio.as_of > period.plan.to
    return Measured.model_construct(
        kpi=kpi.kpi,
        client_may_see=client,
        unit=unit,
        decimals=decimals,
        lower_is_better=lower,
        baseline=baseline,
        target=target,
        actual=actual,
        actual_on=last.day if last else None,
        status=status(actual, target, lower, progress, expected, closed),
        progress=progress,
        expected=expected,
        series=points[-POINTS:],
        source="",
    )


def _measured(account: Account, kpi: str, end: date) -> tuple[Point, ...]:
    """The entered values of a KPI up to `end`, corrections applied, one a day."""
    replaced = {m.corrects for m in account.measurements if m.corrects}
    lines = [m for m in account.measurements if m.kpi == kpi and m.date <= end]
    days: dict[date, Decimal | None] = {}
    for line in sorted(lines, key=lambda m: m.date):
        if not (line.id and line.id in replaced):
            days[line.date] = line.value if isinstance(line.value, Decimal) else None
    return tuple(Point.model_construct(day=day, value=value) for day, value in days.items())


def _progress(
    baseline: Decimal | None, target: Decimal | None, actual: Decimal | None
) -> Decimal | None:
    """The share of the way from baseline to target that is travelled; the direction follows."""
    if baseline is None or target is None or actual is None or baseline == target:
        return None
    return (actual - baseline) / (target - baseline)


def _expected(start: date, end: date, today: date) -> Decimal:
    days = (end - start).days or 1
    return min(Decimal(1), max(Decimal(0), Decimal((today - start).days) / days))


def status(
    actual: Decimal | None,
    target: Decimal | None,
    lower: bool,
    progress: Decimal | None,
    expected: Decimal,
    closed: bool,
) -> Status:
    """The status of a value against its target; the rule the outputs print beside it.

    Closed: reached, else close if at most 10 % of the target beside it, else missed.
    Running: reached, else on track, close behind or at risk by the way travelled against
    the time passed.
    """
    if actual is None or target is None:
        return "unknown"
    if actual <= target if lower else actual >= target:
        return "reached"
    close = abs(actual - target) <= CLOSE * abs(target)
    if closed:
        return "close_missed" if close else "missed"
    if progress is None:
        return "close" if close else "at_risk"
    if progress >= expected - CLOSE:
        return "on_track"
    return "close" if progress >= expected - AT_RISK else "at_risk"
