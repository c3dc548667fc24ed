"""Slides of what only we know: the client, its people, white space, risks, signals, the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk import blocks as b
from planwerk.compose.decks.frame import beside, told
from planwerk.compose.sections import (
    competition,
    figures,
    people_pictures,
    profile,
    risks,
    stakeholders,
    strategy_map,
    unknowns,
)
from planwerk.compose.sections import white_space as space_section
from planwerk.compose.view import View
from planwerk.loop import acted, space
from planwerk.loop.earlier import cells_at
from planwerk.loop.finding import Found
from planwerk.loop.names import Names
from planwerk.model.types import OPEN
from planwerk.phrases import Phrases

UNKNOWNS = 12
SIGNALS, FIGURES = 10, 10


def profile_slides(view: View) -> Iterator[b.Slide]:
    """Facts about the client."""
    since = view.profile.customer_since
    key = "deck.profile_since" if isinstance(since, date) else "deck.profile_title"
    year = str(since.year) if isinstance(since, date) else ""
    if (found := profile.facts(view)).items:
        yield b.Slide(view.say("page.profile"), view.say(key, client=view.client, year=year), found, origin=f"{view.account.id}/profile")  # fmt: skip


def objectives(view: View) -> Iterator[b.Slide]:
    """What the client wants, and what it measures itself by."""
    wants, measures = profile.objectives(view), profile.client_kpis(view)
    parts = [b.Section(part.label, (part,)) for part in (wants, measures) if part]
    if parts:
        yield b.Slide(view.say("profile.objectives"), profile.headline(view), beside(parts, (7, 5)), origin=f"{view.account.id}/objectives")  # fmt: skip


def competitors(view: View) -> Iterator[b.Slide]:
    """With whom the client competes, and who competes with us there."""
    theirs, ours = competition.competitors(view), competition.our_competitors(view)
    if theirs:
        title = told(view, "deck.competitors_title", len(theirs.rows), client=view.client_short)
        yield b.Slide(view.say("page.competition"), title, theirs, origin=f"{view.account.id}/competitors")  # fmt: skip
    if ours:
        title = told(view, "deck.rivals_title", len(ours.rows))
        yield b.Slide(view.say("page.competition"), title, ours, origin=f"{view.account.id}/our_competitors")  # fmt: skip


def swot(view: View) -> Iterator[b.Slide]:
    """Strengths, weaknesses, opportunities, threats, each with what follows."""
    if found := competition.swot(view):
        title = told(view, "deck.swot_title", len(found.rows))
        yield b.Slide(view.say("deck.swot"), title, found, origin=f"{view.account.id}/swot")


def people(view: View) -> Iterator[b.Slide]:
    """Who reports to whom."""
    if not view.account.stakeholders:
        return
    nameless = sum(person.name is OPEN for person in view.account.stakeholders)
    title = told(view, "deck.people_title", len(view.account.stakeholders), client=view.client_short)  # fmt: skip
    if nameless:
        title += view.say("deck.people_nameless", count=nameless, number=view.in_words(nameless))
    yield b.Slide(view.say("page.stakeholders"), title, people_pictures.org_chart(view), origin=f"{view.account.id}/stakeholders")  # fmt: skip


def influence(view: View) -> Iterator[b.Slide]:
    """Influence and disposition, how they moved, and who is to be won."""
    if not view.account.stakeholders:
        return
    grid, whom = people_pictures.grid(view), stakeholders.to_win(view)
    origin = f"{view.account.id}/stakeholders"
    yield b.Slide(view.say("page.stakeholders"), stakeholders.headline(view), grid, origin=origin)
    if whom:
        title = told(view, "deck.to_win_title", len(whom.rows))
        yield b.Slide(view.say("page.stakeholders"), title, whom, origin=origin)


def map_slides(view: View) -> Iterator[b.Slide]:
    """The customer strategy map."""
    if found := strategy_map.strategy_map(view):
        yield b.Slide(view.say("page.strategy_map"), strategy_map.headline(view), found, origin=f"{view.account.id}/departments")  # fmt: skip


def white_space(view: View) -> Iterator[b.Slide]:
    """The grid with its totals, beside it what to reopen."""
    grid, again = space_section.matrix(view), space_section.reopen_list(view)
    if grid is None:
        return
    body: b.Block = b.Beside(((grid,), (b.Section(again.label, (again,)),)), (9, 3)) if again.items else grid  # fmt: skip
    unit = view.say("white_space.unit", currency=view.portfolio.workspace.currency)
    yield b.Slide(view.say("page.white_space"), space_section.headline(view), body, unit, origin=f"{view.account.id}/whitespace")  # fmt: skip


def movement(view: View) -> Iterator[b.Slide]:
    """What of the white space was found, filled and lost in the period."""
    if view.period is None or not view.account.whitespace:
        return
    begin = view.period.plan.from_
    moved = space.movement(view.account, begin, view.today, cells_at(view.account, begin))
    phrases = Phrases(view.say, Names(view.portfolio))
    kinds: tuple[tuple[str, b.Level, tuple[Found, ...]], ...] = (
        ("filled", "good", moved.filled), ("found", "chance", moved.found), ("lost", "bad", moved.lost),
    )  # fmt: skip
    rows = [
        b.Row((b.Cell(b.text(phrases.what(found))), b.Cell(status=b.Status(level, view.say(f"deck.space.{kind}")))))
        for kind, level, those in kinds
        for found in those
    ]  # fmt: skip
    if rows:
        columns = (b.Column(view.say("deck.space.cell"), wide=True), b.Column(view.say("portal.status")))  # fmt: skip
        title = view.say("deck.movement_title", filled=len(moved.filled), found=len(moved.found), lost=len(moved.lost), left=len(moved.left))  # fmt: skip
        yield b.Slide(view.say("page.white_space"), title, b.Table(columns, tuple(rows), view.say("page.white_space")), origin=f"{view.account.id}/whitespace")  # fmt: skip


def figures_slides(view: View) -> Iterator[b.Slide]:
    """The client's KPIs of the last twelve months, as many as a slide holds."""
    page = figures.page(view)
    parts = page.blocks if page else ()
    inner = (block for part in parts if isinstance(part, b.Section) for block in part.blocks)
    found = next((block for block in inner if isinstance(block, b.Table)), None)
    if found is None:
        return
    rows = [b.Row(row.cells[:2]) for row in found.rows if row.kind != "group"]
    rest = view.say("since.more", count=len(rows) - FIGURES) if len(rows) > FIGURES else ""
    table = b.Table(found.columns[:2], tuple(rows[:FIGURES]), found.label)
    yield b.Slide(view.say("deck.figures"), told(view, "deck.figures_title", len(rows)), table, source=rest, origin=f"{view.account.id}/kpis")  # fmt: skip


