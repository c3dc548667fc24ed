"""How healthy an account is: a weighted mean of points, each part shown. Internal, always.

What is not known is left out and said, and its weight with it; where too little is known, health
is not known. The model is data (`health:` in workspace.yml); the default needs no usage data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from planwerk.kpis import kpi_of
from planwerk.kpis.case import Case
from planwerk.kpis.tally import Span
from planwerk.measure import results
from planwerk.model.measured import Counted
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.workspace import Health, HealthPart

ATTAINMENT = "attainment"
"""The part that is no KPI: how many of the running plan's KPIs are on course."""
ON_COURSE = ("reached", "on_track")
JUDGED = (*ON_COURSE, "close", "close_missed", "at_risk", "missed")

Level = Literal["good", "fair", "poor", "unknown"]


def _part(kpi: str, weight: int, good: str, poor: str) -> HealthPart:
    return HealthPart.model_construct(
        kpi=kpi, weight=Decimal(weight), good=Decimal(good), poor=Decimal(poor), decides=False
    )


DEFAULT = (
    _part("last-contact-age", 20, "30", "90"),
    _part("buyer-sentiment", 25, "1", "-1"),
    _part("commitments-kept", 15, "90", "50"),
    _part(ATTAINMENT, 20, "75", "25"),
    _part("email-reply-rate", 10, "60", "20"),
    _part("nps", 5, "50", "0"),
    _part("csat-mean", 5, "4.5", "3"),
)
"""For houses that sell services: how near we are, how they stand to us, what we keep. Weights
follow those that tools without usage data have in common; none of them counts logins."""


@dataclass(frozen=True, slots=True)
class PartPoints:
    """One part: its value, its points (0 to 100), and what it adds to the whole.

    `points` and `adds` are None where the value is not known; `why` then says why.
    """

    kpi: str
    weight: Decimal
    good: Decimal
    poor: Decimal
    value: Decimal | None
    points: Decimal | None
    adds: Decimal | None
    why: tuple[str, ...] = ()
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """An account's health on a day: 0 to 100 points, or None where too little is known.

    `decided_by` names the part that made the whole poor; `known` is the percentage of the
    weight that is known.
    """

    account: str
    day: date
    points: Decimal | None
    level: Level
    known: Decimal
    parts: tuple[PartPoints, ...]
    decided_by: str = ""

    @property
    def left_out(self) -> tuple[PartPoints, ...]:
        """The parts of which nothing is known."""
        return tuple(part for part in self.parts if part.points is None)


def health(portfolio: Portfolio, account: Account) -> AccountHealth:
    """The account's health on the portfolio's day."""
    model, day = portfolio.workspace.health, portfolio.as_of
    case = Case(account, portfolio.workspace, portfolio.training)
    span = Span(day - timedelta(days=model.within - 1), day)
    seen = [_seen(portfolio, case, part, span) for part in model.parts or DEFAULT]
    whole = sum((part.weight for part, *_ in seen), Decimal(0))
    weight = sum((part.weight for part, value, *_ in seen if value is not None), Decimal(0))
    parts = tuple(_points(part, value, why, found, weight) for part, value, why, found in seen)
    known = 100 * weight / whole if whole else Decimal(0)
    if not weight or known < model.least:
        return AccountHealth(account.id, day, None, "unknown", known, parts)
    points = sum((part.adds for part in parts if part.adds is not None), Decimal(0))
    deciding = {part.kpi for part in model.parts if part.decides}
    worst = next((p.kpi for p in parts if p.kpi in deciding and p.points == 0), "")
    return AccountHealth(
        account.id, day, points, "poor" if worst else _level(points, model), known, parts, worst
    )


def _level(points: Decimal, model: Health) -> Level:
    return "good" if points >= model.good else "fair" if points >= model.fair else "poor"


Seen = tuple[HealthPart, Decimal | None, tuple[str, ...], Counted | None]


def _seen(portfolio: Portfolio, case: Case, part: HealthPart, span: Span) -> Seen:
    """The value of a part, or why there is none."""
    if part.kpi == ATTAINMENT:
        value = _attainment(portfolio, case.account)
        return part, value, () if value is not None else ("no_log",), None
    kpi = kpi_of(portfolio.workspace, part.kpi)
    if kpi is None:
        value = _entered(case, part.kpi, span)
        return part, value, () if value is not None else ("no_log",), None
    found = kpi.counted(kpi.tally(case, span, portfolio.as_of), span)
    why = ("too_few",) if found.state == "too_few" else found.why
    return part, found.value, why, found


def _attainment(portfolio: Portfolio, account: Account) -> Decimal | None:
    """The percentage of the current plan's judged KPIs that are on course."""
    period = account.current(portfolio.as_of)
    found = period.results or results(portfolio, account, period, ahead=False) if period else ()
    judged = [result.status for result in found if result.status in JUDGED]
    return 100 * Decimal(sum(s in ON_COURSE for s in judged)) / len(judged) if judged else None


def _entered(case: Case, kpi: str, span: Span) -> Decimal | None:
    """The last value of a measured KPI within the span; None where that is open or missing."""
    lines = [line for line in case.entered(kpi) if span.holds(line.date)]
    last = lines[-1] if lines else None
    return last.value if last and isinstance(last.value, Decimal) else None


def _points(
    part: HealthPart,
    value: Decimal | None,
    why: tuple[str, ...],
    found: Counted | None,
    weight: Decimal,
) -> PartPoints:
    """The part with its points: all from `good` on, none from `poor` on, between them by the way."""
    points = adds = None
    if value is not None:
        way = part.good - part.poor
        share = (value - part.poor) / way if way else Decimal(value >= part.good)
        points = 100 * min(max(share, Decimal(0)), Decimal(1))
        adds = points * part.weight / weight if weight else Decimal(0)
    return PartPoints(part.kpi, part.weight, part.good, part.poor, value, points, adds, why, found)
