"""The pages over all accounts: one topic, one file. Internal, always."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk.compose.sections.portfolio import (
    behind,
    caring,
    catalogue,
    figures,
    first,
    gaping,
    healthy,
    helping,
    listed,
    quarters,
    renewing,
    signals,
    spaces,
    todo,
    unknowing,
)
from planwerk.compose.sections.portfolio.overall import overall
from planwerk.memory import Memory
from planwerk.model.portfolio import Portfolio
from planwerk.words import Words


def pages(
    portfolio: Portfolio,
    words: Words,
    downloads: tuple[b.Link, ...] = (),
    memory: Memory | None = None,
) -> tuple[b.Page, ...]:
    """The first page, then those of accounts, KPIs, white space, teams and our way of working."""
    seen = overall(portfolio, words, memory)
    return (
        first.page(seen),
        listed.page(seen),
        healthy.page(seen),
        behind.page(seen),
        todo.page(seen),
        renewing.page(seen),
        *figures.pages(seen),
        quarters.page(seen),
        catalogue.page(seen),
        spaces.page(seen),
        helping.page(seen, downloads),
        gaping.page(seen),
        unknowing.page(seen),
        caring.page(seen),
        signals.page(seen),
    )
