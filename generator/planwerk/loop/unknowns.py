"""What is not known: every value that is open, with who finds it out and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.loop.finding import Found, day_of, known, who
from planwerk.model.log import Log
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.record import Record
from planwerk.model.types import OPEN

NAMES = ("name", "title", "text", "question", "what", "kpi", "id", "force", "feature")
"""What a record is called by, the first of these that it has."""
DUE = ("due", "answer_due", "by", "planned_for")
PEOPLE = ("owner", "accountable", "decided_by")
FUTURE = {"done_on", "held_on", "answered_on", "decided_on", "agreed_on", "closed_on", "decision"}
"""What is open because it has not happened yet: that is no gap in what we know."""


def unknowns(portfolio: Portfolio) -> list[Found]:
    """Every value that is open in the accounts, account by account, as the files have them."""
    return [f for account in portfolio.accounts for f in unknowns_of(account, portfolio.as_of)]


def unknowns_of(account: Account, as_of: date) -> Iterator[Found]:
    """The same of one account: `kind` is the field, `what` what it belongs to.

    Of periods only the running one and those to come count: what was not known in a past one is
    not found out any more.
    """
    owner = who(account.profile.owner)
    current = account.current(as_of)
    for name in type(account).model_fields:
        value = getattr(account, name)
        if name == "periods":
            begin = current.plan.from_ if current else as_of
            for period in account.periods:
                if period.plan.from_ >= begin:
                    for part in (period.plan, period.tasks, period.risks, period.review):
                        yield from _within(part, account.id, owner, as_of, period.id)
        elif not isinstance(value, Log):
            yield from _within(value, account.id, owner, as_of, "")
    for question in account.interview.questions:
        if not known(question.answer) and question.answer not in (OPEN, "offen", "open"):
            day = day_of(question.due)
            words = str(question.text) if known(question.text) else question.id
            yield Found("answer", account.id, words, who(question.owner, owner), day, _late(day, as_of), question, ("answer",))  # fmt: skip


def _late(day: date | None, as_of: date) -> int | None:
    return None if day is None else (as_of - day).days


def _within(
    value: object, account: str, owner: str, as_of: date, period: str, above: str = ""
) -> Iterator[Found]:
    if isinstance(value, tuple):
        for part in value:
            yield from _within(part, account, owner, as_of, period, above)
    elif isinstance(value, Record):
        kinds, values = type(value).model_fields, value.__dict__
        inside = [(name, inner) for name, inner in values.items() if _tells(name, inner)]
        if not inside:  # most records: what they are called, and by whom, need not be known
            return
        called = next((str(values[n]) for n in NAMES if known(values.get(n))), above)
        whose = who(*(values.get(name) for name in PEOPLE), owner)
        day = next((d for name in DUE if (d := day_of(values.get(name)))), None)
        for name, inner in inside:
            if name not in kinds or name in FUTURE:
                continue
            if isinstance(inner, Record | tuple):
                yield from _within(inner, account, whose, as_of, period, called)
            else:
                yield Found(name, account, called, whose, day, _late(day, as_of), value, (name,), period=period)  # fmt: skip


def _tells(name: str, value: object) -> bool:
    """Whether a value is open, or holds records, whose values can be."""
    kind = value.__class__
    if kind is str:
        return value in ("offen", "open") and name != "outcome"
    if kind is tuple:
        return value != () and isinstance(value[0], Record | tuple)  # type: ignore[index]
    return value is OPEN or isinstance(value, Record)
