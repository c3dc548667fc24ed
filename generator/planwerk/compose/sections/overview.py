"""The first page: what was agreed, who does what, how far we are; for us also what is at risk."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections import ahead, goals, reviews, since, tasks, unknowns, white_space
from planwerk.compose.view import View, side_of, total
from planwerk.kpis.case import booked
from planwerk.model.portfolio import Period
from planwerk.model.workspace import say

KINDS = ("recurring", "renewal", "new", "upsell", "cross_sell", "open")
"""Kinds of revenue from the bottom of the stack to its top."""


def page(view: View, downloads: tuple[b.Link, ...]) -> b.Page:
    """The overview in the reader's edition."""
    return _internal(view, downloads) if view.internal else _client(view, downloads)


# --- for the client --------------------------------------------------------------------------


def _client(view: View, downloads: tuple[b.Link, ...]) -> b.Page:
    period = view.period
    blocks: list[b.Block] = []
    if period:
        blocks.append(ribbon(view, period))
        if period.plan.goals:
            blocks.append(b.Section(view.say("goals.agreed"), (goals.table(view, period),)))
        blocks += _who_does_what(view)
    blocks += since.section(view, limit=6, each=2)
    main: list[b.Block] = []
    if period and (chart := main_chart(view, period)):
        main.append(chart)
    side = _aside(view, downloads)
    if main:
        blocks.append(b.Beside((tuple(main), side), (2, 1)))
    else:
        blocks += side
    eyebrow = [(view.say("overview.joint_plan"), "")]
    if period:
        eyebrow.append((view.period_name(), ""))
        if isinstance(period.plan.agreed_on, date):
            eyebrow.append((view.say("overview.agreed_on", day=view.long_day(period.plan.agreed_on)), ""))  # fmt: skip
    return b.Page(
        "index", view.say("page.overview"), headline(view), tuple(blocks), eyebrow=tuple(eyebrow)
    )


def headline(view: View) -> str:
    """The finding: goals on course, and what we need from the reader."""
    period = view.period
    if period is None:
        return view.say("overview.no_plan", client=view.client)
    base = goals.headline(view, period) if period.plan.goals else view.say("overview.plan_of", client=view.client)  # fmt: skip
    if view.internal:
        return base
    wanted = [
        d
        for d in period.tasks.decisions
        if side_of(d.decided_by) == "client" and not isinstance(d.decided_on, date)
    ]
    if not wanted:
        return base
    return view.say("overview.with_decisions", base=base, count=len(wanted), number=view.in_words(len(wanted)))  # fmt: skip


def ribbon(view: View, period: Period) -> b.Ribbon:
    """The period as a line with its agreed dates."""
    plan = period.plan
    events: list[b.Event] = []
    if isinstance(plan.agreed_on, date):
        events.append(_event(view, plan.agreed_on, "overview.plan_agreed"))
    if period.review and isinstance(period.review.planned_for, date):
        key = "review.held" if reviews.held(period, view.today) else "review.debrief"
        events.append(_event(view, period.review.planned_for, key, "chance"))
    events += [
        b.Event(
            m.on,
            m.title,
            view.day(m.on),
            "done" if m.on <= view.today else "chance",
            view.source(m),
        )
        for m in period.tasks.milestones
        if isinstance(m.on, date) and plan.from_ <= m.on
    ]
    events.sort(key=lambda event: (event.day, event.label))
    listed = ", ".join(f"{event.label} {event.when}" for event in events)
    passed, whole = (view.today - plan.from_).days + 1, (plan.to - plan.from_).days + 1
    words = view.say("overview.ribbon", day=max(0, min(passed, whole)), days=whole, events=listed)
    today = view.say("word.today_is", day=formats.short_day(view.today, view.language))
    return b.Ribbon(
        plan.from_,
        plan.to,
        view.today,
        tuple(events),
        tasks.months(view, plan.from_, plan.to),
        words,
        today,
    )


def _event(view: View, day: date, key: str, ahead: b.Level = "plan") -> b.Event:
    return b.Event(day, view.say(key), view.day(day), "done" if day <= view.today else ahead)


