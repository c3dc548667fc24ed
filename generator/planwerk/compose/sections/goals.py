"""Goals and KPIs: what was agreed, how far we are, how each number came about."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections import carried, drift, made, validity
from planwerk.compose.view import View
from planwerk.model.measured import Measured
from planwerk.model.plan import Goal, PlanKpi
from planwerk.model.portfolio import Period

ON_COURSE = ("reached", "on_track")
ORDER = (
    "missed",
    "at_risk",
    "close_missed",
    "close",
    "too_few",
    "unknown",
    "info",
    "on_track",
    "reached",
)
"""Problems first: the order of key figures where it is free."""


def headline(view: View, period: Period) -> str:
    """The finding: how many goals are on course, or reached once the period is over."""
    goals = _goals(view, period)
    states = [view.goal_status(goal, period) for goal in goals if goal.kpis]
    # goals that nothing measures are not behind: they are not counted
    return count_sentence(view, states or ["unknown"] * len(goals), "goals")


def count_sentence(view: View, states: list[str], what: str) -> str:
    """ "Two of four goals are on course", for goals or KPIs, running or closed."""
    if not states:
        return view.say("goals.none")
    if all(state == "unknown" for state in states):
        return view.say(f"{what}.no_values")
    closed = view.closed()
    good = sum(state == "reached" if closed else state in ON_COURSE for state in states)
    key = f"{what}.reached" if closed else f"{what}.on_course"
    if len(states) == 1:
        return view.sentence(view.say(f"{key}_only", count=good))
    if good == len(states):
        return view.sentence(view.say(f"{key}_all", total=view.in_words(len(states))))
    return view.sentence(view.say(key, count=good, good=view.in_words(good), total=view.in_words(len(states))))  # fmt: skip


def _goals(view: View, period: Period) -> tuple[Goal, ...]:
    """The client's goals first; ours follow where the reader is one of us."""
    rank = {"client": 0, "relationship": 1, "ours": 2}
    return tuple(sorted(period.plan.goals, key=lambda goal: rank[goal.kind]))


def rows(view: View, period: Period) -> tuple[b.Goal, ...]:
    """One row a goal and KPI; a goal's further KPIs stand below it under their own names."""
    out: list[b.Goal] = []
    for goal in _goals(view, period):
        results = [r for kpi in goal.kpis if (r := period.result(kpi))]
        if not results:
            out.append(_row(view, period, goal, None, first=True))
        out += [_row(view, period, goal, r, first=i == 0) for i, r in enumerate(results)]
    return tuple(out)


def _row(view: View, period: Period, goal: Goal, result: Measured | None, first: bool) -> b.Goal:
    name = view.kpi_name(result.kpi) if result else ""
    known = result is not None and result.actual is not None
    unmeasured = b.Status("open", view.say("status.unknown"))
    return b.Goal(
        title=goal.title if first else name,
        kpi=name if first else view.say("goals.same"),
        baseline=view.value(result.baseline, result)
        if result and result.baseline is not None
        else "",
        actual=view.value(result.actual, result) if result else view.open,
        target=view.value(result.target, result) if result else view.open,
        status=view.status(result) if result else unmeasured,
        progress=float(result.progress) if result and result.progress is not None else None,
        expected=float(result.expected) if result and result.expected is not None else None,
        ours=view.person(goal.owner),
        theirs=view.person(goal.validated_by),
        confirmed=_confirmed(view, goal),
        description=view.text(goal.description) if first else "",
        series=series(result) if result else (),
        labels=labels(view, result) if result else (),
        target_value=float(result.target) if result and result.target is not None else None,
        decimals=result.decimals if result else 0,
        unknown=not known,
        origin=view.at(period).origin("goals", goal.id, "title"),
        source=view.source(
            goal if first or result is None else planned(view.at(period), result.kpi)
        ),
    )


def _confirmed(view: View, goal: Goal) -> str:
    who, when = view.name(goal.validated_by), view.day(goal.validated_on)
    return view.say("goals.confirmed", who=who, when=when) if who and when else ""


def series(result: Measured) -> tuple[float | None, ...]:
    """A KPI's values in time order, None where not known."""
    return tuple(None if p.value is None else float(p.value) for p in result.series)


