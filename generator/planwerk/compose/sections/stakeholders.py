"""The client's people: who decides, how they stand to us, who knows whom. Internal."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk.compose.view import View
from planwerk.model.account import Stakeholder
from planwerk.model.types import OPEN


def table(view: View) -> b.Table:
    """Everybody by influence, with want, disposition and relationship."""
    heads = ("person", "role", "influence", "disposition", "wants", "relationship")
    columns = tuple(
        b.Column(view.say(f"stakeholders.{head}"), wide=head == "wants") for head in heads
    )
    people = sorted(view.account.stakeholders, key=lambda p: (-_influence(p), p.id))
    rows = tuple(_row(view, person) for person in people)
    return b.Table(columns, rows, view.say("stakeholders.label"), view.say("stakeholders.caption"))


def _row(view: View, person: Stakeholder) -> b.Row:
    who = view.person(f"client:{person.id}")
    role = view.say(f"buying_role.{person.buying_role}") if person.buying_role else ""
    return b.Row(
        (
            b.Cell(person=who) if who else view.unknown(),
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


def _influence(person: Stakeholder) -> int:
    return int(person.influence) if person.influence in ("1", "2", "3", "4", "5") else 0


def _influence_cell(view: View, person: Stakeholder) -> b.Cell:
    level = _influence(person)
    return (
        b.Cell(b.text(view.say("stakeholders.of_five", level=level))) if level else view.unknown()
    )


def disposition(view: View, person: Stakeholder) -> b.Status:
    """How somebody stands to us; the triangle is never used for it."""
    levels: dict[str, b.Level] = {
        "-2": "bad",
        "-1": "bad",
        "0": "neutral",
        "1": "good",
        "2": "good",
    }
    key = person.disposition or "open"
    if key not in levels:
        return b.Status("open", view.open)
    return b.Status(levels[key], view.say(f"disposition.{key.replace('-', 'minus_')}"))


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
    return view.sentence(
        view.say(
            "stakeholders.headline_against", count=for_us, number=view.in_words(for_us), names=names
        )
    )


def page(view: View) -> b.Page | None:
    """Everybody in one table; for us alone."""
    if not view.internal or not view.account.stakeholders:
        return None
    blocks: list[b.Block] = [b.Section(view.say("stakeholders.label"), (table(view),))]
    if body := view.prose(view.account.people.body):
        blocks.append(b.Section(view.say("profile.inside"), body, quiet=True))
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
