"""A slide of the plan's own is to show KPIs and something else of the plan.

One slide proves one thing: both together would be too small to read. Make two slides of it, each
with a title that says what it shows.

Wrong:
    2026-h2/slides.md
    slides:
      - id: standing
        title: Unterwegs, und diese Aufgaben bleiben
        kpis:
          - nps
        table: tasks

Right:
    2026-h2/slides.md
    slides:
      - id: standing
        title: Die Weiterempfehlung ist unterwegs
        kpis:
          - nps
      - id: left
        title: Diese Aufgaben bleiben
        table: tasks
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "slide-with-two"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Slides with KPIs and a table."""
    for period in account.periods:
        for slide in period.slides.slides:
            if slide.kpis and slide.table:
                yield found(slide, "table", found=slide.table)
