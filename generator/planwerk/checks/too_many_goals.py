"""A plan has more than five goals of the first level.

What is everything is nothing: three to five goals are what two sides remember. Put related
ones below a common one (`parent`). Runs by name: `planwerk check --rule too-many-goals`, or
under `method.rules` in workspace.yml.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: one
        title: Eins
        kind: relationship
        owner: brandt
      - id: two
        title: Zwei
        kind: relationship
        owner: brandt
      - id: three
        title: Drei
        kind: relationship
        owner: brandt
      - id: four
        title: Vier
        kind: relationship
        owner: brandt
      - id: five
        title: Fünf
        kind: relationship
        owner: brandt
      - id: six
        title: Sechs
        kind: relationship
        owner: brandt

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    goals:
      - id: one
        title: Eins
        kind: relationship
        owner: brandt
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "too-many-goals"
SEVERITY = WARNING
TIER = Tier.BY_NAME


LIMIT = 5


def check(house: House, account: Account) -> Iterator[Finding]:
    """Plans with too many goals to remember."""
    for period in account.periods:
        count = sum(goal.parent is None for goal in period.plan.goals)
        if count > LIMIT:
            yield found(period.plan, "goals", count=count, limit=LIMIT)
