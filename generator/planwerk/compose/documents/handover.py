"""The handover: what somebody must know who takes the account over tomorrow. Internal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk import blocks as b
from planwerk.compose.documents.frame import ordered, sheet
from planwerk.compose.sections import (
    ahead,
    goals,
    meetings,
    overview,
    reviews,
    stakeholders,
    unknowns,
)
from planwerk.compose.sections import tasks as plan_tasks
from planwerk.compose.view import View

UNKNOWNS = 15
MEETINGS = 2


def handover(view: View) -> b.Document:
    """How the account stands, who is who, what we owe, what is dated, what nobody knows yet."""
    parts = {
        key: b.Chapter(view.say(f"handover.{key}"), lead, blocks)
        for key, lead, blocks in _parts(view)
        if blocks
    }
    chapters = tuple(ordered(view.portfolio.workspace.documents.handover, parts))
    owner = view.name(view.profile.owner) or view.open
    facts = ((view.say("handover.from"), owner), (view.say("handover.to"), ""))
    return sheet(view, view.say("document.handover"), chapters, facts)


def _parts(view: View) -> Iterator[tuple[str, str, tuple[b.Block, ...]]]:
    yield "stands", overview.headline(view) + ".", _standing(view)
    if view.account.stakeholders:
        yield "people", stakeholders.headline(view) + ".", (stakeholders.table(view),)
    yield "owed", "", tuple(_owed(view))
    dates = ahead.next_dates(view)
    yield "dates", "", (dates,) if dates else ()
    newest = meetings.latest_first(view)[:MEETINGS]
    yield "talked", "", tuple(meetings.minutes(view, meeting) for meeting in newest)
    open_ = unknowns.listing(view, UNKNOWNS)
    yield "unknown", "", (open_,) if open_.items else ()


def _standing(view: View) -> tuple[b.Block, ...]:
    profile, blocks = view.profile, list[b.Block]()
    until, since = profile.contract_until, profile.customer_since
    facts = [
        (view.say("handover.since"), view.long_day(since) if isinstance(since, date) else view.open),
        (view.say("overview.renewal"), view.long_day(until) if isinstance(until, date) else view.open),
        (view.say("handover.period"), view.period_name()),
    ]  # fmt: skip
    blocks.append(b.Facts(tuple((label, b.Cell(b.text(words), unknown=words == view.open)) for label, words in facts if words)))  # fmt: skip
    if view.period and view.period.results:
        blocks.append(goals.cards(view, view.period))
    return tuple(blocks)


def _owed(view: View) -> Iterator[b.Block]:
    """Our open tasks, steps and answers of the last review, decisions that wait."""
    ours = [task for task in view.tasks_of("us") if not isinstance(task.done_on, date)]
    if ours:
        label = view.say("handover.tasks")
        items = tuple(plan_tasks.dated(view, task) for task in ours)
        yield b.Section(label, (b.DatedList(items, label),))
    if decisions := plan_tasks.decisions(view):
        yield b.Section(view.say("handover.decisions"), (decisions,))
    reviewed = reviews.latest(view)
    if reviewed:
        then = view.at(reviewed)
        for key, part in (("next_steps", reviews.next_steps(then)), ("problems", reviews.problems(then))):  # fmt: skip
            if part:
                yield b.Section(view.say(f"review.{key}"), (part,))
