"""Contracts that end: the last day to give notice, what depends on it, how healthy the account is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from planwerk import blocks as b
from planwerk.compose.sections.portfolio import figures, healthy, values
from planwerk.compose.sections.portfolio.overall import LONG, Overall
from planwerk.kpis import kpi_of
from planwerk.loop.finding import Found, by_day
from planwerk.loop.space import NOTICE, ends_of


def page(overall: Overall) -> b.Page:
    """What has to be decided soon, what ends later, and of whom no end is known."""
    found = by_day(f for account in overall.portfolio.accounts for f in ends_of(account, overall.today))  # fmt: skip
    near = [f for f in found if soon(f)]
    later = [f for f in found if not soon(f)]
    blocks: list[b.Block] = []
    label = overall.say("renewals.near", days=NOTICE)
    shown = (_table(overall, label, near),) if near else overall.empty(overall.say("renewals.none", days=NOTICE))  # fmt: skip
    blocks.append(b.Section(label, shown, overall.say("renewals.how"), anchor="near"))
    if later:
        label = overall.say("renewals.later")
        blocks.append(b.Section(label, (_table(overall, label, later),), anchor="later"))
    told = {f.account for f in found}
    without = [view.account.id for view in overall.views if view.account.id not in told]
    if without:
        words = values.named(overall, without)
        blocks.append(b.Section(overall.say("renewals.unknown"), (b.Paragraph(b.text(words)),), overall.say("renewals.unknown_how"), quiet=True, anchor="unknown"))  # fmt: skip
    return overall.page("renewals", title(overall, near, found), blocks, "accounts")


def soon(found: Found) -> bool:
    """Whether the last day to give notice is near, or past."""
    return found.late is not None and -found.late <= NOTICE


def title(overall: Overall, near: Sequence[Found], found: Sequence[Found]) -> str:
    """How many contracts have to be decided on, and the next last day."""
    if not near:
        return overall.say("renewals.title_none" if found else "renewals.title_unknown", days=NOTICE)  # fmt: skip
    ahead = [f for f in near if f.late is not None and f.late <= 0]
    first = overall.say("renewals.title", count=len(near), days=NOTICE)
    if not ahead:
        return first
    return first + overall.say("renewals.title_next", day=overall.day(ahead[0].day), name=overall.view[ahead[0].account].client_short)  # fmt: skip


def end(found: Found) -> date:
    """The day on which the contract ends."""
    return date.fromisoformat(found.note)


def _table(overall: Overall, label: str, found: Sequence[Found]) -> b.Table:
    revenue = _revenue(overall)
    rows = [
        b.Row((
            overall.account_cell(one.account),
            b.Cell(b.text(overall.day(end(one)))),
            b.Cell(b.text(overall.day(one.day))),
            b.Cell(status=notice(overall, one)),
            healthy.level_cell(overall, overall.healths[one.account]),
            revenue[one.account],
            overall.whose_cell(one),
        ))
        for one in found[:LONG]
    ]  # fmt: skip
    heads = ("account", "contract_end", "notice_by", "notice", "health", "revenue_year", "owner")
    return overall.table(label, heads, rows, right=("revenue_year",), note=overall.rest(LONG, len(found)))  # fmt: skip


def notice(overall: Overall, found: Found) -> b.Status:
    """How far the last day to give notice is, or since when it is past."""
    if found.late is not None and found.late > 0:
        return b.Status("neutral", overall.say("renewals.past", count=found.late))
    light, words = overall.phrases.when(found)
    near = found.late is not None and -found.late <= 30
    return b.Status("bad" if light == "bad" else "warn" if near else "plan", words)


def _revenue(overall: Overall) -> dict[str, b.Cell]:
    """What depends on each contract: the revenue of the last twelve months."""
    kpi = kpi_of(overall.portfolio.workspace, "revenue")
    if kpi is None:
        return {view.account.id: overall.unknown() for view in overall.views}
    groups = overall.rollup.by("revenue", "client", figures.year(overall))
    return {group.key: values.cell(overall, kpi, group) for group in groups}


def at_stake(overall: Overall, found: Sequence[Found]) -> Decimal | None:
    """The revenue of twelve months of those accounts, as far as it is known."""
    if kpi_of(overall.portfolio.workspace, "revenue") is None:
        return None
    names = {one.account for one in found}
    groups = overall.rollup.by("revenue", "client", figures.year(overall))
    known = [g.counted.value for g in groups if g.key in names and g.counted.value is not None]
    return sum(known, Decimal(0)) if known else None
