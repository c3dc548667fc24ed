"""The client's people in pictures: organisation chart, influence and disposition, coverage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planwerk import blocks as b
from planwerk.compose.sections.relations import (
    disposition,
    influence,
    knows,
    last_contacts,
    last_name,
    legend,
    name,
    standing,
)
from planwerk.compose.view import View
from planwerk.model.account import Stakeholder
from planwerk.model.method import demands_on
from planwerk.model.types import OPEN

WIDE = 12
"""More people than this take the whole width of the page."""


def _people(view: View) -> tuple[Stakeholder, ...]:
    return view.account.stakeholders


def org_chart(view: View) -> b.OrgChart:
    """Everybody with who they report to, whom they influence, with whom they are in conflict."""
    people = _people(view)
    places = {f"client:{person.id}": i for i, person in enumerate(people)}
    cards = tuple(
        b.OrgPerson(
            name(view, person), view.text(person.title), disposition(view, person),
            influence(person), places.get(str(person.reports_to)), person.name is OPEN,
            _told(view, person), view.source(person),
        )
        for person in people
    )  # fmt: skip
    links = _links(view, people, places)
    about = view.say("stakeholders.org_about", count=len(people), number=view.in_words(len(people)))
    said = [f"{cards[x.source].name} {x.word} {cards[x.target].name}" for x in links if x.kind == "influences"]  # fmt: skip
    about = view.sentence("; ".join((about, *said[:3])))
    return b.OrgChart(cards, links, view.say("stakeholders.org"), f"{about}.", legend(view), len(people) > WIDE)  # fmt: skip


def _links(
    view: View, people: tuple[Stakeholder, ...], places: Mapping[str, int]
) -> tuple[b.OrgLink, ...]:
    """Influence of the strongest first, then conflicts, each pair once."""
    order = sorted(range(len(people)), key=lambda i: (-(influence(people[i]) or 0), i))
    word = view.say("stakeholders.influences")
    links = [
        b.OrgLink(i, places[target], "influences", word)
        for i in order
        for target in people[i].influences
        if places.get(target, i) != i
    ]
    pairs = {
        (min(i, places[other]), max(i, places[other]))
        for i, person in enumerate(people)
        for other in person.conflicts_with
        if places.get(other, i) != i
    }
    conflict = view.say("stakeholders.conflict")
    links += [b.OrgLink(a, c, "conflicts", conflict) for a, c in sorted(pairs)]
    return tuple(links)


def _told(view: View, person: Stakeholder) -> str:
    """What lines and bars say, in words."""
    parts = [disposition(view, person).word]
    if level := influence(person):
        words = view.say("stakeholders.of_five", level=level)
        parts.append(f"{view.say('stakeholders.influence')} {words}")
    both = (("influences", person.influences), ("conflict_with", person.conflicts_with))
    for key, others in both:
        if names := ", ".join(found for other in others if (found := view.name(other))):
            parts.append(f"{view.say(f'stakeholders.{key}')} {names}")
    return ", ".join(parts)


# --- influence and disposition ---------------------------------------------------------------


def grid(view: View) -> b.InfluenceGrid:
    """Everybody whose influence and disposition are known, and how they moved in this period."""
    before = _before(view)
    placed, unplaced = [], []
    for person in _people(view):
        level, stand = influence(person), standing(person)
        if level is None or stand is None:
            unplaced.append(view.text(view.called(person)))
            continue
        was = before.get(person.id)
        told = f"{view.say('stakeholders.influence')} {view.say('stakeholders.of_five', level=level)}"  # fmt: skip
        if was is not None:
            key = f"disposition.{str(was).replace('-', 'minus_')}"
            told += f", {view.say('stakeholders.before', word=view.say(key))}"
        placed.append(b.Placed(last_name(view, person), level, stand, disposition(view, person), was, name(view, person), told, view.source(person)))  # fmt: skip
    placed.sort(key=lambda p: (-p.influence, p.disposition))
    columns = tuple(view.say(f"disposition.{key}") for key in ("minus_2", "minus_1", "0", "1", "2"))
    assert len(columns) == 5
    win, involve = (view.say(f"stakeholders.{key}") for key in ("win", "involve"))
    return b.InfluenceGrid(
        tuple(placed), columns,
        (view.say("stakeholders.influence"), view.say("stakeholders.disposition")), (win, involve),
        view.say("stakeholders.grid"), _about(view, placed, (win, involve)),
        view.say("stakeholders.more_there"),
        view.say("stakeholders.unplaced", names=", ".join(unplaced)) if unplaced else "",
    )  # fmt: skip


def _about(view: View, placed: list[b.Placed], zones: tuple[str, str]) -> str:
    strong = [p for p in placed if p.influence >= 4]
    groups = (
        [p.name for p in strong if p.disposition < 0],
        [p.name for p in strong if p.disposition > 0],
    )
    said = [f"{zone}: {', '.join(names)}" for zone, names in zip(zones, groups, strict=True) if names]  # fmt: skip
    if not said:
        return view.say("stakeholders.grid_about_none")
    return view.sentence("; ".join(said)) + "."


def _before(view: View) -> dict[str, int]:
    """The dispositions with which the period began, of those that changed since."""
    if view.period is None:
        return {}
    found: dict[str, int] = {}
    for step in view.account.history:
        for told in step.told:
            change, day = told.change, told.commit.day
            if change.field != "disposition" or change.spot.topic != "stakeholders" or day is None:
                continue
            key = change.spot.path[-1]
            known = str(change.old) in ("-2", "-1", "0", "1", "2")
            if day >= view.period.plan.from_ and known:
                found.setdefault(key, int(str(change.old)))
    now = {person.id: standing(person) for person in _people(view)}
    return {key: was for key, was in found.items() if now.get(key) not in (None, was)}


# --- who knows whom --------------------------------------------------------------------------


def coverage(view: View) -> b.Coverage:
    """Everybody by influence: what they want and need, who of us knows them, the last contact."""
    people = sorted(_people(view), key=lambda p: (-(influence(p) or 0), p.id))
    count: dict[str, int] = {}
    for person in people:
        for relationship in person.relationships:
            count[relationship.with_] = count.get(relationship.with_, 0) + 1
    ours = [who for who in sorted(count, key=lambda w: (-count[w], w)) if view.name(who)]
    contacts = last_contacts(view)
    rows = tuple(_row(view, person, ours, contacts.get(person.id)) for person in people)
    heads = ("person", "wants", "needs", "disposition", "contact")
    person_, wants, needs, stands, contact = (view.say(f"stakeholders.{h}") for h in heads)
    return b.Coverage(
        rows, tuple(view.name(who) for who in ours), (person_, wants, needs, stands, contact),
        view.say("stakeholders.coverage"), view.say("stakeholders.coverage_how"),
    )  # fmt: skip


def _row(view: View, person: Stakeholder, ours: list[str], last: date | None) -> b.CoverageRow:
    known = {r.with_: r for r in person.relationships}
    return b.CoverageRow(
        name(view, person), view.text(person.title),
        _said(view, person.wants), _said(view, person.needs), disposition(view, person),
        tuple(knows(view, known[who]) if who in known else None for who in ours),
        _contact(view, last), view.origin("stakeholders", person.id, "name"),
        view.source(person),
    )  # fmt: skip


def _said(view: View, values: tuple[object, ...]) -> b.Cell:
    known = [str(value) for value in values if value is not OPEN]
    return b.Cell(b.text("; ".join(known))) if known else view.unknown()


def _contact(view: View, last: date | None) -> b.Cell:
    """How long ago; bad where it is longer than the house allows."""
    if last is None:
        return b.Cell(status=b.Status("open", view.say("stakeholders.no_contact")))
    days = (view.today - last).days
    words = view.say("stakeholders.days_ago", count=days)
    limit = demands_on(view.account, view.portfolio.workspace).contact_every
    if isinstance(limit, int) and days > limit:
        return b.Cell(status=b.Status("bad", words), note=view.day(last))
    return b.Cell(b.text(words), note=view.day(last))