def labels(view: View, result: Measured) -> tuple[str, ...]:
    """The days of a KPI's values, as months where each month has one; with the year where another
    one begins, if they are of several."""
    days = [point.day for point in result.series]
    once = all(count == 1 for count in Counter((d.year, d.month) for d in days).values())
    short, whole = (
        (formats.month, formats.month_year) if once else (formats.short_day, formats.full_day)
    )
    begins = {min(day for day in days if day.year == year) for year in {d.year for d in days}}
    told = begins if len(begins) > 1 else set()
    return tuple((whole if day in told else short)(day, view.language) for day in days)


def table(view: View, period: Period) -> b.Goals:
    """The goals of a period as the block that all outputs share."""
    return b.Goals(
        rows(view, period),
        view.say("goals.label"),
        view.say("goals.at", who=view.us),
        view.say("goals.at", who=view.client_short),
        view.say("goals.how_to_read" if not view.closed(period) else "goals.status_rule"),
        rule(view, period),
    )


def ordered(period: Period, kpis: tuple[PlanKpi, ...]) -> list[tuple[PlanKpi, Measured]]:
    """KPIs with their results, problems first, then as the plan has them."""
    pairs = [(k, r) for k in kpis if (r := period.result(k.kpi))]
    return sorted(pairs, key=lambda pair: ORDER.index(pair[1].status))


def cards(view: View, period: Period, limit: int | None = None) -> b.Cards:
    """The KPIs of a period as key figures, problems first; `limit` where all stand elsewhere."""
    items = [card(view, result) for _, result in ordered(period, period.plan.kpis)]
    return b.Cards(tuple(items[:limit]), view.say("kpis.label"), rule(view, period))


def rule(view: View, period: Period) -> str:
    """What a status means: of a running period where it should be by now, else what it reached."""
    return view.say("goals.status_rule" if view.closed(period) else "goals.running_rule")


def card(view: View, result: Measured) -> b.Card:
    """One KPI as a key figure."""
    known = result.actual is not None
    unit = view.unit(result) if known else ""
    plain = (
        formats.number(result.actual, view.language, result.decimals)
        if result.actual is not None
        else view.open
    )
    parts = [view.say("kpis.target", value=view.value(result.target, result))]
    if result.baseline is not None:
        parts.append(view.say("kpis.baseline", value=view.value(result.baseline, result)))
    return b.Card(
        label=view.kpi_name(result.kpi),
        value=plain,
        unit=unit,
        status=view.status(result),
        period=formats.month_year(result.actual_on, view.language) if result.actual_on else "",
        target_line=", ".join(parts),
        series=series(result) if known else (),
        labels=labels(view, result) if known else (),
        target=float(result.target) if result.target is not None else None,
        decimals=result.decimals,
        lower=result.lower_is_better,
        unknown=not known,
        origin=view.origin("kpis", result.kpi),
        source=view.source(planned(view, result.kpi)),
        unit_first=unit_first(view, result),
    )


def unit_first(view: View, result: Measured) -> bool:
    """Whether the reader's language writes the KPI's unit before its values: "EUR 22,000"."""
    unit = view.unit(result)
    return bool(unit) and view.value(Decimal(0), result).startswith(unit)


def planned(view: View, kpi: str) -> PlanKpi | None:
    """What the view's period plans of a KPI."""
    kpis = view.period.plan.kpis if view.period else ()
    return next((one for one in kpis if one.kpi == kpi), None)


