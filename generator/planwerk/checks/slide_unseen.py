"""A slide or title of the plan's own stands in decks for the client alone, and is not shared.

Kickoff and review are made for the client, so nobody would ever see it. Share it, or name a deck
that we have too: the debrief, or the account plan.

Wrong:
    2026-h2/slides.md
    slides:
      - id: rollout
        title: Vier Niederlassungen in acht Wochen
        decks:
          - review
        text: Den Anfang macht Hamburg.

Right:
    2026-h2/slides.md
    slides:
      - id: rollout
        title: Vier Niederlassungen in acht Wochen
        decks:
          - review
        text: Den Anfang macht Hamburg.
        share: client
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.walk import CLIENT

NAME = "slide-unseen"
SEVERITY = WARNING
TIER = Tier.ALWAYS

FOR_CLIENTS = frozenset({"kickoff", "review"})
"""Decks that have no edition of ours."""


def check(house: House, account: Account) -> Iterator[Finding]:
    """What stands only where it must not be shown."""
    for period in account.periods:
        for title in period.slides.titles:
            if title.deck in FOR_CLIENTS and not title.visible_to(CLIENT):
                yield found(title, "title", found=title.title)
        for slide in period.slides.slides:
            only = slide.decks and FOR_CLIENTS.issuperset(slide.decks)
            if only and not slide.visible_to(CLIENT):
                yield found(slide, "title", found=slide.title)
