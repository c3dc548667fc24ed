"""All accounts together: status, what is due, revenue by industry, white space. Internal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.marks import house
from planwerk.compose.sections import goals, lately, white_space
from planwerk.compose.view import View, total, view_of
from planwerk.kpis.case import booked
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.workspace import say
from planwerk.words import Words


def views(portfolio: Portfolio, words: Words) -> tuple[View, ...]:
    """A view of every account in the portfolio's language."""
    return tuple(view_of(portfolio, account, words.language) for account in portfolio.accounts)


def _late(view: View) -> int:
    return sum(view.is_late(t) for t in view.period.tasks.tasks) if view.period else 0


def _revenue(portfolio: Portfolio, account: Account) -> Decimal:
    """Revenue of the last twelve months, in the workspace's currency."""
    today = portfolio.as_of
    begin = date(today.year - 1, today.month, min(today.day, 28))
    lines = booked(account, portfolio.workspace)
    return total(r.amount for r in lines if begin < r.date <= today)


def _rank(view: View) -> tuple[float, Decimal, str]:
    """Worst first, then by revenue."""
    on, count = goals.share_on_course(view.period, view) if view.period else (0, 0)
    share = on / count if count else 2.0
    return (share, -_revenue(view.portfolio, view.account), view.account.id)


def table(portfolio: Portfolio, words: Words) -> b.Table:
    """Every account with goals on course, late tasks, revenue, open potential, owner."""
    seen = sorted(views(portfolio, words), key=_rank)
    told = any(account.history for account in portfolio.accounts)
    heads = ("account", "industry", "goals", "late", "revenue", "potential", "renewal", "owner", *(("changed",) if told else ()))  # fmt: skip
    right = ("goals", "late", "revenue", "potential")
    columns = tuple(
        b.Column(words(f"portfolio.{h}"), "right" if h in right else "left", h == "account")
        for h in heads
    )
    rows = tuple(_row(view, told) for view in seen)
    return b.Table(columns, rows, words("portfolio.label"), note=words("portfolio.note"))


def _row(view: View, told: bool) -> b.Row:
    account, period = view.account, view.period
    industry = view.portfolio.industries.get(account.profile.industry)
    name = (say(industry.name, view.language)) if industry else ""
    link = (b.Run(view.client, link=f"#account:{account.id}"),)
    late = _late(view)
    revenue = _revenue(view.portfolio, account)
    potential = white_space.open_potential(account.whitespace)
    return (
        b.Row(
            (
                b.Cell(link, note=_reason(view)),
                b.Cell(b.text(name)),
                _goal_cell(view),
                b.Cell(status=b.Status("bad", str(late))) if late else b.Cell(b.text("0")),
                _amount(view, revenue, bool(account.revenue)),
                view.unknown() if potential is None else _amount(view, potential, True),
                b.Cell(b.text(view.day(account.profile.contract_until))),
                view.person_cell(account.profile.owner),
                *((lately.day_cell(view),) if told else ()),
            ),
            origin=f"{account.id}/account",
        )
        if period or account
        else b.Row(())
    )


def _goal_cell(view: View) -> b.Cell:
    if view.period is None or not view.period.plan.goals:
        return b.Cell(b.text("·"))
    on, count = goals.share_on_course(view.period, view)
    level: b.Level = "good" if on == count else "warn" if on * 2 >= count else "bad"
    return b.Cell(status=b.Status(level, view.say("portfolio.of", part=on, whole=count)))


def _reason(view: View) -> str:
    """Why the account stands where it does."""
    if view.period is None:
        return view.say("portfolio.no_plan")
    behind = [r for _, r in goals.ordered(view.period, view.period.plan.kpis) if r.status in ("missed", "at_risk")]  # fmt: skip
    return ", ".join(view.kpi_name(r.kpi) for r in behind[:2])


def _amount(view: View, value: Decimal, known: bool) -> b.Cell:
    if not known:
        return view.unknown()
    return b.Cell(b.text(formats.thousands(value, view.language)))


def cards(portfolio: Portfolio, words: Words) -> b.Cards:
    """The portfolio in five figures."""
    seen = views(portfolio, words)
    language, currency = words.language, portfolio.workspace.currency
    late = sum(_late(v) for v in seen)
    counts = [goals.share_on_course(v.period, v) for v in seen if v.period]
    on, whole = sum(c[0] for c in counts), sum(c[1] for c in counts)
    revenue = sum((_revenue(portfolio, v.account) for v in seen), Decimal(0))
    potential = _sum(white_space.open_potential(v.account.whitespace) for v in seen)
    thousand = words("unit.thousand", currency=currency)
    neutral = b.Status("neutral", words("portfolio.as_of_day"))
    chance = b.Status("chance", words("white_space.chance"))
    figures = [
        _card(words("portfolio.accounts"), str(len(seen)), "", neutral),
        _card(words("portfolio.goals"), f"{on}", words("portfolio.of_whole", whole=whole), b.Status("good" if on == whole else "warn", words("portfolio.on_course")))
        if whole else _unknown(words("portfolio.goals"), words("portfolio.no_plan"), words),
        _card(words("portfolio.late"), str(late), "", b.Status("bad" if late else "good", words("portfolio.overdue" if late else "portfolio.none_overdue"))),
        _card(words("portfolio.revenue_year"), formats.thousands(revenue, language), thousand, neutral),
        _card(words("portfolio.potential"), formats.thousands(potential, language), thousand, chance)
        if potential is not None else _unknown(words("portfolio.potential"), words("portfolio.no_potential"), words),
    ]  # fmt: skip
    return b.Cards(tuple(figures), words("portfolio.label"))


