"""The problem brief of a team: what clients need of it, with their examples. Internal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.documents.frame import ordered
from planwerk.compose.marks import footer, house, mark
from planwerk.compose.portal import labels
from planwerk.compose.sections.portfolio import helping
from planwerk.compose.sections.portfolio.overall import Overall, overall
from planwerk.loop.teams import NOBODY, Routed
from planwerk.memory import Memory
from planwerk.model.portfolio import Portfolio
from planwerk.model.types import suggest_id
from planwerk.words import Words

KINDS = ("problem", "help", "wish")


def briefs(
    portfolio: Portfolio, words: Words, memory: Memory | None = None
) -> tuple[b.Document, ...]:
    """One brief for each team that somebody waits for."""
    seen = overall(portfolio, words, memory)
    found = helping.open_ones(seen)
    teams = dict.fromkeys(one.team for one in found if one.team != NOBODY)
    return tuple(_brief(seen, team, [one for one in found if one.team == team]) for team in teams)


def _brief(seen: Overall, team: str, found: Sequence[Routed]) -> b.Document:
    words, portfolio, name = seen.words, seen.portfolio, helping.team_name(seen, team)
    kind = words("document.brief")
    accounts = len({one.found.account for one in found})
    facts = (
        (words("brief.team"), name, ""),
        (words("brief.accounts"), seen.number(accounts), ""),
        (words("document.as_of"), formats.long_day(seen.today, words.language), ""),
    )
    chapters = []
    asked = portfolio.workspace.documents.brief
    for part in ordered(asked, {kind: kind for kind in KINDS}):
        own = [one for one in found if one.found.kind == part]
        if own:
            chapters.append(b.Chapter(words(f"brief.{part}"), "", tuple(_said(seen, own))))
    title = f"{kind}: {name}"
    return b.Document(
        name=suggest_id(title),
        title=title,
        subtitle=helping.counts(seen, found),
        language=words.language,
        chapters=tuple(chapters),
        facts=facts,
        header=title,
        footer=footer(portfolio, portfolio.commit, words),
        author=house(portfolio, words),
        as_of=portfolio.as_of,
        labels={**labels(words), "title": title},
        mark=mark(portfolio, portfolio.draft, words),
        form="sheet",
    )


def _said(seen: Overall, found: Sequence[Routed]) -> Iterator[b.Block]:
    """Each with its account, who answers for it there, the day, and all its examples."""
    for one in found:
        who = seen.phrases.whose(one.found)
        _, when = seen.phrases.when(one.found)
        told = [seen.name(one.found.account), who, seen.day(one.found.day)]
        told += [when] if one.found.kind != "wish" else []
        yield b.Heading(b.text(seen.phrases.what(one.found)))
        yield b.Paragraph(b.text(" · ".join(part for part in told if part)), "note")
        if one.examples:
            items = tuple((b.Paragraph(b.text(seen.phrases.example(e))),) for e in one.examples)
            yield b.Bullets(items)
