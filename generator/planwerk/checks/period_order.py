"""A period ends before it begins, or a day lies outside what it belongs to.

Everything that is measured in a period is cut off at its days. The end must come after the
beginning; tasks may begin earlier, but are due no more than a year after the end.

Wrong:
    plan.md: from: 2026-12-31 and to: 2026-07-01
Right:
    plan.md: from: 2026-07-01 and to: 2026-12-31
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.problems import Problem, Severity
from planwerk.read import Reading

NAME = "period-order"


def check(reading: Reading) -> Iterator[Problem]:
    """Periods and tasks whose end comes before their beginning."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for period in account.periods:
            plan = period.plan
            if plan.to <= plan.from_:
                facts = {"found": f"{plan.from_} – {plan.to}"}
                yield Problem(NAME, reading.place(plan, "to"), facts=facts, account=account.id)
            for task in period.tasks.tasks:
                dates = isinstance(task.start, date) and isinstance(task.due, date)
                if dates and task.due < task.start:  # type: ignore[operator]
                    facts = {"found": f"{task.start} – {task.due}"}
                    place = reading.place(task, "due")
                    yield Problem(NAME, place, Severity.WARNING, facts, account.id)