def signals(view: View) -> Iterator[b.Slide]:
    """What we knew, when we did something about it, and what waits."""
    alone = view.portfolio.model_copy(update={"accounts": (view.account,)})
    found = acted.acted_on(alone)
    if not found:
        return
    phrases = Phrases(view.say, Names(view.portfolio))
    waiting = sum(one.answer is None for one in found)
    heads = ("signal", "since", "answer", "days")
    columns = tuple(b.Column(view.say(f"deck.acted.{head}"), "right" if head == "days" else "left", head == "signal") for head in heads)  # fmt: skip
    rows = tuple(
        b.Row((
            b.Cell(b.text(phrases.what(one.sign))),
            b.Cell(b.text(view.day(one.sign.day))),
            b.Cell(b.text(phrases.what(one.answer))) if one.answer else b.Cell(status=b.Status("bad", view.say("deck.acted.none"))),
            b.Cell(b.text("" if one.days is None else str(one.days))),
        ))
        for one in found[:SIGNALS]
    )  # fmt: skip
    title = told(view, "deck.acted_title", waiting, whole=view.in_words(len(found)))
    rest = view.say("since.more", count=len(found) - SIGNALS) if len(found) > SIGNALS else ""
    yield b.Slide(view.say("deck.acted.label"), title, b.Table(columns, rows, view.say("deck.acted.label")), source=rest, origin=f"{view.account.id}/interview")  # fmt: skip


def risk_slides(view: View) -> Iterator[b.Slide]:
    """The open risks, drawn, and what is done against them."""
    if found := risks.matrix(view):
        listed = risks.listing(view, numbered=True)
        body: b.Block = b.Beside(((found,), (listed,)), (5, 7)) if listed else found
        yield b.Slide(view.say("page.risks"), risks.headline(view), body, origin=view.origin("risks"))  # fmt: skip
    elif listed := risks.listing(view):
        yield b.Slide(view.say("page.risks"), risks.headline(view), listed, origin=view.origin("risks"))  # fmt: skip


def open_questions(view: View) -> Iterator[b.Slide]:
    """What nobody knows yet, and who finds out."""
    count = len(tuple(unknowns.found(view)))
    if count:
        title = told(view, "deck.unknown_title", count)
        yield b.Slide(view.say("unknowns.label"), title, unknowns.listing(view, UNKNOWNS), origin=f"{view.account.id}/unknowns")  # fmt: skip


def renewal(view: View) -> Iterator[b.Slide]:
    """Until when the contract runs, and by when it can be ended."""
    ends = next(space.ends_of(view.account, view.today), None)
    if ends is None or ends.day is None:
        return
    end, contract = date.fromisoformat(ends.note), view.profile.contract
    facts = [(view.say("overview.renewal"), view.long_day(end)), (view.say("deck.notice"), view.long_day(ends.day))]  # fmt: skip
    if contract is not None and isinstance(contract.renews, bool):
        facts.append((view.say("deck.renews"), view.say(f"word.{'yes' if contract.renews else 'no'}")))  # fmt: skip
    rows = tuple((label, b.Cell(b.text(words))) for label, words in facts)
    days = (ends.day - view.today).days
    key = "deck.renewal_title" if days >= 0 else "deck.renewal_past"
    title = view.say(key, day=view.long_day(end), notice=view.long_day(ends.day), count=abs(days))
    yield b.Slide(view.say("overview.renewal"), title, b.Facts(rows), origin=f"{view.account.id}/contract")  # fmt: skip
