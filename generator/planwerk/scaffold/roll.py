"""The next period out of the last one: what it left is carried over, each to be decided."""

from __future__ import annotations

from planwerk.checks.loop import review_held
from planwerk.model.portfolio import Account, Period
from planwerk.problems import refuse
from planwerk.scaffold import period
from planwerk.scaffold.draft import Ask, Draft, Given
from planwerk.scaffold.house import House, below


def asks(house: House, given: Given) -> tuple[Ask, ...]:
    """Its first and last day, proposed as for any new period.

    Refuses (exit code 2) a period that was rolled over already, or whose review was not held.
    """
    account = house.account(given["account"])
    if not account.periods:
        raise refuse("new-no-period", str(below(account.id)), account=account.id)
    old = house.period(account, given["of"]) if "of" in given else account.periods[-1]
    _refuse_unready(account, old)
    return period.asks(house, _given(given))


def draft(house: House, given: Given) -> Draft:
    """plan.md and tasks.md of the period that follows."""
    made = period.draft(house, _given(given))
    return Draft("roll", made.files, made.facts)


def _given(given: Given) -> Given:
    return {name: value for name, value in given.items() if name != "of"}


def _refuse_unready(account: Account, old: Period) -> None:
    for other in account.periods:
        if other.plan.predecessor == old.id:
            path = str(below(account.id, other.id, "plan.md"))
            raise refuse("roll-done", path, found=other.id, period=old.id)
    if not review_held(old):
        path = str(below(account.id, old.id, "review.md"))
        raise refuse("roll-without-review", path, account=account.id, period=old.id)
