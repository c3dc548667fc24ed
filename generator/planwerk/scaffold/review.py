"""A new review: review.md, with the plan's KPIs to explain and the last steps to score."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from planwerk.checks.loop import unscored
from planwerk.measure import results
from planwerk.model.plan import Review
from planwerk.model.portfolio import Account, Period
from planwerk.problems import refuse
from planwerk.scaffold.draft import Ask, Draft, File, Given
from planwerk.scaffold.house import OPEN_WORD, House, below, day
from planwerk.scaffold.template import fill

WELL = ("reached", "on_track")


def asks(house: House, given: Given) -> tuple[Ask, ...]:
    """Which period is looked back on, and when."""
    account = house.account(given["account"])
    if not account.periods:
        raise refuse("new-no-period", str(below(account.id)), account=account.id)
    open_ = OPEN_WORD[house.language_of(account)]
    periods = tuple(period.id for period in account.periods)
    return (Ask("period", periods, _due(house, account).id), Ask("on", default=open_))


def draft(house: House, given: Given) -> Draft:
    """review.md of the period."""
    account = house.account(given["account"])
    period = house.period(account, given["period"])
    language, owner = house.language_of(account), house.owner_of(account)
    open_ = OPEN_WORD[language]
    people = [f"client:{person.id}" for person in account.stakeholders]
    planned = given["on"] if given["on"] in OPEN_WORD.values() else str(day("--on", given["on"]))
    words = fill(
        f"{language}/review.md",
        planned=planned,
        owner=owner,
        outcomes="\n".join(_outcomes(house, account, period, open_)),
        people=", ".join(people) or open_,
        speaker=people[0] if people else owner,
        kpi=period.plan.kpis[0].kpi if period.plan.kpis else house.kpis[0],
        step_due=str(period.plan.to + timedelta(days=42)),
        commitments_hint=_commitments(account, period, language),
    )
    file = File(below(account.id, period.id, "review.md"), Review, words)
    return Draft("review", (file,), {"account": account.id, "period": period.id})


def _due(house: House, account: Account) -> Period:
    """The first period that has begun and was not looked back on, else the last one."""
    begun = [p for p in account.periods if p.plan.from_ <= house.today and p.review is None]
    return begun[0] if begun else account.periods[-1]


def _outcomes(house: House, account: Account, period: Period, open_: str) -> Iterator[str]:
    if period.plan.kpis:
        yield "outcomes:"
    for result in results(house.portfolio, account, period):
        keys = ("highlight",) if result.status in WELL else ("cause", "lesson")
        yield "\n".join((f"  - kpi: {result.kpi}", *(f"    {key}: {open_}" for key in keys)))


def _commitments(account: Account, period: Period, language: str) -> str:
    before = account.before(period)
    empty = period.model_copy(update={"review": Review()})
    steps = [f"  - step: {step}\n    result: achieved" for step in unscored(account, empty)]
    if not steps or before is None:
        return ""
    return fill(f"{language}/commitments.md", before=before.id, steps="\n".join(steps)).strip()
