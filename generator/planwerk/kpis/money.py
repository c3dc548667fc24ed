"""What the revenue KPIs have in common: bookings by kind, and what a year began with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from planwerk.kpis.case import Booking, Case
from planwerk.kpis.tally import ZERO, Span, Tally, unknown

SOLD = frozenset({"new", "upsell", "cross_sell", "renewal", "recurring", "offen", "open"})
"""Kinds of bookings that are revenue; contraction and churn say what falls away."""
EXPANSION = frozenset({"upsell", "cross_sell"})
OPEN = frozenset({"offen", "open"})
QUARTER = 92
"""Days of the longest quarter."""
REASONS = ("no_log", "no_rate", "open_kind")


def of_kinds(kinds: Iterable[str]) -> Callable[[Case, Span], Tally]:
    """The sum of the bookings of these kinds in the span."""
    wanted = frozenset(kinds)

    def count(case: Case, span: Span) -> Tally:
        if not case.kept("revenue", span.end):
            return unknown("no_log")
        return summed(case.revenue(span), wanted)

    return count


def summed(lines: Iterable[Booking], kinds: frozenset[str]) -> Tally:
    """The sum of the lines of these kinds: unknown with one that has no rate or whose kind is
    open, for it may belong to them."""
    total, n, why = ZERO, 0, set()
    for line in lines:
        if line.kind in kinds:
            n += 1
            if line.amount is None:
                why.add("no_rate")
            else:
                total += line.amount
        elif line.kind in OPEN:
            why.add("open_kind")
    return Tally(total, None, n, why=frozenset(why), inputs=(("revenue", n),))


def year_before(day: date) -> date:
    """The same day a year earlier; of 29 February, the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def covers(case: Case, begin: date) -> bool:
    """Whether the revenue log tells of the days from `begin` on: it has a line up to then, or
    within a quarter, for that is how often most clients are billed.

    A log that begins later would make a base of a part of it, and a rate far too high.
    """
    return case.kept("revenue", begin + timedelta(days=QUARTER))


def starting(case: Case, span: Span) -> Tally:
    """What the span began with: recurring revenue of the twelve months before its first day.

    Unknown without a recurring booking in them, or where the client, or the log, has begun
    since: a part of a year is no base.
    """
    first = year_before(span.start)
    since = case.account.profile.customer_since
    if isinstance(since, date) and since > first:
        return unknown("too_young")
    if not case.kept("revenue", span.end):
        return unknown("no_log")
    if not covers(case, first):
        return unknown("too_young")
    base = summed(case.revenue(Span(first, span.start - timedelta(days=1))), frozenset({"recurring"}))  # fmt: skip
    return base if base.n or base.why else unknown("too_young")


def kept(case: Case, span: Span, change: Callable[[Decimal, Decimal, Decimal], Decimal]) -> Tally:
    """`change(start, expansion, loss)` over what the span began with.

    Losses are written with or without a minus; they are losses either way.
    """
    base = starting(case, span)
    if base.why:
        return base
    lines = case.revenue(span)
    more = summed(lines, EXPANSION)
    lost = [line for line in lines if line.kind in ("contraction", "churn")]
    why = more.why | ({"no_rate"} if any(line.amount is None for line in lost) else set())
    loss = sum((abs(line.amount) for line in lost if line.amount is not None), ZERO)
    return Tally(
        change(base.numerator, more.numerator, loss),
        base.numerator,
        1,
        why=frozenset(why),
        inputs=(("revenue", base.n + more.n + len(lost)),),
    )


def customer(case: Case, day: date) -> bool | None:
    """Whether the account is a customer on that day; None where nobody wrote since when.

    Without `customer_since` the first booking counts; an account with neither is a prospect.
    """
    profile = case.account.profile
    until = profile.customer_until
    if isinstance(until, date) and until < day:
        return False
    since: object = profile.customer_since
    if not isinstance(since, date):
        since = case.first("revenue")
        if since is None:
            return None if profile.customer_since is not None else False
    return isinstance(since, date) and since <= day
