"""How each account stands: its KPIs, what is late, stale and unknown, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planwerk.loop import due
from planwerk.loop.finding import Found, by_day, words_of
from planwerk.loop.gaps import gaps_of
from planwerk.loop.unknowns import unknowns_of
from planwerk.measure import results
from planwerk.model.method import stale
from planwerk.model.portfolio import Account, Portfolio

Light = Literal["bad", "warn", "open", "good"]
LIGHTS: tuple[Light, ...] = ("bad", "warn", "open", "good")
GOOD, CLOSE, BAD = ("reached", "on_track"), ("close", "close_missed"), ("at_risk", "missed")


@dataclass(frozen=True, slots=True)
class Figure:
    """How one KPI of the plan stands; None where its value or target is not known."""

    kpi: str
    unit: str
    decimals: int
    actual: Decimal | None
    actual_on: date | None
    target: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one account stands on a day; of its KPIs those of the period that runs.

    `light`: bad if a KPI is at risk or missed; else warn if one is close behind, or something is
    late or stale; else open if nothing was measured yet; else good. `lagging` names the KPIs
    that are not on course.
    """

    account: str
    name: str
    industry: str
    tier: str
    owner: str
    period: str
    light: Light
    good: int
    close: int
    bad: int
    unmeasured: int
    late: int
    stale: int
    unknown: int
    lagging: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    next: Found | None = None


def standings(portfolio: Portfolio) -> list[Standing]:
    """How every account stands, the worst first."""
    return ranked(_standing(account, portfolio) for account in portfolio.accounts)


def ranked(found: Iterable[Standing]) -> list[Standing]:
    """The worst first."""
    return sorted(found, key=lambda s: (LIGHTS.index(s.light), -s.bad, -s.late, s.account))


def _standing(account: Account, portfolio: Portfolio) -> Standing:
    as_of, profile = portfolio.as_of, account.profile
    period = account.current(as_of)
    measured = (period.results or results(portfolio, account, period)) if period else ()
    good, close, bad = (sum(r.status in group for r in measured) for group in (GOOD, CLOSE, BAD))
    old = sum(len(section.items) for section in stale(account, portfolio.workspace, as_of))
    late = sum(1 for found in gaps_of(account, portfolio) if found.kind != "told")
    light: Light = "good"
    if bad:
        light = "bad"
    elif close or late or old:
        light = "warn"
    elif not good:
        light = "open"
    return Standing(
        account=account.id,
        name=profile.name,
        industry=profile.industry,
        tier=words_of(profile.tier),
        owner=words_of(profile.owner),
        period=period.id if period else "",
        light=light,
        good=good,
        close=close,
        bad=bad,
        unmeasured=len(measured) - good - close - bad,
        late=late,
        stale=old,
        unknown=sum(1 for _ in unknowns_of(account, as_of)),
        figures=tuple(
            Figure(r.kpi, r.unit, r.decimals, r.actual, r.actual_on, r.target, r.status)
            for r in measured
        ),
        lagging=tuple(r.kpi for r in measured if r.status in (*BAD, *CLOSE)),
        next=next(_ahead(account, portfolio), None),
    )


def _ahead(account: Account, portfolio: Portfolio) -> Iterator[Found]:
    alone = portfolio.model_copy(update={"accounts": (account,)})
    return (f for f in by_day(due.due(alone)) if f.late is not None and f.late <= 0)
