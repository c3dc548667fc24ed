"""Portals: one site an account and audience, and one for the portfolio."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.feedback import Ways, invited, ways_of
from planwerk.compose.marks import footer, house, mark
from planwerk.compose.pages import pages_for, shipped_page
from planwerk.compose.sections import (
    competition,
    figures,
    goals,
    history,
    interview,
    journey,
    lately,
    meetings,
    overview,
    portfolio,
    profile,
    reviews,
    risks,
    stakeholders,
    strategy_map,
    tasks,
    white_space,
)
from planwerk.compose.view import View
from planwerk.memory import Memory
from planwerk.model.portfolio import Portfolio
from planwerk.model.workspace import say
from planwerk.words import Words, load_words

SECTIONS = (
    goals, figures, tasks, risks, profile, strategy_map, stakeholders, interview, journey, white_space,
    competition, meetings, reviews, history,
)  # fmt: skip
"""The pages after the overview, in the order of the tabs."""
TEAM = ("finding", "checking", "past")
"""What only the team reads: how to find one's way, how plans are written and checked."""


def account_site(view: View, downloads: tuple[b.Link, ...] = ()) -> b.Site:
    """The portal of one account as the view's reader sees it."""
    pages = [overview.page(view, downloads)]
    pages += [page for section in SECTIONS if (page := section.page(view))]
    pages = [replace(page, changed=lately.last_change(view, page.name)) for page in pages]
    ways = ways_of(view.portfolio, view.say, view.account)
    pages += pages_for(view.portfolio, view.say, ways)
    return b.Site(
        name=view.client,
        language=view.language,
        internal=view.internal,
        pages=tuple(invited(page, ways, view.say) for page in pages),
        footer=footer(view.portfolio, view.account.commit, view.say),
        labels=labels(view.say),
        home="../../index.html" if view.internal else "",
        home_name=view.say("page.portfolio") if view.internal else "",
        mark=mark(view.portfolio, view.account.draft, view.say),
        **(_card(view) if view.internal else {}),
    )


def _card(view: View) -> dict[str, Any]:
    """By what our portal finds an account."""
    industry = view.portfolio.industries.get(view.profile.industry)
    name = say(industry.name, view.language) if industry else ""
    return {"account": view.account.id, "aliases": view.profile.aliases, "industry": name}


def portfolio_site(seen: Portfolio, words: Words, downloads: tuple[b.Link, ...] = ()) -> b.Site:
    """The portal over all accounts, for us alone."""
    return with_reference(*of_plans(seen, words, downloads))


def of_plans(
    seen: Portfolio,
    words: Words,
    downloads: tuple[b.Link, ...] = (),
    memory: Memory | None = None,
) -> tuple[b.Site, Ways]:
    """What of the portal over all accounts hangs on the plans, and how its readers reach us;
    `memory` keeps what is known of each account."""
    ways = ways_of(seen, words)
    day = formats.long_day(seen.changed, words.language) if seen.changed else ""
    changed = words("lately.plans_changed", day=day) if day else ""
    told = portfolio.pages(seen, words, downloads, memory)
    pages = (*(replace(page, changed=changed) for page in told), *team_pages(seen, words, ways))
    site = b.Site(
        name=house(seen, words),
        language=words.language,
        internal=True,
        pages=tuple(invited(page, ways, words) for page in pages),
        footer=footer(seen, seen.commit, words),
        labels=labels(words),
        mark=mark(seen, seen.draft, words),
    )
    return site, ways


def team_pages(seen: Portfolio, say: Words, ways: Ways) -> tuple[b.Page, ...]:
    """The hand-written pages, and in the tab of the help what only those who write plans need."""
    first, *others = pages_for(seen, say, ways)
    written = (shipped_page(name, say.language) for name in TEAM)
    return (*(replace(page, group=first.tab) for page in (first, *written)), *others)


def with_reference(site: b.Site, ways: Ways) -> b.Site:
    """The site with those pages of the help that are the same in every house."""
    words = load_words(site.language)
    at = next(i for i, page in enumerate(site.pages, start=1) if page.name == TEAM[-1])
    group = site.pages[at - 1].group
    made = (replace(page, group=group) for page in reference_pages(site.language))
    more = (invited(page, ways, words) for page in made)
    return replace(site, pages=(*site.pages[:at], *more, *site.pages[at:]))


@lru_cache(maxsize=2)
def reference_pages(language: str) -> tuple[b.Page, ...]:
    """Every kind of picture, the format, the rules: the same in every house."""
    from planwerk.compose import pictures, reference, rules  # no other site needs them

    return pictures.page(language), reference.format_page(language), rules.page(language)


def labels(words: Words) -> dict[str, str]:
    """The words that renderers need of their own."""
    return dict(words.group("portal"))