def chart(view: View, result: Measured) -> b.Chart:
    """A KPI over time with its target line; the title says where it stands."""
    target = None if result.target is None else float(result.target)
    name = view.kpi_name(result.kpi)
    facts = {
        "name": name,
        "actual": view.value(result.actual, result),
        "target": view.value(result.target, result),
    }
    values = series(result)
    lines = [b.Series(view.say("portal.actual"), values)]
    if target is not None:
        lines.append(b.Series(view.say("portal.target"), (target,) * len(values), "target"))
    told = [view.say("kpis.description", status=view.status(result).word, **facts)]
    if ahead := _ahead(view, result):
        at = view.value(Decimal(str(ahead.value)), result)
        told.append(view.say("kpis.forecast_at", day=view.day(ahead.day), value=at))
    return b.Chart(
        kind="line",
        title=view.say(f"kpis.finding.{result.status}", **facts),
        subtitle=view.say(
            "kpis.over_time", name=name, unit=view.unit(result) or view.say("unit.value")
        ),
        categories=labels(view, result),
        series=tuple(lines),
        description=" ".join(told),
        unit=view.unit(result),
        decimals=result.decimals,
        source=view.kpi_source(result.kpi),
        days=tuple(p.day for p in result.series),
        level=view.status(result).level,
        ahead=ahead,
        lines=made.lines(view, result),
        files=made.files(view, result),
        key=f"kpi:{result.kpi}",
        unit_first=unit_first(view, result),
    )


def _ahead(view: View, result: Measured) -> b.Ahead | None:
    """Where the values lead by the period's end; only we are told, and only if they carry it."""
    to = result.forecast
    if to is None or to.value is None or not result.series or to.on <= result.series[-1].day:
        return None
    name = view.say("kpis.forecast_short")
    return b.Ahead(to.on, formats.short_day(to.on, view.language), name, float(to.value))


def page(view: View) -> b.Page | None:
    """All goals in one table, then each KPI with its trend and its making."""
    period = view.period
    if period is None or not period.plan.goals:
        return None
    details: list[b.Block] = []
    for kpi, result in ordered(period, period.plan.kpis):
        if result.series:
            trend: tuple[b.Block, ...] = (chart(view, result),)
            how = b.Section(view.say("kpis.made"), (made.facts(view, result),), quiet=True, source=view.source(kpi))  # fmt: skip
            details.append(b.Beside((trend, (how,)), (2, 1)))
        elif result.counted is not None:
            facts = made.facts(view, result)
            details.append(b.Section(view.kpi_name(result.kpi), (facts,), source=view.source(kpi)))
    return b.Page(
        "goals",
        view.say("page.goals"),
        headline(view, period),
        (
            b.Section(view.say("goals.agreed"), (table(view, period),), view.period_name()),
            *_changed(view),
            *details,
        ),
        eyebrow=((view.say("page.goals"), ""), (view.period_name(), "")),
    )


def _changed(view: View) -> tuple[b.Block, ...]:
    """What the last plan left; targets that moved; what was approved, and whether it holds."""
    moved = drift.section(view, drift.targets(view))
    return (*carried.section(view), *moved, *validity.section(view))


def chapter(view: View) -> b.Chapter | None:
    """The goals with their trends."""
    period = view.period
    if period is None or not period.plan.goals:
        return None
    blocks = (table(view, period), *_loose(view, period), *_changed(view))
    return b.Chapter(view.say("page.goals"), lead(view, period), blocks)


def _loose(view: View, period: Period) -> tuple[b.Block, ...]:
    """The KPIs of the plan that no goal of it names: the table of goals does not hold them."""
    named = {kpi for goal in period.plan.goals for kpi in goal.kpis}
    found = [result for _, result in ordered(period, period.plan.kpis) if result.kpi not in named]
    cards = b.Cards(tuple(card(view, r) for r in found), view.say("kpis.loose"))
    return (b.Section(view.say("kpis.loose"), (cards,)),) if found else ()


def definitions(view: View) -> b.Chapter | None:
    """What the KPIs of the plan mean, as a chapter."""
    found = meanings(view)
    return b.Chapter(found.label, "", (found,)) if found else None


def meanings(view: View) -> b.Table | None:
    """What each KPI of the plan counts, where its values come from, and which figure shows it."""
    period = view.period
    results = [] if period is None else [result for _, result in ordered(period, period.plan.kpis)]
    if not results:
        return None
    assert period is not None
    # what has no figure of its own is drawn beside its goal
    chapters = {kpi.kpi: view.say("page.goals") for kpi in period.plan.kpis if period.plan.goals}
    heads = (view.say("kpis.name"), view.say("kpis.definition"), view.say("kpis.source"), view.say("kpis.shown"))  # fmt: skip
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(view.kpi_name(result.kpi))),
                b.Cell(b.text(view.kpi_definition(result.kpi))),
                b.Cell(b.text(view.kpi_source(result.kpi))),
                b.Cell((b.Run(chapters.get(result.kpi, ""), refers=f"kpi:{result.kpi}"),)),
            )
        )
        for result in results
    )
    columns = tuple(b.Column(head, wide=number == 1) for number, head in enumerate(heads))
    title = view.say("kpis.definitions")
    return b.Table(columns, rows, title, title)


