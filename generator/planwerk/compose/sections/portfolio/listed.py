"""All accounts in one table: how each stands, what is late, what it brings, who owns it."""

from __future__ import annotations

from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections import lately
from planwerk.compose.sections.portfolio import figures, healthy, matrices, renewing
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.kpis import kpi_of
from planwerk.loop.space import ends_of
from planwerk.loop.standing import Standing
from planwerk.model.types import Unknown
from planwerk.model.workspace import say

LIGHTS: dict[str, b.Level] = {"bad": "bad", "warn": "warn", "open": "open", "good": "good"}


def page(overall: Overall) -> b.Page:
    """Every account, to be filtered and sorted."""
    if not overall.count:
        return overall.page("accounts", overall.say("first.title_none"), overall.empty(overall.say("first.none")), "accounts")  # fmt: skip
    blocks = (b.Section(overall.say("first.accounts"), (table(overall, overall.count, "accounts"),), overall.say("first.order"), anchor="accounts"),)  # fmt: skip
    return overall.page("accounts", overall.say("first.title_all", count=overall.count), blocks, "accounts")  # fmt: skip


def table(overall: Overall, limit: int, tools: str = "") -> b.Table:
    """The accounts, the worst first: how they stand, what is late, revenue, what is left, renewal."""
    told = any(view.account.history for view in overall.views)
    heads = ("account", "standing", "health", "industry", "tier", "kpis", "late", "revenue_year", "potential", "contract_end", "owner", *(("changed",) if told else ()))  # fmt: skip
    revenue = _revenue(overall)
    late: dict[str, int] = {}
    for found in overall.late:
        late[found.account] = late.get(found.account, 0) + 1
    rank = sorted(overall.standings, key=lambda s: (list(LIGHTS).index(s.light), -s.bad, -late.get(s.account, 0), -(revenue.get(s.account) or 0), s.account))  # fmt: skip
    rows = [
        _kept(overall, s, late.get(s.account, 0), revenue.get(s.account), told)
        for s in rank[:limit]
    ]
    right = ("kpis", "late", "revenue_year", "potential")
    return overall.table(overall.say("first.accounts"), heads, rows, right=right, note=_more(overall, limit), tools=tools)  # fmt: skip


def _more(overall: Overall, limit: int) -> str:
    rest = "" if overall.count <= limit else overall.say("first.rest", shown=limit, whole=overall.number(overall.count))  # fmt: skip
    currency = overall.portfolio.workspace.currency
    return " ".join(part for part in (overall.say("first.note", currency=currency), rest) if part)


def _kept(
    overall: Overall, standing: Standing, late: int, amount: Decimal | None, told: bool
) -> b.Row:
    """The row of an account, which stays while what it says does."""
    account = standing.account
    of = (standing, late, amount, told, overall.healths[account], overall.spaces[account], overall.view[account])  # fmt: skip
    return overall.kept("row", account, of, lambda: _row(overall, standing, late, amount, told))


def _row(
    overall: Overall, standing: Standing, late: int, amount: Decimal | None, told: bool
) -> b.Row:
    view = overall.view[standing.account]
    lagging = ", ".join(overall.kpi_name(kpi) for kpi in standing.lagging[:2])
    note = lagging or ("" if view.period else overall.say("first.no_plan"))
    industry = overall.portfolio.industries.get(view.profile.industry)
    movement = overall.spaces[standing.account]
    judged = standing.good + standing.close + standing.bad + standing.unmeasured
    ends = next(ends_of(view.account, overall.today), None)
    return b.Row(
        (
            overall.account_cell(standing.account, note=note),
            b.Cell(status=b.Status(LIGHTS[standing.light], overall.words(f"loop.light.{standing.light}"))),
            healthy.level_cell(overall, overall.healths[standing.account]),
            b.Cell(b.text(say(industry.name, overall.language) if industry else "")),
            _tier(overall, view.profile.tier),
            b.Cell(b.text(overall.say("first.of", part=standing.good, whole=judged)), value=standing.good / judged) if judged else b.Cell(b.text("·")),
            overall.count_cell(late),
            _amount(overall, amount),
            b.Cell(b.text("·")) if movement.potential is None and not movement.left and view.account.whitespace else _amount(overall, movement.potential),
            overall.day_cell(renewing.end(ends)) if ends else overall.unknown(),
            view.person_cell(view.profile.owner),
            *((lately.day_cell(view),) if told else ()),
        ),
        origin=f"{standing.account}/account",
    )  # fmt: skip


def _revenue(overall: Overall) -> dict[str, Decimal | None]:
    if kpi_of(overall.portfolio.workspace, "revenue") is None:
        return {}
    groups = overall.rollup.by("revenue", "client", figures.year(overall))
    return {group.key: group.counted.value for group in groups}


def _tier(overall: Overall, tier: str | Unknown) -> b.Cell:
    """How much an account matters to us, as the house's tiers say."""
    if isinstance(tier, Unknown):
        return overall.unknown()
    return b.Cell(b.text(matrices.name_of(overall, "tier", tier) if tier else "·"))


def _amount(overall: Overall, amount: Decimal | None) -> b.Cell:
    """An amount in thousands."""
    if amount is None:
        return overall.unknown()
    return b.Cell(b.text(formats.thousands(amount, overall.language)), value=float(amount))
