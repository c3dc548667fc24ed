"""Where values lead: their trend, a forecast where they carry one, the way through interim targets.

Plain least squares over days. What is assumed is little and printed: that it goes on in the
same way. What the values do not carry is not said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from planwerk.model.measured import Forecast, Measured, Point, Status, Step, Trend
from planwerk.model.plan import Interim

FOR_TREND = 3
"""Known values from which on a trend is told."""
FLAT = Decimal("0.02")
"""A line that gains less than this share of the values' size goes nowhere."""
FOR_FORECAST = 4
"""Known values from which on a forecast is made …"""
COVERED = Decimal(1) / 3
"""… if they cover this share of the period, reach back as far as its end lies ahead,"""
FITS = Decimal("0.5")
"""… and the line explains at least this share of how they differ."""

Known = list[tuple[date, Decimal]]


class Line(NamedTuple):
    """value = height + slope x days since `origin`; `fit` is the share it explains (0 to 1)."""

    origin: date
    height: Decimal
    slope: Decimal
    fit: Decimal

    def at(self, day: date) -> Decimal:
        """The value of the line on a day."""
        return self.height + self.slope * (day - self.origin).days


def known(points: Sequence[Point]) -> Known:
    """The points whose value is known."""
    return [(p.day, p.value) for p in points if p.value is not None]


def fitted(values: Known) -> Line | None:
    """The line that fits best by least squares; None of values that share one day."""
    origin, n = values[0][0], len(values)
    days = [Decimal((day - origin).days) for day, _ in values]
    heights = [value for _, value in values]
    middle, height = _sum(days) / n, _sum(heights) / n
    width = _sum((x - middle) ** 2 for x in days)
    if not width:
        return None
    both = _sum((x - middle) * (y - height) for x, y in zip(days, heights, strict=True))
    spread = _sum((y - height) ** 2 for y in heights)
    slope = both / width
    fit = slope * both / spread if spread else Decimal(1)
    return Line(origin, height - slope * middle, slope, fit)


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def trend(points: Sequence[Point], direction: str) -> Trend | None:
    """Which way the values go; None of fewer than three known values."""
    values = known(points)
    line = fitted(values) if len(values) >= FOR_TREND else None
    if line is None:
        return None
    first, last = values[0][0], values[-1][0]
    change = line.at(last) - line.at(first)
    size = max(abs(value) for _, value in values)
    flat = abs(change) <= FLAT * size
    better = None if flat or direction not in ("higher", "lower") else (change > 0) == (direction == "higher")  # fmt: skip
    return Trend.model_construct(
        way="flat" if flat else "up" if change > 0 else "down",
        better=better,
        change=change,
        points=len(values),
        since=first,
        until=last,
    )


def forecast(
    points: Sequence[Point],
    start: date,
    end: date,
    today: date,
    bounds: tuple[Decimal | None, Decimal | None],
    judge: Callable[[Decimal], Status],
    cases: int | None = None,
) -> Forecast:
    """The value on the period's last day, by the line through the period's values so far.

    Only of at least four values that cover a third of the period, reach back as far as its end
    lies ahead, and lie about on a line; of a sum, only if `cases` were added up that are as
    many; else None with the reason. `bounds` are the values that are possible, `judge` tells the
    status such a value would have.
    """
    values = [(day, value) for day, value in known(points) if start <= day <= end]
    why, line = "", None
    if today > end:
        why = "closed"
    elif len(values) < FOR_FORECAST:
        why = "few_values"
    elif cases is not None and cases < FOR_FORECAST:
        why = "few_cases"
    elif (values[-1][0] - values[0][0]).days < COVERED * (end - start).days:
        why = "short"
    elif end - values[-1][0] > values[-1][0] - values[0][0]:
        why = "far"
    elif (line := fitted(values)) is None or (line.fit < FITS and not _steady(values)):
        why = "scattered"
    if why or line is None:
        return Forecast.model_construct(on=end, value=None, status="unknown", points=cases if why == "few_cases" else len(values), limited=False, why=why)  # fmt: skip
    low, high = bounds
    raw = line.at(end)
    value = raw if low is None else max(raw, low)
    value = value if high is None else min(value, high)
    return Forecast.model_construct(
        on=end,
        value=value,
        status=judge(value),
        points=len(values),
        limited=value != raw,
        why="",
    )