def _who_does_what(view: View) -> tuple[b.Block, ...]:
    if view.period is None or not view.period.tasks.tasks:
        return ()
    who = tasks.by_side(view, undone=True, limit=2)
    questions = tasks.decisions(view)
    asked = [
        d
        for d in view.period.tasks.decisions
        if not isinstance(d.decided_on, date) and side_of(d.decided_by) == "client"
    ]
    if not questions or not asked:
        return (b.Section(who.label, (who,)),)
    first = sorted(asked, key=lambda d: str(d.due))[0]
    call = b.Callout(
        "bad" if isinstance(first.due, date) and first.due < view.today else "warn",
        first.question,
        view.text(first.consequence) or view.text(first.recommendation),
        ", ".join(
            part
            for part in (
                view.name(first.decided_by),
                view.say("word.by_day", day=view.long_day(first.due)) if first.due else "",
            )
            if part
        ),
        view.origin("decisions", first.id, "question"),
    )
    ask = b.Section(view.say("overview.your_decision"), (call,), quiet=True)
    return (b.Beside(((ask,), (who,)), (1, len(who.columns))),)


def main_chart(view: View, period: Period) -> b.Chart | None:
    """The trend that deserves the reader's eye: of the KPI furthest behind, else the first."""
    drawn = [r for _, r in goals.ordered(period, period.plan.kpis) if len(r.series) > 2]
    return goals.chart(view, drawn[0]) if drawn else None


def _aside(view: View, downloads: tuple[b.Link, ...]) -> tuple[b.Block, ...]:
    out: list[b.Block] = []
    if dates := ahead.next_dates(view):
        out.append(b.Section(view.say("overview.next"), (dates,)))
    reviewed = reviews.latest(view)
    said = reviews.quotes(view.at(reviewed), ("praise",)) if reviewed else None
    if said:
        best = b.Quotes(said.items[:1], said.label)
        out.append(b.Section(view.say("overview.went_well"), (best,), quiet=True))
    if downloads:
        label = view.say("overview.downloads")
        out.append(b.Section(label, (b.Links(downloads, label),), quiet=True))
    return tuple(out)


# --- for us ----------------------------------------------------------------------------------


def _internal(view: View, downloads: tuple[b.Link, ...]) -> b.Page:
    period, profile = view.period, view.profile
    blocks: list[b.Block] = []
    if period and period.results:
        blocks.append(goals.cards(view, period, 5))
    urgent = b.Section(view.say("overview.important"), (important(view),))
    if chart := revenue_chart(view):
        blocks.append(b.Beside(((chart,), (urgent,)), (2, 1)))
    else:
        blocks.append(urgent)
    blocks += since.section(view, limit=6, each=2)
    parts: list[tuple[b.Block, ...]] = []
    if dates := ahead.next_dates(view):
        parts.append((b.Section(view.say("overview.next"), (dates,), quiet=True),))
    label = view.say("unknowns.label")
    parts.append((b.Section(label, (unknowns.listing(view, 5),), quiet=True),))
    if split := white_space.shares(view):
        unit = view.say("white_space.unit", currency=view.portfolio.workspace.currency)
        parts.append((b.Section(view.say("page.white_space"), (split,), unit, quiet=True),))
    if downloads:
        label = view.say("overview.downloads")
        parts.append((b.Section(label, (b.Links(downloads, label),), quiet=True),))
    blocks.append(b.Beside(tuple(parts), (1,) * len(parts)))
    title = f"{view.client}: {headline(view)}" if period else headline(view)
    return b.Page(
        "index",
        view.say("page.overview"),
        title,
        tuple(blocks),
        eyebrow=_eyebrow(view),
        aside=_renewal(view) if isinstance(profile.contract_until, date) else None,
    )


