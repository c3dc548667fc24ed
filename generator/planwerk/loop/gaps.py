"""Gaps in how we work: what is late by side, meetings skipped, answers owed, reviews overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planwerk.loop import due
from planwerk.loop.finding import Found, by_day, day_of, who
from planwerk.model.method import demands_on, last_review
from planwerk.model.portfolio import Account, Portfolio

KINDS = ("task", "decision", "next_step", "question", "problem", "meeting", "review", "told")
"""The kinds of gaps, in the order in which they are shown; `told` ones stand in a review."""


def gaps(portfolio: Portfolio) -> list[Found]:
    """Every gap in the workflow of all accounts, the longest overdue first."""
    return by_day(f for account in portfolio.accounts for f in gaps_of(account, portfolio))


def gaps_of(account: Account, portfolio: Portfolio) -> Iterator[Found]:
    """The gaps of one account."""
    as_of = portfolio.as_of
    for period in account.periods:
        for found in (
            *due.tasks(account, period, as_of),
            *due.decisions(account, period, as_of),
            *due.steps(account, period, as_of),
            *due.problems(account, period, as_of),
        ):
            if _is_late(found):
                yield found
    yield from filter(_is_late, due.questions(account, as_of))
    yield from skipped(account, as_of)
    yield from overdue_reviews(account, portfolio)
    yield from _told(account, as_of)


def _is_late(found: Found) -> bool:
    return found.late is not None and found.late > 0


def skipped(account: Account, as_of: date) -> Iterator[Found]:
    """The kinds of meetings that were agreed on and are overdue; `note` is the last one's day.

    The first counts from the beginning of the first period, where there is one.
    """
    start = min((p.plan.from_ for p in account.periods), default=None)
    for rhythm in account.profile.cadence:
        days = [m.on for m in account.meetings if m.kind == rhythm.kind and m.on <= as_of]
        if rhythm.kind in ("review", "debrief") and (held := last_review(account, as_of)):
            days.append(held)
        ahead = any(m.kind == rhythm.kind and (day_of(m.next_on) or date.min) >= as_of for m in account.meetings)  # fmt: skip
        last = max(days, default=None)
        from_ = last or start
        if from_ is None or ahead:
            continue
        day = from_ + timedelta(days=rhythm.every)
        if day < as_of:
            yield Found("meeting", account.id, rhythm.kind, who(account.profile.owner), day, (as_of - day).days, rhythm, ("every",), str(last or ""))  # fmt: skip


def overdue_reviews(account: Account, portfolio: Portfolio) -> Iterator[Found]:
    """Reviews whose planned day is past, and those that the method asks for and nobody planned."""
    as_of, owner = portfolio.as_of, who(account.profile.owner)
    planned = False
    for period in account.periods:
        review = period.review
        if review is None or day_of(review.held_on):
            continue
        day = day_of(review.planned_for)
        planned = planned or day is not None
        if day and day < as_of:
            yield Found("review", account.id, period.id, owner, day, (as_of - day).days, review, ("planned_for",), period=period.id)  # fmt: skip
    limit = demands_on(account, portfolio.workspace).review_every
    if limit is None or planned or not account.periods:
        return
    last = last_review(account, as_of)
    day = (last or account.periods[0].plan.from_) + timedelta(days=limit)
    if day < as_of:
        yield Found("review", account.id, "", owner, day, (as_of - day).days, account.profile, ("name",), str(last or ""))  # fmt: skip


def _told(account: Account, as_of: date) -> Iterator[Found]:
    """What the newest review that was held says about how we work together."""
    held = [p for p in account.periods if p.review and (day_of(p.review.held_on) or date.max) <= as_of]  # fmt: skip
    for period in held[-1:]:
        assert period.review is not None
        for number, words in enumerate(period.review.workflow_gaps):
            if isinstance(words, str) and words:
                yield Found("told", account.id, words, who(account.profile.owner), record=period.review, keys=("workflow_gaps", number), period=period.id)  # fmt: skip
