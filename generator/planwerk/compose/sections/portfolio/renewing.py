"""Contracts that end: the last day to give notice, what depends on it, how healthy the account is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.portfolio import figures, healthy, values
from planwerk.compose.sections.portfolio.overall import LONG, Overall
from planwerk.kpis import kpi_of
from planwerk.loop.finding import Found
from planwerk.loop.space import NOTICE

NEXT = 6
"""How many of the next decisions stand beside the picture."""
AHEAD = 12
"""How many months the picture shows."""


def page(overall: Overall) -> b.Page:
    """What depends on which month, what has to be decided next, all contracts, and of whom no end
    is known."""
    found = overall.ends
    near = [f for f in found if soon(f)]
    label, how = overall.say("renewals.near", days=NOTICE), overall.say("renewals.how")
    next_ = b.Section(label, (_next(overall, near),), anchor="near")
    chart = tuple(_chart(overall, found))
    right = (next_, *_without_end(overall, {f.account for f in found}))
    blocks: list[b.Block] = [b.Beside((chart, right), (2, 1))] if chart else [*right]
    if found:
        label = overall.say("renewals.all")
        blocks.append(b.Section(label, (_table(overall, label, found),), how, anchor="all"))
    return overall.page("renewals", title(overall, near, found), blocks, "accounts")


def _without_end(overall: Overall, told: Collection[str]) -> Iterator[b.Block]:
    """The accounts whose contract has no known end ahead, by name."""
    without = [view.account.id for view in overall.views if view.account.id not in told]
    if without:
        words = b.Paragraph(b.text(values.named(overall, without)))
        yield b.Section(overall.say("renewals.unknown"), (words,), overall.say("renewals.unknown_how"), quiet=True, anchor="unknown")  # fmt: skip


def _next(overall: Overall, near: Sequence[Found]) -> b.DatedList:
    """The last days to give notice that come next."""
    items = [
        b.Dated(overall.day(one.day), overall.view[one.account].client_short, overall.phrases.whose(one), notice(overall, one), link=f"#account:{one.account}")
        for one in near[:NEXT]
    ]  # fmt: skip
    return b.DatedList(tuple(items), overall.say("renewals.near", days=NOTICE), overall.say("renewals.none", days=NOTICE))  # fmt: skip


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
            overall.day_cell(end(one)),
            overall.day_cell(one.day),
            b.Cell(status=notice(overall, one), value=None if one.late is None else -one.late),
            healthy.level_cell(overall, overall.healths[one.account]),
            revenue[one.account],
            overall.whose_cell(one),
        ), sources=overall.sources(one))
        for one in found[:LONG]
    ]  # fmt: skip
    heads = ("account", "contract_end", "notice_by", "notice", "health", "revenue_year", "owner")
    return overall.table(label, heads, rows, right=("revenue_year",), note=overall.rest(LONG, len(found)), tools="renewals")  # fmt: skip


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


def _chart(overall: Overall, found: Sequence[Found]) -> Iterator[b.Block]:
    """The revenue of twelve months by the month in which its contract ends, for a year ahead."""
    first = overall.today.year * 12 + overall.today.month - 1
    months = [date(at // 12, at % 12 + 1, 1) for at in range(first, first + AHEAD)]
    near = [one for one in found if end(one) < date((first + AHEAD) // 12, (first + AHEAD) % 12 + 1, 1)]  # fmt: skip
    whole = at_stake(overall, near)
    if not whole:
        return
    sums = [at_stake(overall, [f for f in near if _month(f) == month]) for month in months]
    risky = {standing.account for standing in overall.standings if standing.light == "bad"}
    threatened = at_stake(overall, [f for f in near if f.account in risky])
    told = {"amount": _thousands(overall, whole), "last": formats.month_year(_month(max(near, key=end)), overall.language)}  # fmt: skip
    title = overall.say("renewals.chart", count=len(near), **told)
    if threatened:
        key = "chart_all_risky" if threatened == whole else "chart_risky"
        title += overall.say(f"renewals.{key}", risky=_thousands(overall, threatened))
    known = sum(at_stake(overall, [one]) is not None for one in near)
    how = overall.say("renewals.chart_how", unit=overall.thousand)
    if known < len(near):  # the sum of what is known is no whole
        how += overall.say("renewals.chart_without", count=len(near) - known)
    yield b.Chart(
        "columns", title, how,
        tuple(formats.month(month, overall.language) for month in months),
        (b.Series(overall.kpi_name("revenue"), tuple(float((value or 0) / 1000) for value in sums)),),
        overall.say("renewals.chart_about", **told), unit=overall.thousand, source=overall.of_kpis("log.revenue"),
    )  # fmt: skip


def _thousands(overall: Overall, amount: Decimal) -> str:
    return f"{formats.thousands(amount, overall.language)}{formats.NBSP}{overall.thousand}"


def _month(found: Found) -> date:
    return end(found).replace(day=1)


def at_stake(overall: Overall, found: Sequence[Found]) -> Decimal | None:
    """The revenue of twelve months of those accounts, as far as it is known."""
    if kpi_of(overall.portfolio.workspace, "revenue") is None:
        return None
    names = {one.account for one in found}
    groups = overall.rollup.by("revenue", "client", figures.year(overall))
    known = [g.counted.value for g in groups if g.key in names and g.counted.value is not None]
    return sum(known, Decimal(0)) if known else None
