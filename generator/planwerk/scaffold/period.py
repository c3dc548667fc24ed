"""A new period: plan.md, with what the last one left behind, and tasks.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from planwerk.loop.carry import left_behind
from planwerk.measure import results
from planwerk.model.pictured import MEETINGS
from planwerk.model.plan import Plan, TaskFile
from planwerk.model.portfolio import Account, Period
from planwerk.model.types import suggest_id
from planwerk.problems import refuse
from planwerk.scaffold.days import Span, around, following, name, named
from planwerk.scaffold.draft import Ask, Draft, File, Given
from planwerk.scaffold.house import OPEN_WORD, House, below, day
from planwerk.scaffold.template import fill, key


def asks(house: House, given: Given) -> tuple[Ask, ...]:
    """Its first and last day: as long as the last period and straight after it."""
    proposed = _proposed(house, house.account(given["account"]), given)
    return (Ask("from", default=str(proposed.start)), Ask("to", default=str(proposed.end)))


def draft(house: House, given: Given) -> Draft:
    """plan.md and tasks.md of the period."""
    account = house.account(given["account"])
    span = Span(day("--from", given["from"]), day("--to", given["to"]))
    if span.end <= span.start:
        raise refuse("new-ends-before", "plans", start=str(span.start), end=str(span.end))
    before = _before(account, span)
    period = suggest_id(given["period"]) if "period" in given else name(span)
    if period == MEETINGS:
        raise refuse("new-exists", str(below(account.id, MEETINGS)), found=period)
    language, owner = house.language_of(account), house.owner_of(account)
    kpis = house.kpis
    plan = fill(
        f"{language}/plan.md",
        start=str(span.start),
        end=str(span.end),
        predecessor=key("predecessor", before.id if before else ""),
        rationale=key("rationale", OPEN_WORD[language] if before else ""),
        carried="\n".join(_carried(house, account, before, OPEN_WORD[language])),
        carried_hint=_hint(before, language),
        kpis=", ".join(kpis),
        kpi=kpis[0],
        owner=owner,
    )
    tasks = fill(
        f"{language}/tasks.md",
        start=str(span.start),
        first_due=str(min(span.start + timedelta(days=28), span.end)),
        middle=str(span.start + (span.end - span.start) / 2),
        owner=owner,
        team=", ".join(house.team),
    )
    files = (
        File(below(account.id, period, "plan.md"), Plan, plan),
        File(below(account.id, period, "tasks.md"), TaskFile, tasks),
    )
    return Draft("period", files, {"account": account.id, "period": period})


def _proposed(house: House, account: Account, given: Given) -> Span:
    start = day("--from", given["from"]) if "from" in given else None
    if (found := named(given.get("period", ""))) and start in (None, found.start):
        return found
    if not account.periods:
        return following(around(house.today), start) if start else around(house.today)
    last = max(account.periods, key=lambda period: period.plan.to).plan
    return following(Span(last.from_, last.to), start)


def _before(account: Account, span: Span) -> Period | None:
    """The period before; refuses (exit code 2) days that another period already has."""
    for period in account.periods:
        if period.plan.from_ <= span.end and span.start <= period.plan.to:
            taken = Span(period.plan.from_, period.plan.to)
            free, (start, end) = str(following(taken).start), map(str, taken)
            raise refuse("new-overlaps", "plans", found=period.id, start=start, end=end, next=free)
    earlier = [p for p in account.periods if p.plan.to < span.start]
    return max(earlier, key=lambda period: period.plan.to, default=None)


def _carried(house: House, account: Account, before: Period | None, open_: str) -> Iterator[str]:
    if before is None:
        return
    left = [*left_behind(before, results(house.portfolio, account, before))]
    if left:
        yield "carried:"
    for one in left:
        yield f"  - from: {before.id}/{one.name}\n    decision: {open_}\n    reason: {open_}"


def _hint(before: Period | None, language: str) -> str:
    if before is None:
        return ""
    return fill(f"{language}/carried.md", before=before.id).strip()
