"""The facts of a progress report: what was done since a day, what moved, what is next, KPIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planwerk.loop import due
from planwerk.loop.finding import Found, by_day, day_of, who
from planwerk.loop.gaps import gaps_of
from planwerk.measure import results
from planwerk.model.history import Step, Value
from planwerk.model.portfolio import Account, Portfolio

NEXT = 28
"""How many days ahead a progress report looks."""
MOVED = ("due", "on", "target", "planned_for", "answer_due")


@dataclass(frozen=True, slots=True)
class Course:
    """A KPI then and now, in its unit; None where its value was or is not known."""

    kpi: str
    unit: str
    decimals: int
    then: Decimal | None
    now: Decimal | None
    target: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A day or target of `what` that was changed on `day` from `old` to `new`."""

    day: date
    what: str
    field: str
    old: Value
    new: Value
    period: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What happened in an account after `since` up to `until`.

    `moved` are days and targets that changed: only the history knows them, so without one
    (`with_history` false) there are none.
    """

    account: str
    since: date
    until: date
    done: tuple[Found, ...] = ()
    moved: tuple[Moved, ...] = ()
    late: tuple[Found, ...] = ()
    next: tuple[Found, ...] = ()
    kpis: tuple[Course, ...] = ()
    with_history: bool = False


def progress(
    portfolio: Portfolio, account: Account, since: date, steps: Iterable[Step] | None = None
) -> Progress:
    """The progress of an account after `since` up to the portfolio's day.

    `steps` are the account's steps in git, where they are known.
    """
    alone = portfolio.model_copy(update={"accounts": (account,)})
    ahead = [f for f in due.due(alone, NEXT) if f.late is not None and f.late <= 0]
    late = [f for f in gaps_of(account, portfolio) if f.kind != "told"]
    return Progress(
        account.id,
        since,
        portfolio.as_of,
        tuple(by_day(f for f in _done(account) if f.day and since < f.day <= portfolio.as_of)),
        tuple(_moved(account, since, portfolio.as_of, steps or ())),
        tuple(by_day(late)),
        tuple(by_day(ahead)),
        tuple(_course(portfolio, account, since)),
        steps is not None,
    )


def _done(account: Account) -> Iterator[Found]:
    """What was done, decided, answered, held, each with its day."""
    owner = who(account.profile.owner)
    for meeting in account.meetings:
        yield Found("meeting", account.id, meeting.kind, owner, meeting.on, record=meeting)
    for period in account.periods:
        for task in period.tasks.tasks:
            yield Found("task", account.id, task.title, task.accountable, day_of(task.done_on), record=task, keys=("done_on",), period=period.id)  # fmt: skip
        for decision in period.tasks.decisions:
            yield Found("decision", account.id, decision.question, decision.decided_by, day_of(decision.decided_on), record=decision, keys=("decided_on",), note=str(decision.answer or ""), period=period.id)  # fmt: skip
        if period.review is None:
            continue
        yield Found("review", account.id, period.id, owner, day_of(period.review.held_on), record=period.review, keys=("held_on",), period=period.id)  # fmt: skip
        for problem in period.review.problems:
            yield Found("problem", account.id, problem.title, owner, day_of(problem.answered_on), record=problem, keys=("answered_on",), note=problem.team, period=period.id)  # fmt: skip


def _moved(account: Account, since: date, until: date, steps: Iterable[Step]) -> Iterator[Moved]:
    """The days and targets that were changed, in their order, as git tells it."""
    for step in steps:
        for told in step.told:
            change, day = told.change, told.commit.day
            here = change.spot.account == account.id and change.field in MOVED
            if here and change.what == "changed" and day and since < day <= until:
                yield Moved(day, change.title, change.field, change.old, change.new, change.spot.of)


def _course(portfolio: Portfolio, account: Account, since: date) -> Iterator[Course]:
    """The KPIs of the period that runs: the newest value up to each day, the same for everybody (a
    projection has no logs to count anew)."""
    period = account.current(portfolio.as_of)
    if period is None:
        return
    for told in period.results or results(portfolio, account, period):
        known = [point.value for point in told.series if point.day <= since]
        then = known[-1] if known else None
        yield Course(told.kpi, told.unit, told.decimals, then, told.actual, told.target, told.status)  # fmt: skip
