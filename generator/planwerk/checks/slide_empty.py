"""A slide of the plan's own shows nothing.

A title alone is no slide, and none is made of it. Write a text, or name KPIs of the plan, or
something of the plan under `table`.

Wrong:
    2026-h2/slides.md
    slides:
      - id: rollout
        title: Vier Niederlassungen in acht Wochen
        share: client

Right:
    2026-h2/slides.md
    slides:
      - id: rollout
        title: Vier Niederlassungen in acht Wochen
        table: course
        share: client
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "slide-empty"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Slides with neither text nor KPIs nor a table."""
    for period in account.periods:
        for slide in period.slides.slides:
            if not (slide.text or slide.kpis or slide.table):
                yield found(slide, "title", found=slide.title)
