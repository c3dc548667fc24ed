"""A goal has fewer than two tasks.

One task is rarely the way to a goal; none never is. Runs by name: `planwerk check --rule
goal-with-one-task`, or under `method.rules` in workspace.yml.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: loyalty
        title: Weiterempfehlung auf 40 heben
        owner: brandt
        kpis:
          - nps
    kpis:
      - kpi: nps
        target: 40

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: loyalty
        title: Weiterempfehlung auf 40 heben
        owner: brandt
        kpis:
          - nps
    kpis:
      - kpi: nps
        target: 40

    2026-h2/tasks.md
    tasks:
      - id: ask
        title: Nach dem Grund fragen
        goal: loyalty
        accountable: brandt
        due: 2026-12-01
      - id: answer
        title: Den häufigsten Grund abstellen
        goal: loyalty
        accountable: brandt
        due: 2026-12-15
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "goal-with-one-task"
SEVERITY = WARNING
TIER = Tier.BY_NAME


AT_LEAST = 2


def check(house: House, account: Account) -> Iterator[Finding]:
    """Goals with hardly anything to do for them; those with goals below them are left out."""
    for period in account.periods:
        above = {goal.parent for goal in period.plan.goals}
        for goal in period.plan.goals:
            count = sum(task.goal == goal.id for task in period.tasks.tasks)
            if count < AT_LEAST and goal.id not in above:
                yield found(goal, "id", found=goal.title, count=count)
