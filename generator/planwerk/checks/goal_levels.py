"""Goals hang below one another in more than three levels, or in a circle.

Goal, sub-goal, step: what is deeper than three levels is a task. A goal that is above itself
belongs nowhere.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: loyalty
        title: Weiterempfehlung auf 40 heben
        parent: loyalty
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
      - id: loyalty-north
        title: Im Norden zuerst
        parent: loyalty
        owner: brandt
        kpis:
          - nps
    kpis:
      - kpi: nps
        target: 40
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "goal-levels"
SEVERITY = ERROR
TIER = Tier.ALWAYS


LEVELS = 3


def check(house: House, account: Account) -> Iterator[Finding]:
    """Goals deeper than three levels, or above themselves."""
    for period in account.periods:
        above = {goal.id: goal.parent for goal in period.plan.goals}
        for goal in period.plan.goals:
            level, at = 1, goal.parent
            while at is not None and level <= LEVELS:
                level, at = level + 1, above.get(at)
            if level > LEVELS:
                yield found(goal, "parent", found=goal.id, limit=LEVELS)