def _steady(values: Known) -> bool:
    """Whether the values hardly differ: no line explains what is not there."""
    heights = [value for _, value in values]
    return max(heights) - min(heights) <= FLAT * max(abs(height) for height in heights)


def expected(
    start: date,
    end: date,
    today: date,
    baseline: Decimal | None,
    target: Decimal | None,
    interim: Sequence[Interim],
) -> Decimal:
    """The share of the way from baseline to target that should be travelled by today.

    From one agreed step to the next it is straight: from baseline at the beginning, through
    the interim targets, to the target at the end. Without them it is the time passed.
    """
    stops = [(start, Decimal(0)), (end, Decimal(1))]
    if baseline is not None and target is not None and baseline != target:
        steps = {
            step.on: (step.target - baseline) / (target - baseline)
            for step in interim
            if isinstance(step.target, Decimal) and start < step.on < end
        }
        stops = [stops[0], *sorted(steps.items()), stops[1]]
    for (day, share), (next_day, next_share) in pairwise(stops):
        if today <= next_day:
            passed = Decimal(max((today - day).days, 0)) / ((next_day - day).days or 1)
            return share + (next_share - share) * passed
    return Decimal(1)


def steps(
    interim: Sequence[Interim],
    points: Sequence[Point],
    today: date,
    judge: Callable[[Decimal, Decimal], Status],
) -> tuple[Step, ...]:
    """The interim targets whose day has come, with the last value known on that day."""
    out = []
    for step in sorted(interim, key=lambda step: step.on):
        if step.on <= today and isinstance(step.target, Decimal):
            values = [p.value for p in points if p.day <= step.on]
            value = values[-1] if values else None
            status: Status = "unknown" if value is None else judge(value, step.target)
            out.append(
                Step.model_construct(on=step.on, target=step.target, value=value, status=status)
            )
    return tuple(out)


def missing_months(days: Sequence[date], start: date, end: date) -> tuple[date, ...]:
    """The first days of the months that are over by `end` and have no value.

    Only of a KPI that is measured about monthly: with values further apart, nothing is missing.
    """
    have = {(day.year, day.month) for day in days}
    ranked = sorted(set(days))
    gaps = sorted((b - a).days for a, b in pairwise(ranked))
    if gaps and gaps[(len(gaps) - 1) // 2] > 45:
        return ()
    return tuple(
        first
        for first, last in months(start, end)
        if (first.year, first.month) not in have and last <= end and first >= start
    )


def months(start: date, end: date) -> list[tuple[date, date]]:
    """First and last day of each month that `start` to `end` touches."""
    out = []
    year, month = start.year, start.month
    while date(year, month, 1) <= end:
        following = date(year + month // 12, month % 12 + 1, 1)
        out.append((date(year, month, 1), date.fromordinal(following.toordinal() - 1)))
        year, month = following.year, following.month
    return out


def days_of_series(start: date, end: date) -> list[date]:
    """The ends of the months from `start` on, and `end` itself."""
    return sorted({last for _, last in months(start, end) if last < end} | {end})


def bounds_of(result: Measured) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest value a KPI of that unit can have, as far as there are such."""
    if result.unit == "percent":
        shares = all(p.value is None or 0 <= p.value <= 100 for p in result.series)
        return (Decimal(0), Decimal(100)) if shares else (None, None)
    if result.unit in ("count", "hours", "days"):
        return (Decimal(0), None)
    return (None, None)
