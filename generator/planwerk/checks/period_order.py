"""A period ends before it begins, or a day lies outside what it belongs to.

Everything that is measured in a period is cut off at its days. The end must come after the
beginning, of a period as of a task.

Wrong:
    2026-h2/plan.md
    from: 2026-12-31
    to: 2026-07-01

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "period-order"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Periods and tasks whose end comes before their beginning."""
    for period in account.periods:
        plan = period.plan
        if plan.to <= plan.from_:
            yield found(plan, "to", found=f"{plan.from_} – {plan.to}")
        for task in period.tasks.tasks:
            start, due = task.start, task.due_day
            if isinstance(start, date) and isinstance(due, date) and due < start:
                yield found(task, "due", found=f"{start} – {due}")
