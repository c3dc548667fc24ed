"""The progress report: what was done since a day, what moved, what is late, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.documents.frame import ordered, sheet
from planwerk.compose.sections import overview, reviews
from planwerk.compose.view import STATUS, View
from planwerk.loop.finding import Found
from planwerk.loop.names import Names
from planwerk.loop.progress import Course, Moved, Progress, progress
from planwerk.phrases import Phrases

PARTS = ("stands", "done", "moved", "late", "next")
OURS = ("question", "told")
"""What is about how we work, and nothing for a client to read."""


def report(view: View, since: date | None = None) -> b.Document | None:
    """What happened after `since`, else after the last debrief that was held, or since the plan
    began; None where nothing was planned yet."""
    begin = since or _begin(view)
    if begin is None or view.period is None:
        return None
    made = progress(view.portfolio, view.account, begin, view.account.history or None)
    phrases = Phrases(view.say, Names(view.portfolio))
    parts: dict[str, b.Chapter] = {}
    for part in PARTS:
        if part == "stands":
            parts[part] = b.Chapter(view.say("report.stands"), overview.headline(view) + ".", _kpis(view, made))  # fmt: skip
        elif part != "moved":
            found = [f for f in getattr(made, part) if view.internal or _for_client(view, f, part)]
            parts[part] = b.Chapter(view.say(f"report.{part}"), "", (_listed(view, phrases, found, part),))  # fmt: skip
        elif moved := _moved(view, made.moved):
            parts[part] = b.Chapter(view.say("report.moved"), "", (moved,))
    chapters = ordered(view.portfolio.workspace.documents.progress, parts)
    facts = ((view.say("report.since"), view.long_day(begin)), (view.say("report.until"), view.long_day(view.today)))  # fmt: skip
    return sheet(view, view.say("document.progress"), tuple(chapters), facts)


def _for_client(view: View, found: Found, part: str) -> bool:
    """Whether a client reads of it: nothing about how we work, and no task of an earlier plan,
    of which what the present one decided may not be told. That a meeting is late cannot be said
    where not all meetings are shared: the last one may be among the others."""
    if part == "late" and found.kind == "meeting":
        return False
    here = view.period is not None and found.period == view.period.id
    return found.kind not in OURS and (here or found.kind != "task")


def _begin(view: View) -> date | None:
    reviewed = reviews.latest(view)
    if reviewed and reviewed.review and reviews.held(reviewed, view.today):
        held = reviewed.review.held_on
        assert isinstance(held, date)
        return held
    return view.period.plan.from_ if view.period else None


def _kpis(view: View, made: Progress) -> tuple[b.Block, ...]:
    """The KPIs of the plan on both days."""
    if not made.kpis:
        return ()
    heads = ("kpi", "then", "now", "target", "status")
    right = ("then", "now", "target")
    columns = tuple(b.Column(view.say(f"report.head.{h}"), "right" if h in right else "left", h == "kpi") for h in heads)  # fmt: skip
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(view.kpi_name(course.kpi))),
                _value(view, course, course.then),
                _value(view, course, course.now),
                _value(view, course, course.target),
                b.Cell(status=b.Status(STATUS[course.status], view.say(f"status.{course.status}"))),
            ),
            origin=view.origin("kpis", course.kpi),
        )
        for course in made.kpis
    )
    return (b.Table(columns, rows, view.say("kpis.label")),)


def _value(view: View, course: Course, value: Decimal | None) -> b.Cell:
    if value is None:
        return view.unknown()
    currency = view.portfolio.workspace.currency
    sign = formats.sign(course.unit, view.say("unit.days"), currency)
    return b.Cell(
        b.text(formats.quantity(value, view.language, course.decimals, course.unit, sign))
    )


def _listed(view: View, phrases: Phrases, found: Iterable[Found], part: str) -> b.DatedList:
    """Findings with day and name; how late they are where they are."""
    items, periods = [], {p.id: view.period_name(p) for p in view.account.periods}
    for one in found:
        level, words = phrases.when(one)
        status = b.Status(level, words) if part == "late" else None
        what = periods.get(one.what, "") if one.kind == "review" else phrases.what(one)
        what = what or phrases.kind(one)
        items.append(b.Dated(view.day(one.day), what, view.name(one.whose), status, phrases.kind(one)))  # fmt: skip
    days = view.say("report.head.on") if part == "done" else ""  # no deadline: the day it was done
    return b.DatedList(tuple(items), view.say(f"report.{part}"), view.say(f"report.none_{part}"), days)  # fmt: skip


def _moved(view: View, moved: Iterable[Moved]) -> b.Table | None:
    """Days and targets that were changed, as the history tells it."""
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(view.day(one.day))),
                b.Cell(b.text(view.kpi_name(one.what) if one.field == "target" else one.what)),
                b.Cell(b.text(_said(view, one.old))),
                b.Cell(b.text(_said(view, one.new)), strong=True),
            )
        )
        for one in moved
    )
    heads = ("on", "what", "from", "to")
    columns = tuple(b.Column(view.say(f"report.head.{h}"), wide=h == "what") for h in heads)
    return b.Table(columns, rows, view.say("report.moved")) if rows else None


def _said(view: View, value: object) -> str:
    if isinstance(value, Decimal):
        return formats.number(value, view.language, formats.decimals_of(value))
    return view.day(value if isinstance(value, date) else None) or view.open
