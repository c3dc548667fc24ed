"""Known and acted on: the day of a sign beside the day of the task or risk that answered it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planwerk.kpis.tally import median
from planwerk.loop.finding import Found, day_of, who
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record

Seen = Mapping[tuple[str, str, str], date]
"""The day on which a record first stood in the plans, by account, kind of record and id: what
git knows. It is asked where the plan states no day: a plan may be written long after."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A sign, the day it was known, and the first thing that answered it.

    `answer` is None where nothing did; `days` are those between the two, or up to today.
    """

    sign: Found
    answer: Found | None
    days: int | None


def acted_on(portfolio: Portfolio, seen: Seen | None = None) -> list[Answered]:
    """Every sign in the accounts, the longest unanswered first."""
    known = seen or {}
    found = [a for account in portfolio.accounts for a in _of_account(account, portfolio.as_of, known)]  # fmt: skip
    return longest_first(found)


def longest_first(found: Iterable[Answered]) -> list[Answered]:
    """The longest unanswered first, what was answered last."""
    return sorted(found, key=lambda a: (a.answer is not None, -(a.days or 0), a.sign.account))


def usual(answered: Iterable[Answered]) -> Decimal | None:
    """How many days lie between a sign and its answer: the median; None where nothing is."""
    return median(tuple(Decimal(a.days) for a in answered if a.answer and a.days is not None))


def _of_account(account: Account, as_of: date, seen: Seen) -> Iterator[Answered]:
    for sign, names, closed in _signs(account, seen):
        found = [*_answers(account, names, seen), *_closed(sign, closed)]
        answers = sorted(found, key=lambda f: f.day or date.max)
        answer = answers[0] if answers else None
        until = answer.day if answer else as_of
        days = (until - sign.day).days if sign.day and until else None
        yield Answered(sign, answer, None if days is None else max(0, days))


def _closed(sign: Found, day: date | None) -> Iterator[Found]:
    """That the sign itself was answered or closed on a day."""
    if day:
        yield Found("closed", sign.account, "", sign.whose, day, record=sign.record)


Sign = tuple[Found, frozenset[str], date | None]


def _signs(account: Account, seen: Seen) -> Iterator[Sign]:
    """What we heard, the names under which something may answer it, and the day it was closed."""
    owner = who(account.profile.owner)

    def sign(kind: str, what: str, name: str, day: date | None, record: Record, period: str = "") -> Found:  # fmt: skip
        told = day or seen.get((account.id, type(record).__name__, name))
        return Found(kind, account.id, what, owner, told, record=record, period=period)

    for insight in account.interview.insights:
        if insight.kind in ("pressure", "obstacle"):
            found = sign("insight", insight.text, insight.id, day_of(insight.confirmed_on), insight)
            yield found, _chain(account, insight.id), None
    for period in account.periods:
        for risk in period.risks.risks:
            found = sign("risk", str(risk.text or risk.reason), risk.id, day_of(risk.opened_on), risk, period.id)  # fmt: skip
            yield found, frozenset({f"risk:{risk.id}", *(f"task:{name}" for name in risk.mitigations)}), day_of(risk.closed_on)  # fmt: skip
        for problem in period.review.problems if period.review else ():
            days = [day for example in problem.examples if (day := day_of(example.on))]
            found = sign("problem", problem.title, problem.id, min(days, default=None), problem, period.id)  # fmt: skip
            yield found, frozenset({f"problem:{problem.id}"}), day_of(problem.answered_on)


def _chain(account: Account, begin: str) -> frozenset[str]:
    """An insight and all that it leads to: what answers one of them answers it."""
    leads = {insight.id: insight.leads_to for insight in account.interview.insights}
    found, waiting = set[str](), [begin]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += leads.get(name, ())
    return frozenset(f"insight:{name}" for name in found)


def _answers(account: Account, names: frozenset[str], seen: Seen) -> Iterator[Found]:
    """The tasks and goals that answer one of these, each with the day it was there."""
    for period in account.periods:
        wanted = names | {f"{p.id}/{name}" for p in account.periods for name in names}
        for task in period.tasks.tasks:
            if f"task:{task.id}" in names or not wanted.isdisjoint(task.answers):
                day = day_of(task.start) or seen.get((account.id, "Task", task.id)) or period.plan.from_  # fmt: skip
                yield Found("task", account.id, task.title, task.accountable, day, record=task, period=period.id)  # fmt: skip
        for goal in period.plan.goals:
            if not wanted.isdisjoint(goal.answers):
                came = seen.get((account.id, "Goal", goal.id))
                yield _of_plan(account, period, "goal", goal.title, who(goal.owner), goal, came)
        for item in period.plan.carried:
            if item.from_ in wanted:
                came = seen.get((account.id, "Carried", item.from_))
                yield _of_plan(account, period, "carried", item.from_, "", item, came)


def _of_plan(
    account: Account, period: Period, kind: str, what: str, whose: str, record: Record,
    came: date | None,
) -> Found:  # fmt: skip
    day = day_of(period.plan.agreed_on) or came or period.plan.from_
    return Found(kind, account.id, what, whose, day, record=record, period=period.id)