def lead(view: View, period: Period) -> str:
    """The message of the goals in two sentences: the count, and the one furthest behind."""
    first = headline(view, period) + "."
    behind = [
        r
        for _, r in ordered(period, period.plan.kpis)
        if r.status in ("missed", "at_risk", "close_missed", "close")
    ]
    if not behind:
        return first
    worst = behind[0]
    return (
        first
        + " "
        + view.say(
            f"kpis.behind.{'closed' if view.closed(period) else 'running'}",
            name=view.kpi_name(worst.kpi),
            actual=view.value(worst.actual, worst),
            target=view.value(worst.target, worst),
        )
    )


def slides(view: View) -> tuple[b.Slide, ...]:
    """The scorecard, then a chart for each KPI that was missed."""
    period = view.period
    if period is None or not period.results:
        return ()
    states = [result.status for result in period.results]
    score = b.Slide(
        kicker=view.say("deck.results"),
        title=_score_title(view, period, [str(s) for s in states]),
        subline=view.say("deck.results_sub", period=view.period_name()),
        body=cards(view, period),
        source=stands(view, period),
        origin=view.origin("kpis"),
    )
    return (score, *_missed_charts(view, period))


def stands(view: View, period: Period) -> str:
    """By what rule KPIs stand as they do, and on which day."""
    return view.say("deck.source", rule=rule(view, period), day=_as_of(view, period))


def _as_of(view: View, period: Period) -> str:
    return formats.full_day(min(view.today, period.plan.to), view.language)


def _score_title(view: View, period: Period, states: list[str]) -> str:
    base = count_sentence(view, states, "kpis")
    missed = [r for _, r in ordered(period, period.plan.kpis) if r.status in ("missed", "at_risk")]
    if len(missed) == 1 and missed[0].actual is not None:
        worst = missed[0]
        return view.say(
            "kpis.score_but",
            base=base,
            name=view.kpi_name(worst.kpi),
            actual=view.value(worst.actual, worst),
            target=view.value(worst.target, worst),
        )
    return base


def _missed_charts(view: View, period: Period) -> tuple[b.Slide, ...]:
    out = []
    outcomes = {o.kpi: o for o in period.review.outcomes} if period.review else {}
    for _, result in ordered(period, period.plan.kpis):
        if result.status not in ("missed", "at_risk", "close_missed") or len(result.series) < 3:
            continue
        drawing = chart(view, result)
        outcome = outcomes.get(result.kpi)
        notes = (
            [t for t in (view.text(outcome.cause), view.text(outcome.lesson)) if t]
            if outcome
            else []
        )
        heads = (view.say("review.cause"), view.say("review.lesson"))
        side = tuple(
            b.Section(h, (b.Paragraph(b.text(n)),)) for h, n in zip(heads, notes, strict=False)
        )
        body: b.Block = b.Beside(((drawing,), side), (8, 4)) if side else drawing
        out.append(
            b.Slide(
                kicker=f"{view.say('deck.results')} · {view.kpi_name(result.kpi)}",
                title=drawing.title,
                body=body,
                source=view.say(
                    "deck.chart_source", source=drawing.source, day=_as_of(view, period)
                ),
                origin=view.origin("kpis", result.kpi),
            )
        )
    return tuple(out[:3])


def share_on_course(period: Period, view: View) -> tuple[int, int]:
    """How many goals are on course, of those that something measures."""
    states = [view.goal_status(goal, period) for goal in period.plan.goals if goal.kpis]
    return sum(s in ON_COURSE for s in states), len(states)


def amount(value: Decimal | None) -> float | None:
    """A Decimal as a chart's number."""
    return None if value is None else float(value)
