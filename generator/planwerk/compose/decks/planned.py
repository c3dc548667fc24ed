"""Slides of a plan: why it is, what is agreed, who takes part, the first days, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from planwerk import blocks as b
from planwerk.compose.decks.frame import beside, told
from planwerk.compose.sections import ahead, contact, goals, profile, tasks
from planwerk.compose.view import View

FIRST_DAYS = 30


def agreed(view: View) -> Iterator[b.Slide]:
    """What was agreed for the period."""
    period = view.period
    if period is None or not period.plan.goals:
        return
    title = told(
        view,
        "deck.goals_title",
        len(period.plan.goals),
        period=view.period_name(),
        when=view.in_period(),
    )
    rule = goals.rule(view, period) if view.closed(period) else ""
    yield b.Slide(view.say("deck.goals"), title, goals.table(view, period), source=rule, origin=view.origin("goals"))  # fmt: skip


def why_here(view: View) -> Iterator[b.Slide]:
    """The same for a beginning."""
    title = view.say("deck.vision_title", period=view.period_name(), when=view.in_period())
    yield from (replace(s, kicker=view.say("deck.why_here"), title=title) for s in why(view))


def why(view: View) -> Iterator[b.Slide]:
    """What both sides want, and why the plan is what it is."""
    period = view.period
    if period is None:
        return
    plan, parts = period.plan, []
    if isinstance(plan.vision, str) and plan.vision:
        lead = b.Paragraph(b.text(view.text(plan.vision)), "lead")
        parts.append(b.Section(view.say("plan.vision"), (lead,)))
    if isinstance(plan.rationale, str) and plan.rationale:
        parts.append(b.Section(view.say("plan.rationale"), view.prose(plan.rationale, period.id)))
    if not parts:
        return
    title = view.say("deck.rationale_title", period=view.period_name(), when=view.in_period())
    yield b.Slide(view.say("deck.next_plan"), title, beside(parts), origin=view.origin("rationale"))


def roles(view: View) -> Iterator[b.Slide]:
    """Who takes part on both sides."""
    if found := profile.team(view):
        title = told(view, "deck.roles_title", len(found.rows))
        yield b.Slide(view.say("deck.roles"), title, found, origin=view.origin("people"))


def rhythm(view: View) -> Iterator[b.Slide]:
    """How often both sides meet, and the days that are set."""
    parts = contact.parts(view, "rhythm", "next")
    if parts:
        yield b.Slide(view.say("contact.title"), view.say("deck.rhythm_title"), beside(parts), origin=view.origin("cadence"))  # fmt: skip


def first_days(view: View) -> Iterator[b.Slide]:
    """What is due in the first days of the plan."""
    if view.period is None:
        return
    until = max(view.today, view.period.plan.from_) + timedelta(days=FIRST_DAYS)
    found = tasks.by_side(view, undone=True, until=until)
    count = sum(len(column.items) for column in found.columns)
    if count:
        title = told(view, "deck.first_days_title", count, day=view.long_day(until))
        yield b.Slide(view.say("deck.first_days"), title, found, view.say("deck.who_what_sub"), origin=view.origin("tasks"))  # fmt: skip


def meet_again(view: View) -> Iterator[b.Slide]:
    """When both sides meet again, and whom to write to."""
    dates = ahead.next_dates(view)
    if dates is not None:
        first = dates.items[0]
        title = view.say("deck.next_title", day=first.when, what=first.what)
        body = beside(contact.parts(view, "next", "people"))
        yield b.Slide(view.say("overview.next"), title, body, origin=view.origin("milestones"))


def annex(view: View) -> Iterator[b.Slide]:
    """What each KPI counts, and where its values come from; slides number no figures."""
    if found := goals.meanings(view):
        table = b.Table(found.columns[:3], tuple(b.Row(row.cells[:3]) for row in found.rows), found.label)  # fmt: skip
        title = told(view, "deck.annex_title", len(table.rows))
        yield b.Slide(view.say("deck.annex"), title, table, origin=view.origin("kpis"))
