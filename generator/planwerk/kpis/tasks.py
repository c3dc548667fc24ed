"""What the KPIs of tasks have in common: done in time, by whose task it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.tally import Span, Tally, unknown
from planwerk.model.plan import Task

SIDES = {"client:": "client", "partner:": "partners"}


def side(task: Task) -> str:
    """Whose task it is: `ours`, `client` or `partners`."""
    return next((s for prefix, s in SIDES.items() if task.accountable.startswith(prefix)), "ours")


def punctual(*sides: str) -> Callable[[Case, Span], Tally]:
    """Tasks done by the day they were due, by all that were due, of these sides.

    A task is due when its day is over: on the day itself nobody is late.
    """

    def count(case: Case, span: Span) -> Tally:
        tasks = case.once(("tasks", sides), lambda: _of_sides(case, sides))
        if not tasks:
            return unknown("no_log")
        over = Span(span.start, span.end - timedelta(days=1))
        due = [t for t in tasks if over.holds(t.due) or (t.due == span.end and _done(t, span.end))]
        kept = sum(_done(t, t.due) for t in due if isinstance(t.due, date))
        left_out = sum(not isinstance(t.due, date) for t in tasks)
        n = len(due)
        return Tally(Decimal(kept), Decimal(n), n, left_out, inputs=(("tasks", n),))

    return count


def _of_sides(case: Case, sides: tuple[str, ...]) -> list[Task]:
    return [t for p in case.account.periods for t in p.tasks.tasks if side(t) in sides]


def _done(task: Task, by: date) -> bool:
    return isinstance(task.done_on, date) and task.done_on <= by
