"""What was approved and confirmed, and whether it still is what was: valid, or overtaken since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.tables import table
from planwerk.compose.told import text_of
from planwerk.compose.view import View
from planwerk.history.groups import tell_all
from planwerk.model.approval import fingerprint
from planwerk.model.history import Change
from planwerk.model.plan import Approval, Goal
from planwerk.model.portfolio import Period
from planwerk.model.record import Record

WHOLE = frozenset({"added", "removed"})
COVERED = {
    "Goal": {"title", "kind", "description", "kpis"},
    "PlanKpi": {"baseline", "target"},
    "Interim": {"target"},
    "Plan": {"vision", "rationale"},
}
"""What an approval stands for (`model.approval.fingerprint`), by kind of record."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The first change after something was approved or confirmed; None: it is not known."""

    day: date | None
    change: Change | None


def _covers(change: Change) -> bool:
    return change.kind in COVERED and (change.what in WHOLE or change.field in COVERED[change.kind])


def _first(
    view: View, recorded: Callable[[Change], bool], about: Callable[[Change], bool], day: date
) -> Overtaken | None:
    """The first change `about` something after it was `recorded` (where nobody can tell when
    that was: after its day); None if there is none."""
    steps = view.chronicle.steps
    at = [n for n, step in enumerate(steps) if any(recorded(told.change) for told in step.told)]
    for number, step in enumerate(steps):
        after = number > at[-1] if at else (step.commit.day or date.min) > day
        for told in step.told if after else ():
            if about(told.change):
                return Overtaken(step.commit.day, told.change)
    return None


def approval(view: View, period: Period, given: Approval) -> Overtaken | None:
    """Since when an approval is overtaken; None while it is valid."""
    if given.fingerprint == fingerprint(period.plan):
        return None
    own = f"{given.by}/{given.on.isoformat()}"

    def recorded(change: Change) -> bool:
        path = change.spot.path
        return change.spot.of == period.id and path[:1] == ("approvals",) and path[1:2] == (own,)

    def about(change: Change) -> bool:
        return change.spot.topic == "plan" and change.spot.of == period.id and _covers(change)

    return _first(view, recorded, about, given.on) or Overtaken(None, None)


def goal(view: View, period: Period, confirmed: Goal) -> Overtaken | None:
    """Since when a goal is another one than the client confirmed; None while it is the same."""
    if not isinstance(confirmed.validated_on, date):
        return None

    def recorded(change: Change) -> bool:
        same = change.spot.of == period.id and change.spot.path == ("goals", confirmed.id)
        return same and (change.what == "added" or change.field == "validated_on")

    def about(change: Change) -> bool:
        spot = change.spot
        if spot.topic != "plan" or spot.of != period.id or not _covers(change):
            return False
        names = {("goals", confirmed.id), *(("kpis", kpi) for kpi in confirmed.kpis)}
        return spot.path[:2] in names

    return _first(view, recorded, about, confirmed.validated_on)


def objective(view: View, id_: str, day: date) -> Overtaken | None:
    """Since when an objective reads otherwise than the client confirmed it."""

    def mine(change: Change) -> bool:
        return change.spot.topic == "account" and change.spot.path == ("objectives", id_)

    return _first(
        view,
        lambda change: mine(change) and (change.what == "added" or change.field == "confirmed_on"),
        lambda change: mine(change) and change.field == "text",
        day,
    )


# --- as blocks ---------------------------------------------------------------------------------


def _state(view: View, found: Overtaken | None) -> b.Cell:
    if found is None:
        return b.Cell(status=b.Status("good", view.say("validity.valid")))
    if found.day is None or found.change is None:
        return b.Cell(status=b.Status("warn", view.say("validity.overtaken_unknown")))
    day = formats.full_day(found.day, view.language)
    told = tell_all([found.change], view.chronicle.context)
    why = b.plain(text_of(told[0])) if told else ""
    return b.Cell(status=b.Status("warn", view.say("validity.overtaken", day=day)), note=why)


def _rows(view: View) -> list[tuple[b.Cell, ...]]:
    """Approvals of the plan (for us), then the goals and objectives that the client confirmed."""
    period = view.period
    if period is None or not view.chronicle.steps:
        return []
    plan = view.say("validity.plan", period=view.period_name())
    rows = [_row(view, a, plan, a.by, a.on, approval(view, period, a)) for a in period.plan.approvals]  # fmt: skip
    for agreed in period.plan.goals:
        if isinstance(agreed.validated_on, date):
            state = goal(view, period, agreed)
            who, day = agreed.validated_by, agreed.validated_on
            rows.append(_row(view, agreed, agreed.title, who, day, state))
    for wanted in view.profile.objectives:
        if isinstance(wanted.confirmed_on, date):
            state = objective(view, wanted.id, wanted.confirmed_on)
            rows.append(_row(view, wanted, wanted.text, wanted.told_by, wanted.confirmed_on, state))
    return rows


def _row(
    view: View, record: Record, what: str, who: object, day: date, state: Overtaken | None
) -> tuple[b.Cell, ...]:
    person = view.person_cell(who if isinstance(who, str) else None)
    said = view.sourced(b.Cell(b.text(view.text(what))), record)
    return (said, person, b.Cell(b.text(view.day(day))), _state(view, state))


def section(view: View) -> tuple[b.Section, ...]:
    """What was approved and confirmed, with its state; nothing without a history."""
    heads = ("what", "who", "when", "state")
    found = table(view, "validity", heads, _rows(view), label="label", wide=("what", "state"))
    if found is None:
        return ()
    key = "label" if view.internal else "label_client"
    return (b.Section(view.say(f"validity.{key}"), (found,), quiet=True),)
