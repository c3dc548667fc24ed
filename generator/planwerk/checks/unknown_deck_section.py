"""A slide or title of the plan's own names a section that its deck does not have.

A title would stand nowhere, and a slide somewhere else. Each deck has sections of its own, and the
house can leave some of them out (`decks` in workspace.yml); the message names those there are.

Wrong:
    2026-h2/slides.md
    titles:
      - deck: account_plan
        section: result
        title: Zwei von vier Zielen sind erreicht

Right:
    2026-h2/slides.md
    titles:
      - deck: account_plan
        section: results
        title: Zwei von vier Zielen sind erreicht
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.outputs import SECTIONS, DeckName
from planwerk.model.portfolio import Account
from planwerk.model.slides import OwnSlide, OwnTitle
from planwerk.text.nearest import nearest

NAME = "unknown-deck-section"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Sections that none of the decks of a slide or title has."""
    for period in account.periods:
        for title in period.slides.titles:
            yield from _of(house, title, "section", title.section, (title.deck,))
        for slide in period.slides.slides:
            if slide.after is not None:
                yield from _of(house, slide, "after", slide.after, slide.decks or tuple(SECTIONS))


def _of(
    house: House, record: OwnTitle | OwnSlide, key: str, name: str, decks: Collection[DeckName]
) -> Iterator[Finding]:
    asked = house.portfolio.workspace.decks
    sections = dict.fromkeys(s for d in decks for s in getattr(asked, d) or SECTIONS[d])
    if name not in sections:
        near = nearest(name, sections) or ""
        yield found(record, key, found=name, nearest=near, allowed=", ".join(sections))
