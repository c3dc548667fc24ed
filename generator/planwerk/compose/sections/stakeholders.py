"""The client's people: who decides, how they stand to us, who knows whom. Internal."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk.compose.sections import people_pictures
from planwerk.compose.sections.relations import (
    STRONG,
    best,
    by_when,
    disposition,
    influence,
    knows,
    next_task,
    standing,
)
from planwerk.compose.sections.tables import table as table_of
from planwerk.compose.view import View
from planwerk.model.account import Stakeholder
from planwerk.model.types import OPEN


def table(view: View) -> b.Table:
    """Everybody by influence, with want, disposition and relationship."""
    heads = ("person", "role", "influence", "disposition", "wants", "relationship")
    columns = tuple(
        b.Column(view.say(f"stakeholders.{head}"), wide=head == "wants") for head in heads
    )
    people = sorted(view.account.stakeholders, key=lambda p: (-(influence(p) or 0), p.id))
    rows = tuple(_row(view, person) for person in people)
    return b.Table(columns, rows, view.say("stakeholders.label"), view.say("stakeholders.caption"))


def _row(view: View, person: Stakeholder) -> b.Row:
    who = view.person(f"client:{person.id}")
    role = view.say(f"buying_role.{person.buying_role}") if person.buying_role else ""
    return b.Row(
        (
            view.sourced(b.Cell(person=who) if who else view.unknown(), person),
            b.Cell(b.text(role)) if role else b.Cell(b.text(view.open), unknown=True),
            _influence_cell(view, person),
            b.Cell(status=disposition(view, person)),
            b.Cell(b.text("; ".join(view.text(w) for w in person.wants)))
            if person.wants
            else view.unknown(),
            _relationship(view, person),
        ),
        origin=view.origin("stakeholders", person.id, "name"),
    )


def _influence_cell(view: View, person: Stakeholder) -> b.Cell:
    level = influence(person)
    return (
        b.Cell(b.text(view.say("stakeholders.of_five", level=level))) if level else view.unknown()
    )


def _relationship(view: View, person: Stakeholder) -> b.Cell:
    if not person.relationships:
        return b.Cell(b.text(view.say("stakeholders.nobody")), unknown=True)
    best = person.relationships[0]
    level = view.open if best.level in ("offen", "open") else view.say(f"relationship.{best.level}")
    note = ""
    if best.target and best.target != best.level:
        note = view.say("stakeholders.wanted", level=view.say(f"relationship.{best.target}"))
    who = view.name(best.with_)
    return b.Cell(b.text(f"{who}: {level}"), note=note)


def headline(view: View) -> str:
    """The finding: who backs us, who is against us."""
    people = view.account.stakeholders
    for_us = sum(p.disposition in ("1", "2") for p in people)
    against = [p for p in people if p.disposition in ("-1", "-2")]
    if not people:
        return view.say("stakeholders.none")
    if not against:
        return view.sentence(
            view.say("stakeholders.headline", count=for_us, number=view.in_words(for_us))
        )
    names = view.say("word.and").join(
        view.text(p.name) if p.name is not OPEN else view.text(p.title) for p in against[:2]
    )
    rest = view.say("stakeholders.left", count=len(against[:2]), names=names)
    return view.sentence(
        view.say(
            "stakeholders.headline_against", count=for_us, number=view.in_words(for_us), rest=rest
        )
    )


def to_win(view: View) -> b.Table | None:
    """Who has much to say and is not on our side: why, who of us knows them, what comes next."""
    found = [
        person
        for person in view.account.stakeholders
        if (influence(person) or 0) >= STRONG and (standing(person) or 0) <= 0
    ]
    found.sort(key=lambda p: (standing(p) is None, standing(p) or 0, -(influence(p) or 0), p.id))
    heads = ("person", "disposition", "evidence", "relationship", "next_step")
    rows = [_to_win(view, person) for person in found]
    return table_of(view, "stakeholders", heads, rows, label="to_win", wide=("evidence", "next_step"))  # fmt: skip


def _who(view: View, person: Stakeholder) -> b.Cell:
    return b.Cell(b.text(view.text(view.called(person))), note=view.text(person.title), strong=True)


def _to_win(view: View, person: Stakeholder) -> tuple[b.Cell, ...]:
    relation = best(person)
    who = view.name(relation.with_) if relation else ""
    words = knows(view, relation).word
    task = next_task(view, (person.id,))
    return (
        view.sourced(_who(view, person), person),
        b.Cell(status=disposition(view, person)),
        view.cell(person.evidence) if person.evidence else view.unknown(),
        b.Cell(b.text(f"{who}: {words}" if who else words), unknown=not who),
        b.Cell(b.text(task.title), note=by_when(view, task))
        if task
        else b.Cell(b.text(view.say("stakeholders.no_step")), unknown=True),
    )


def page(view: View) -> b.Page | None:
    """Chart and grid, who knows whom, who is to be won; for us alone."""
    if not view.internal or not view.account.stakeholders:
        return None
    chart, grid = people_pictures.org_chart(view), people_pictures.grid(view)
    moved = any(person.before is not None for person in grid.people)
    org = b.Section(chart.label, (chart,), view.say("stakeholders.org_how"))
    how = view.say("stakeholders.grid_moved" if moved else "stakeholders.grid_how")
    placed: tuple[b.Block, ...] = ()
    if grid.people:
        placed = (b.Section(grid.label, (grid,), how),)
    win = to_win(view)
    # who is to be won stands beside the grid where the chart takes the whole width
    last: tuple[b.Block, ...] = (b.Section(win.label, (win,), view.say("stakeholders.to_win_how")),) if win else ()  # fmt: skip
    blocks: list[b.Block] = []
    if chart.wide or not placed:
        blocks += [org, *([b.Beside((placed, last), (2, 3))] if placed and last else (*placed, *last))]  # fmt: skip
        last = ()
    else:
        blocks.append(b.Beside(((org,), placed), (3, 2)))
    known = people_pictures.coverage(view)
    blocks += [b.Section(known.label, (known,)), *last]
    if body := view.prose(view.account.people.body):
        source = view.source(view.account.people)
        blocks.append(b.Section(view.say("profile.inside"), body, quiet=True, source=source))
    return b.Page(
        "stakeholders",
        view.say("page.stakeholders"),
        headline(view),
        tuple(blocks),
        eyebrow=((view.say("page.client"), ""), (view.say("page.stakeholders"), "")),
        group=view.say("page.client"),
    )


def chapter(view: View) -> b.Chapter | None:
    """The people as a chapter of the internal plan."""
    if not view.internal or not view.account.stakeholders:
        return None
    return b.Chapter(view.say("page.stakeholders"), headline(view) + ".", (table(view),))
