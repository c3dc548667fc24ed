"""What has to be done by a day: tasks, next steps, answers, decisions, meetings, reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planwerk.loop.finding import Found, by_day, day_of, known, who
from planwerk.model.portfolio import Account, Period, Portfolio


def due(portfolio: Portfolio, within: int | None = None, whose: str = "") -> list[Found]:
    """All that is late, and what is due `within` so many days (None: at any time), by day.

    `whose` narrows it to one person, partner or side (`client`, `partner`).
    """
    as_of = portfolio.as_of
    last = date.max if within is None else as_of + timedelta(days=within)
    found = (f for account in portfolio.accounts for f in _of_account(account, as_of))
    return by_day(
        f for f in found if f.day and f.day <= last and whose in ("", f.whose, f.whose.partition(":")[0])
    )  # fmt: skip


def _of_account(account: Account, as_of: date) -> Iterator[Found]:
    owner = who(account.profile.owner)
    for period in account.periods:
        yield from tasks(account, period, as_of)
        yield from decisions(account, period, as_of)
        yield from _of_review(account, period, as_of)
    yield from questions(account, as_of)
    for meeting in account.meetings:
        day = day_of(meeting.next_on)
        later = any(other.on >= day for other in account.meetings if day)
        if day and not later:
            yield Found("meeting", account.id, meeting.kind, owner, day, late(day, as_of), meeting, ("next_on",))  # fmt: skip


def late(day: date | None, as_of: date) -> int | None:
    """How many days a day is past; negative for days to come."""
    return None if day is None else (as_of - day).days


def tasks(account: Account, period: Period, as_of: date) -> Iterator[Found]:
    """The tasks of a period that are not done. What a later plan took up or dropped is over."""
    closed = taken_up(account, period)
    for task in period.tasks.tasks:
        if not day_of(task.done_on) and f"task:{task.id}" not in closed:
            day = day_of(task.due_day)
            yield Found("task", account.id, task.title, task.accountable, day, late(day, as_of), task, ("due",), period=period.id)  # fmt: skip


def taken_up(account: Account, period: Period) -> frozenset[str]:
    """What of a period a later one carries and has decided on, such as `task:form`."""
    begin = f"{period.id}/"
    return frozenset(
        item.from_.removeprefix(begin)
        for later in account.periods
        for item in later.plan.carried
        if item.from_.startswith(begin) and known(item.decision)
    )


def decisions(account: Account, period: Period, as_of: date) -> Iterator[Found]:
    """The questions that somebody has to decide."""
    for decision in period.tasks.decisions:
        if not day_of(decision.decided_on):
            day = day_of(decision.due)
            yield Found("decision", account.id, decision.question, decision.decided_by, day, late(day, as_of), decision, ("due",), period=period.id)  # fmt: skip


def questions(account: Account, as_of: date) -> Iterator[Found]:
    """The questions to the client that have no answer yet."""
    for question in account.interview.questions:
        if not known(question.answer):
            day = day_of(question.due)
            words = str(question.text) if known(question.text) else question.id
            yield Found("question", account.id, words, who(question.owner, account.profile.owner), day, late(day, as_of), question, ("due",))  # fmt: skip


def problems(account: Account, period: Period, as_of: date) -> Iterator[Found]:
    """The problems that a team owes an answer to; `note` is the team."""
    for problem in period.review.problems if period.review else ():
        if not day_of(problem.answered_on):
            day = day_of(problem.answer_due)
            yield Found("problem", account.id, problem.title, who(account.profile.owner), day, late(day, as_of), problem, ("answer_due",), problem.team, period.id)  # fmt: skip


def steps(account: Account, period: Period, as_of: date) -> Iterator[Found]:
    """The next steps of a review that nobody has scored yet."""
    scored = {c.step for p in account.periods if p.review for c in p.review.commitments}
    for step in period.review.next_steps if period.review else ():
        if step.id not in scored:
            day = day_of(step.due)
            yield Found("next_step", account.id, step.title, step.accountable, day, late(day, as_of), step, ("due",), period=period.id)  # fmt: skip


def _of_review(account: Account, period: Period, as_of: date) -> Iterator[Found]:
    review, owner = period.review, who(account.profile.owner)
    if review is None:
        return
    yield from problems(account, period, as_of)
    yield from steps(account, period, as_of)
    if not day_of(review.held_on) and (day := day_of(review.planned_for)):
        yield Found("review", account.id, period.id, owner, day, late(day, as_of), review, ("planned_for",), period=period.id)  # fmt: skip
    for wanted in review.help_wanted:
        if (day := day_of(wanted.by)) and day >= as_of:
            yield Found("help", account.id, wanted.what, owner, day, late(day, as_of), wanted, ("by",), wanted.team, period.id)  # fmt: skip
