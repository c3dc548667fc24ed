"""Problems, help wanted and wishes of all clients by the team that can do something about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planwerk import blocks as b
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.loop.teams import NOBODY, Routed
from planwerk.model.workspace import say

SHOWN = 100
EXAMPLES = 3
"""Examples shown of each problem."""


def open_ones(overall: Overall) -> list[Routed]:
    """What still waits for a team."""
    return [one for one in overall.routed if one.open]


def page(overall: Overall, downloads: tuple[b.Link, ...] = ()) -> b.Page:
    """A section a team; `downloads` are their briefs."""
    found = open_ones(overall)
    teams = list(dict.fromkeys(one.team for one in found))
    blocks: list[b.Block] = []
    if len(teams) > 1:
        blocks.append(_cards(overall, found, teams))
    for team in teams:
        own = [one for one in found if one.team == team]
        name = team_name(overall, team)
        blocks.append(b.Section(name, (_table(overall, name, own, anchor(team)),), counts(overall, own), anchor=anchor(team)))  # fmt: skip
    answered = sum(not one.open for one in overall.routed)
    if answered:
        words = overall.say("teams.answered", count=answered)
        blocks.append(b.Paragraph(b.text(words), "note"))
    if downloads:
        label = overall.words("overview.downloads")
        blocks.append(b.Section(label, (b.Links(downloads, label),), quiet=True))
    if not found:
        blocks.insert(0, b.Empty(overall.say("teams.none")))
    return overall.page("problems", title(overall), blocks, "problems")


def title(overall: Overall) -> str:
    """How much waits, and for which team most of it does."""
    found = open_ones(overall)
    if not found:
        return overall.say("teams.title_none")
    routed = Counter(one.team for one in found if one.team != NOBODY)
    first = overall.say("teams.title", count=len(found))
    if not routed:
        return first + overall.say("teams.title_nobody")
    team, most = min(routed.items(), key=lambda item: (-item[1], item[0]))
    return first + overall.say("teams.title_most", count=most, team=team_name(overall, team))


def team_name(overall: Overall, team: str) -> str:
    """What a team is called."""
    found = overall.portfolio.teams.get(team)
    return say(found.name, overall.language) if found else team or overall.words("loop.no_team")


def anchor(team: str) -> str:
    """The place of a team on the page."""
    return f"team-{team}" if team else "team"


def _cards(overall: Overall, found: Sequence[Routed], teams: Sequence[str]) -> b.Cards:
    items = []
    for team in teams:
        own = [one for one in found if one.team == team]
        late = sum((one.found.late or 0) > 0 for one in own)
        status = b.Status("bad", overall.say("teams.late", count=late)) if late else b.Status("plan", overall.say("teams.in_time"))  # fmt: skip
        items.append(b.Card(team_name(overall, team), overall.number(len(own)), status, link=f"#page:problems/{anchor(team)}"))  # fmt: skip
    return b.Cards(tuple(items), overall.say("tab.problems"))


def counts(overall: Overall, own: Sequence[Routed]) -> str:
    """How many problems, requests and wishes."""
    kinds = Counter(one.found.kind for one in own)
    return ", ".join(overall.say(f"teams.kind.{kind}", count=kinds[kind]) for kind in ("problem", "help", "wish") if kinds[kind])  # fmt: skip


def _table(overall: Overall, label: str, found: Sequence[Routed], tools: str) -> b.Table:
    """What it is with its examples below, whose account, since or until when, how late."""
    rows = [
        b.Row((
            b.Cell(b.text(overall.phrases.what(one.found)), note=_examples(overall, one)),
            b.Cell(b.text(overall.phrases.kind(one.found))),
            overall.account_cell(one.found.account),
            overall.whose_cell(one.found),
            overall.day_cell(one.found.day),
            _when(overall, one),
        ), sources=overall.sources(one.found))
        for one in found[:SHOWN]
    ]  # fmt: skip
    heads = ("what", "kind", "account", "who", "day", "when")
    return overall.table(
        label, heads, rows, wide=("what",), note=overall.rest(SHOWN, len(found)), tools=tools
    )


def _when(overall: Overall, one: Routed) -> b.Cell:
    """How late an answer is; a wish has the day on which it was said, and none to be late by."""
    if one.found.kind == "wish":
        return b.Cell(status=b.Status("neutral", overall.say("teams.wished")))
    return overall.when_cell(one.found)


def _examples(overall: Overall, one: Routed) -> str:
    shown = [overall.phrases.example(example) for example in one.examples[:EXAMPLES]]
    rest = len(one.examples) - EXAMPLES
    words = " · ".join(shown)
    return overall.say("and_more", names=words, count=rest) if rest > 0 else words