def _eyebrow(view: View) -> tuple[tuple[str, str], ...]:
    profile = view.profile
    out = []
    if industry := view.portfolio.industries.get(profile.industry):
        out.append(say(industry.name, view.language))
    tiers = {tier.id: tier for tier in view.portfolio.workspace.tiers}
    if isinstance(profile.tier, str) and profile.tier in tiers:
        name = say(tiers[profile.tier].name, view.language)
        out.append(
            view.say("profile.tier_is", tier=name.removeprefix("Stufe ").removeprefix("Tier "))
        )
    if isinstance(profile.customer_since, date):
        out.append(view.say("profile.since", day=formats.month(profile.customer_since, view.language, full=True) + f" {profile.customer_since.year}"))  # fmt: skip
    out.append(view.name(profile.owner) or view.open)
    return tuple((words, "") for words in out)


def _renewal(view: View) -> tuple[str, str, str]:
    until = view.profile.contract_until
    assert isinstance(until, date)
    days = (until - view.today).days
    note = view.say("overview.in_days", count=days) if days >= 0 else view.say("overview.days_ago", count=-days)  # fmt: skip
    return (view.say("overview.renewal"), view.long_day(until), note)


def important(view: View, limit: int = 6) -> b.DatedList:
    """What is late, and what is due in the next two weeks, of all sides."""
    horizon = view.today + timedelta(days=14)
    all_ = view.period.tasks.tasks if view.period else ()
    chosen = [
        t
        for t in sorted(all_, key=lambda t: str(t.due))
        if isinstance(t.due, date) and t.due <= horizon and not isinstance(t.done_on, date)
    ]
    items = tuple(tasks.dated(view, t) for t in chosen[:limit])
    return b.DatedList(items, view.say("overview.important"), view.say("overview.nothing_urgent"))


def revenue_chart(view: View) -> b.Chart | None:
    """Revenue by quarter and kind, the newest eight quarters, in thousands."""
    lines = [r for r in booked(view.account, view.portfolio.workspace) if r.date <= view.today]
    if not lines:
        return None
    quarters = sorted({(r.date.year, (r.date.month - 1) // 3) for r in lines})[-8:]
    kinds = [k for k in KINDS if any(_kind(r.kind) == k for r in lines)]
    series = tuple(
        b.Series(
            view.say(f"revenue.{kind}"),
            tuple(
                _thousands(
                    total(
                        r.amount
                        for r in lines
                        if _kind(r.kind) == kind and (r.date.year, (r.date.month - 1) // 3) == q
                    )
                )
                for q in quarters
            ),
            "actual" if kind == kinds[0] else "other",
        )
        for kind in kinds
    )
    sums = [sum(s.values[i] or 0 for s in series) for i in range(len(quarters))]
    names = tuple(formats.quarter(date(year, q * 3 + 1, 1)) for year, q in quarters)
    last = formats.number(Decimal(str(sums[-1])), view.language)
    currency = view.portfolio.workspace.currency
    unit = view.say("unit.thousand", currency=currency)
    facts = {"amount": last, "currency": currency, "unit": unit}
    return b.Chart(
        "stacked",
        view.say("revenue.finding", quarter=names[-1], **facts),
        view.say("revenue.subtitle", unit=unit),
        names,
        series,
        view.say("revenue.description", first=names[0], last=names[-1], **facts),
        unit=unit,
        source=view.say("kpi.revenue_log"),
        files=view.files(("revenue",)),
    )


def _kind(kind: str) -> str:
    return {"contraction": "recurring", "churn": "recurring", "offen": "open"}.get(kind, kind)


def _thousands(value: Decimal) -> float:
    return float(value / 1000)


def summary(view: View) -> b.Chapter:
    """The internal plan's first chapter: message, key figures, what counts now."""
    period = view.period
    blocks: list[b.Block] = []
    lead = headline(view) + "."
    if period and period.results:
        lead = goals.lead(view, period)
        blocks.append(goals.cards(view, period, 3))
        if chart := main_chart(view, period):
            blocks.append(chart)
    elif chart := revenue_chart(view):
        blocks.append(chart)
    blocks.append(b.Section(view.say("overview.important"), (important(view),)))
    return b.Chapter(view.say("overview.summary"), lead, tuple(blocks))
