"""KPIs of the running plans that are not where they should be, and why."""

from __future__ import annotations

from dataclasses import dataclass

from planwerk import blocks as b
from planwerk.compose.sections import goals
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.compose.view import View
from planwerk.model.measured import Measured
from planwerk.model.plan import Outcome, PlanKpi
from planwerk.model.portfolio import Period
from planwerk.model.types import OPEN, Unknown

BEHIND = ("missed", "at_risk", "close_missed", "close")
LONG = 200


@dataclass(frozen=True, slots=True)
class Behind:
    """A KPI of an account's current plan that is not on course."""

    view: View
    period: Period
    planned: PlanKpi
    result: Measured


def behind(overall: Overall) -> list[Behind]:
    """All of them: missed ones first, account by account in order of how they stand."""
    rank = {standing.account: number for number, standing in enumerate(overall.standings)}
    found = [
        Behind(view, view.period, planned, result)
        for view in overall.views
        if view.period
        for planned, result in goals.ordered(view.period, view.period.plan.kpis)
        if result.status in BEHIND
    ]
    return sorted(found, key=lambda one: (BEHIND.index(one.result.status), rank[one.view.account.id]))  # fmt: skip


def page(overall: Overall) -> b.Page:
    """One row a KPI: actual and target, who answers for it, the cause that is known."""
    found = behind(overall)
    blocks: tuple[b.Block, ...] = overall.empty(overall.say("behind.none"))
    if found:
        rows = [_row(overall, one) for one in found[:LONG]]
        heads = ("kpi", "account", "status", "actual", "target", "owner", "why")
        table = overall.table(overall.say("behind.label"), heads, rows, wide=("kpi", "why"), right=("actual", "target"), note=overall.rest(LONG, len(found)), tools="behind")  # fmt: skip
        blocks = (b.Section(overall.say("behind.label"), (table,), overall.say("behind.how")),)
    return overall.page("behind", title(overall, found), blocks, "accounts")


def title(overall: Overall, found: list[Behind]) -> str:
    """How many KPIs are at risk or missed, at how many accounts."""
    if not any(view.period and view.period.results for view in overall.views):
        return overall.say("behind.no_plan")
    bad = [one for one in found if one.result.status in ("missed", "at_risk")]
    if not bad:
        return overall.say("behind.title_close" if found else "behind.none", count=len(found))
    accounts = len({one.view.account.id for one in bad})
    return overall.say("behind.title", count=len(bad)) + overall.say("behind.at", count=accounts)


def _row(overall: Overall, one: Behind) -> b.Row:
    view, result = one.view, one.result
    who = one.planned.owner if one.planned.owner not in (None, OPEN) else view.profile.owner
    actual = b.Cell(b.text(view.value(result.actual, result)), note=view.day(result.actual_on), strong=True)  # fmt: skip
    return b.Row((
        b.Cell(b.text(view.kpi_name(result.kpi)), note=view.at(one.period).period_name()),
        overall.account_cell(view.account.id, "goals" if one.period.plan.goals else ""),
        b.Cell(status=view.status(result)),
        actual,
        b.Cell(b.text(view.value(result.target, result))),
        view.person_cell(who),
        _why(overall, one),
    ), sources=view.sources(one.planned))  # fmt: skip


def _why(overall: Overall, one: Behind) -> b.Cell:
    """The cause that a review names, of this plan or else of the one before; late tasks below."""
    late = _late(overall, one)
    if words := _cause(one.period, one.result.kpi):
        return b.Cell(b.text(words), note=late)
    before = one.view.account.before(one.period)
    if before and (words := _cause(before, one.result.kpi)):
        name = one.view.at(before).period_name()
        return b.Cell(b.text(overall.say("behind.before", period=name, cause=words)), note=late)
    return overall.unknown(late) if not late else b.Cell(b.text(late), note=overall.say("behind.no_cause"))  # fmt: skip


def _cause(period: Period, kpi: str) -> str:
    outcomes: tuple[Outcome, ...] = period.review.outcomes if period.review else ()
    found = next((o.cause for o in outcomes if o.kpi == kpi), "")
    return "" if isinstance(found, Unknown) else " ".join(found.split())


def _late(overall: Overall, one: Behind) -> str:
    """How many tasks of the KPI's goals are late."""
    wanted = {goal.id for goal in one.period.plan.goals if one.result.kpi in goal.kpis}
    tasks = one.period.tasks.tasks
    count = sum(task.goal in wanted and one.view.is_late(task) for task in tasks)
    return overall.say("behind.late", count=count) if count else ""
