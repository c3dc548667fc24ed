"""How every KPI of every plan stands on a day: value, series, way to the target, status, course."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planwerk.kpis import BY_ID, course, kpi_of
from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span
from planwerk.model.measured import Change, Counted, Measured, Point, Status
from planwerk.model.plan import PlanKpi
from planwerk.model.portfolio import Account, Period, Portfolio

CLOSE = Decimal("0.10")
"""A value at most this share beside its target is close; a plan this share of the way behind
where it should be today is still on track."""
AT_RISK = Decimal("0.30")
"""A plan further behind than this share of the way is at risk."""
POINTS = 12
"""How many of the newest values a series keeps."""


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


def results(
    portfolio: Portfolio, account: Account, period: Period, ahead: bool = True
) -> tuple[Measured, ...]:
    """How each KPI of the period's plan stands on the portfolio's day.

    Without `ahead` only value and status: no series, and not where it leads.
    """
    case = Case(account, portfolio.workspace, portfolio.training)
    return tuple(_result(portfolio, case, period, kpi, ahead) for kpi in period.plan.kpis)


def less_is_better(portfolio: Portfolio, name: str) -> bool:
    """Whether a lower value of the KPI is the better one."""
    if own := portfolio.kpis.get(name):
        return own.direction == "lower"
    return name in BY_ID and BY_ID[name].direction == "lower"


def _result(
    portfolio: Portfolio, case: Case, period: Period, planned: PlanKpi, ahead: bool
) -> Measured:
    """How one KPI stands: counted from the files, or the last value somebody entered."""
    end = min(portfolio.as_of, period.plan.to)
    house = portfolio.kpis.get(planned.kpi)
    counting = kpi_of(portfolio.workspace, planned.kpi)
    if counting is not None:
        span = Span(period.plan.from_, end)
        points, counted = _counted(counting, case, span, portfolio.as_of, ahead)
        about = (counting.unit, counting.decimals, counting.direction, counting.clients)
    else:
        points, counted = _entered(case, planned.kpi, end, ahead), None
        unit, decimals = (house.unit, int(house.decimals)) if house else ("none", 0)
        client = house is not None and "client" in house.share
        about = (unit, decimals, house.direction if house else "higher", client)
    baseline = _number(planned.baseline)
    if baseline is None and counting is not None and counting.running:
        baseline = Decimal(0)
    unit, decimals, direction, client = about
    result = Measured.model_construct(
        kpi=planned.kpi,
        client_may_see=client,
        unit=unit,
        decimals=decimals,
        lower_is_better=direction == "lower",
        direction=direction,
        baseline=baseline,
        target=_number(planned.target),
        target_to=_number(planned.target_to),
        series=points[-POINTS:],
        counted=counted,
        source="",
        change=_change(case.account, period, planned),
    )
    stands = _evaluated(result, points, period, planned, portfolio.as_of)
    if not ahead:
        return stands
    running = counting is not None and counting.running
    return _ahead(stands, points, period, planned, portfolio.as_of, running)


def _evaluated(
    result: Measured, points: tuple[Point, ...], period: Period, planned: PlanKpi, today: date
) -> Measured:
    """The result with its value and status."""
    start, whole_end, end = period.plan.from_, period.plan.to, min(today, period.plan.to)
    here = tuple(p for p in points if p.day >= start)
    last = here[-1] if here else None
    actual = last.value if last else None
    progress = _progress(result.baseline, result.target, actual)
    due = course.expected(start, whole_end, end, result.baseline, result.target, planned.interim)
    closed = today > whole_end
    target, to, way = result.target, result.target_to, result.direction
    stands = judged(actual, target, to, way, progress, due, closed)
    told = result.counted is None or actual is not None
    few = result.counted is not None and result.counted.state == "too_few"
    return result.model_copy(
        update={
            "actual": actual,
            "actual_on": last.day if last and told else None,
            "progress": progress,
            "expected": due,
            "status": "too_few" if few else stands,
        }
    )


def _ahead(
    result: Measured,
    points: tuple[Point, ...],
    period: Period,
    planned: PlanKpi,
    today: date,
    running: bool,
) -> Measured:
    """The result with its course: trend, forecast, interim targets, months without a value."""
    start, whole_end, end = period.plan.from_, period.plan.to, min(today, period.plan.to)
    here = tuple(p for p in points if p.day >= start)
    cases = result.counted.n if running and result.counted else None

    def ended(value: Decimal, asked: Decimal | None = result.target) -> Status:
        return judged(value, asked, result.target_to, result.direction, None, Decimal(1), True)

    return result.model_copy(
        update={
            # a sum that grows by the day rises whatever happens: that is no trend
            "trend": None if running else course.trend(here, result.direction),
            "forecast": course.forecast(
                here, start, whole_end, today, course.bounds_of(result), ended, cases
            ),
            "steps": course.steps(planned.interim, here, end, ended),
            "missing": course.missing_months([p.day for p in points], start, end)
            if result.counted is None
            else (),
        }
    )


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _counted(
    kpi: Kpi, case: Case, span: Span, today: date, ahead: bool
) -> tuple[tuple[Point, ...], Counted | None]:
    """The values at the ends of the span's months (only with `ahead`) and on its last day, and
    how that came about."""
    if span.end < span.start:  # the period has not begun
        return (), kpi.counted(kpi.tally(case, Span(span.start, span.start), today), span)
    points, found = [], None
    for day in course.days_of_series(span.start, span.end) if ahead else [span.end]:
        until = Span(span.start, day)
        found = kpi.counted(kpi.tally(case, until, today), until)
        points.append(Point.model_construct(day=day, value=found.value))
    first = next((i for i, p in enumerate(points) if p.value is not None), len(points))
    return tuple(points[first:]), found


def _entered(case: Case, kpi: str, end: date, ahead: bool) -> tuple[Point, ...]:
    """The entered values of a KPI up to `end`, corrections applied, one a day; without `ahead`
    only the last."""
    days: dict[date, Decimal | None] = {}
    for line in case.entered(kpi):
        if line.date <= end:
            days[line.date] = _number(line.value)
    shown = days.items() if ahead else [*days.items()][-1:]
    return tuple(Point.model_construct(day=day, value=value) for day, value in shown)


def _change(account: Account, period: Period, planned: PlanKpi) -> Change | None:
    """The target of the period before, where it was another."""
    before = account.before(period)
    for kpi in before.plan.kpis if before else ():
        old, new = _number(kpi.target), _number(planned.target)
        if before and kpi.kpi == planned.kpi and old is not None and new is not None and old != new:
            because = planned.lowered_because
            words = because if isinstance(because, str) else ""
            return Change.model_construct(period=before.id, before=old, because=words)
    return None


def _progress(
    baseline: Decimal | None, target: Decimal | None, actual: Decimal | None
) -> Decimal | None:
    """The share of the way from baseline to target that is travelled; the direction follows."""
    if baseline is None or target is None or actual is None or baseline == target:
        return None
    return (actual - baseline) / (target - baseline)


def judged(
    actual: Decimal | None,
    target: Decimal | None,
    target_to: Decimal | None,
    direction: str,
    progress: Decimal | None,
    expected: Decimal,
    closed: bool,
) -> Status:
    """The status of a value whatever its KPI's direction.

    Between two bounds a value is reached once the period is over, on track before. Below them
    it is judged as one that shall rise, above them as one that shall fall, which nothing
    travels. A KPI that only informs has no status of its own.
    """
    if direction == "info":
        return "unknown" if actual is None else "info"
    if direction != "range" or actual is None or target is None:
        return status(actual, target, direction == "lower", progress, expected, closed)
    if actual < target:
        return status(actual, target, False, progress, expected, closed)
    if target_to is None or actual <= target_to:
        return "reached" if closed else "on_track"
    return status(actual, target_to, True, None, expected, closed)


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
    the way that should be travelled by now (time passed, through the interim targets).
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