def _card(label: str, value: str, unit: str, status: b.Status) -> b.Card:
    return b.Card(label=label, value=value, unit=unit, status=status)


def _unknown(label: str, why: str, words: Words) -> b.Card:
    return b.Card(label=label, value=words("word.open"), unit="", status=b.Status("open", why), unknown=True)  # fmt: skip


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known, None if nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def due(portfolio: Portfolio, words: Words, limit: int = 8) -> b.DatedList:
    """What is late in all accounts, the longest first."""
    from planwerk.compose.sections.tasks import dated

    found = []
    for view in views(portfolio, words):
        for task in view.period.tasks.tasks if view.period else ():
            if view.is_late(task):
                one = dated(view, task)
                found.append((str(task.due), b.Dated(one.when, one.what, f"{one.who}, {view.client_short}".strip(", "), one.status)))  # fmt: skip
    found.sort(key=lambda pair: (pair[0], pair[1].what))
    return b.DatedList(tuple(d for _, d in found[:limit]), words("portfolio.due"), words("portfolio.nothing_due"))  # fmt: skip


def by_industry(portfolio: Portfolio, words: Words) -> b.Table:
    """Revenue and white space by industry: sums, with the number of accounts behind them."""
    groups: dict[str, list[Account]] = defaultdict(list)
    for account in portfolio.accounts:
        groups[account.profile.industry].append(account)
    sums = {
        industry: total(_revenue(portfolio, account) for account in accounts)
        for industry, accounts in groups.items()
    }
    language = words.language
    rows = []
    for industry, revenue in sorted(sums.items(), key=lambda kv: -kv[1]):
        potential = _sum(white_space.open_potential(a.whitespace) for a in groups[industry])
        named = portfolio.industries.get(industry)
        name = (say(named.name, language)) if named else industry
        rows.append(
            b.Row(
                (
                    b.Cell(b.text(name)),
                    b.Cell(b.text(str(len(groups[industry])))),
                    b.Cell(b.text(formats.thousands(revenue, language))),
                    b.Cell(b.text(words("word.open")), unknown=True)
                    if potential is None
                    else b.Cell(b.text(formats.thousands(potential, language))),
                )
            )
        )
    heads = ("industry", "accounts", "revenue", "potential")
    columns = tuple(b.Column(words(f"portfolio.{h}"), "left" if h == "industry" else "right") for h in heads)  # fmt: skip
    return b.Table(
        columns, tuple(rows), words("portfolio.by_industry"), note=words("portfolio.note")
    )


def _lately(portfolio: Portfolio, words: Words) -> tuple[b.Section, ...]:
    """What changed in the last days, over all accounts."""
    found = lately.table(views(portfolio, words))
    return (b.Section(found.label, (found,), words("lately.how", count=lately.DAYS.days)),) if found else ()  # fmt: skip


def headline(portfolio: Portfolio, words: Words) -> str:
    """The finding: what is late, or that nothing is planned yet."""
    seen = views(portfolio, words)
    if not any(view.period for view in seen):
        return words("portfolio.headline_no_plan", count=len(seen))
    late = sum(_late(view) for view in seen)
    return words("portfolio.headline_late" if late else "portfolio.headline", count=late)


def pages(portfolio: Portfolio, words: Words) -> tuple[b.Page, ...]:
    """The portfolio's first page and the page by industry."""
    title = headline(portfolio, words)
    us = house(portfolio, words)
    first = b.Page(
        "index",
        words("page.portfolio"),
        title,
        (
            cards(portfolio, words),
            b.Section(words("portfolio.due"), (due(portfolio, words),)),
            b.Section(
                words("portfolio.label"), (table(portfolio, words),), words("portfolio.order")
            ),
            *_lately(portfolio, words),
        ),
        eyebrow=((us, ""),),
    )
    second = b.Page(
        "industries",
        words("page.industries"),
        words(
            "portfolio.by_industry_title",
            count=len({a.profile.industry for a in portfolio.accounts}),
        ),
        (b.Section(words("portfolio.by_industry"), (by_industry(portfolio, words),)),),
        eyebrow=((us, ""),),
    )
    return (first, second)
