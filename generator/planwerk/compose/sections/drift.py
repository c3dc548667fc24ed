"""Days that slipped and targets that moved: what they were at first, how often, by how much."""

from __future__ import annotations

from datetime import date

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.drifting import Drift
from planwerk.compose.sections.tables import table
from planwerk.compose.view import View
from planwerk.model.history import Spot
from planwerk.model.types import Unknown

MOST = 8
"""Rows of a slide; what is left is counted."""


def _slip(view: View, list_: str, id_: str) -> Drift[date] | None:
    if view.period is None:
        return None
    spot = Spot(view.account.id, "tasks", view.period.id, (list_, id_))
    return view.chronicle.slips.get(spot)


def note(view: View, list_: str, id_: str) -> str:
    """ "2-mal verschoben, ursprünglich 1.9."; "" where the day is what it was at first."""
    slip = _slip(view, list_, id_)
    if slip is None:
        return ""
    key = "postponed" if slip.now > slip.first else "advanced"
    return view.say(f"drift.{key}", count=slip.times, day=view.day(slip.first))


def dates(view: View) -> b.Table | None:
    """Tasks and milestones whose day was moved, those furthest behind first."""
    if view.period is None:
        return None
    tasks = view.period.tasks
    things = [("tasks", t.id, t.title, view.name(t.accountable)) for t in tasks.tasks]
    things += [("milestones", m.id, m.title, "") for m in tasks.milestones]
    found = [(slip, title, who) for list_, id_, title, who in things if (slip := _slip(view, list_, id_))]  # fmt: skip
    found.sort(key=lambda item: (item[0].first - item[0].now, item[1]))
    rows = [_date_row(view, slip, title, who) for slip, title, who in found]
    heads = ("what", "first", "now", "times", "days")
    return table(view, "drift", heads, rows, label="dates", wide=("what",), right=("times", "days"))


def _date_row(view: View, slip: Drift[date], title: str, who: str) -> tuple[b.Cell, ...]:
    days = (slip.now - slip.first).days
    moved = f"+ {days}" if days > 0 else f"{chr(0x2212)} {-days}"
    return (
        b.Cell(b.text(title), note=who),
        b.Cell(b.text(view.day(slip.first))),
        b.Cell(b.text(view.day(slip.now)), strong=True),
        b.Cell(b.text(str(slip.times))),
        b.Cell(b.text(moved)),
    )


def targets(view: View) -> b.Table | None:
    """KPIs of the period whose target was changed; for us with the reason where it was lowered."""
    period = view.period
    if period is None:
        return None
    rows = []
    for kpi in period.plan.kpis:
        spot = Spot(view.account.id, "plan", period.id, ("kpis", kpi.kpi))
        drift, result = view.chronicle.targets.get(spot), period.result(kpi.kpi)
        if drift is None or result is None:
            continue
        because = "" if isinstance(kpi.lowered_because, Unknown) else view.text(kpi.lowered_because)
        rows.append(
            (
                b.Cell(b.text(view.kpi_name(kpi.kpi)), note=because),
                b.Cell(b.text(view.value(drift.first, result))),
                b.Cell(b.text(view.value(drift.now, result)), strong=True),
                b.Cell(b.text(str(drift.times))),
                b.Cell(b.text(formats.full_day(drift.last, view.language) if drift.last else "")),
            )
        )
    heads = ("kpi", "first", "now", "times", "last")
    return table(view, "drift", heads, rows, label="targets", wide=("kpi",), right=("times",))


def section(view: View, found: b.Table | None) -> tuple[b.Section, ...]:
    """A table of what drifted under its name; nothing without one."""
    return (b.Section(found.label, (found,), view.say("drift.how"), quiet=True),) if found else ()


def slides(view: View) -> tuple[b.Slide, ...]:
    """What drifted in the period, for everybody who may see it."""
    out = []
    for key, found in (("targets", targets(view)), ("dates", dates(view))):
        if found:
            count = len(found.rows)
            title = view.sentence(view.say(f"drift.{key}_title", count=count, number=view.in_words(count)))  # fmt: skip
            shown = b.Table(found.columns, found.rows[:MOST], found.label)
            rest = view.say("since.more", count=count - MOST) if count > MOST else ""
            out.append(b.Slide(found.label, title, shown, source=rest, origin=view.origin("history")))  # fmt: skip
    return tuple(out)
