"""What every deck has: title slide, agenda, footer, file name, and notes for who speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planwerk import blocks as b
from planwerk.compose.decks.notes import notes
from planwerk.compose.decks.own import with_own
from planwerk.compose.documents.frame import file_name
from planwerk.compose.marks import house, mark
from planwerk.compose.portal import labels
from planwerk.compose.view import View, side_of
from planwerk.model.outputs import DeckName

Made = Callable[[View], Iterable[b.Slide]]
"""Makes the slides of one section of a deck; none where there is nothing to show."""
TOPICS = 8
"""How many topics an agenda names: those of a meeting of an hour and a half."""


def told(view: View, key: str, count: int, **facts: str) -> str:
    """A title that counts: the words of `key` for so many, from its first letter."""
    said = view.say(key, count=count, number=view.in_words(count), **facts)
    return view.sentence(said)


def beside(parts: Sequence[b.Block], weights: Sequence[int] = ()) -> b.Block:
    """Parts side by side, as wide as their weights; one alone takes the whole slide."""
    if len(parts) == 1:
        return parts[0]
    return b.Beside(tuple((part,) for part in parts), tuple(weights) or (1,) * len(parts))


def slides(view: View, name: DeckName, parts: Mapping[str, Made]) -> list[b.Slide]:
    """The slides of the sections that the house asks for, else of all of `parts` in our order, with
    those of the plan's own."""
    asked: Sequence[str] = getattr(view.portfolio.workspace.decks, name)
    made = {part: [*parts[part](view)] for part in (asked or parts) if part in parts}
    return with_own(view, name, made)


def with_agenda(view: View, there: Iterable[str], body: Sequence[b.Slide]) -> list[b.Slide]:
    """The slides behind one that names their topics and who takes part."""
    topics: dict[str, str] = {}
    for slide in body:
        topics.setdefault(slide.kicker.partition(" · ")[0], slide.title)
    if len(topics) < 2:
        return list(body)
    rows = tuple(
        b.Row((b.Cell(b.text(str(number)), strong=True), b.Cell(b.text(topic), note=finding)))
        for number, (topic, finding) in enumerate([*topics.items()][:TOPICS], start=1)
    )
    columns = (b.Column(view.say("deck.number")), b.Column(view.say("deck.topic"), wide=True))
    table = b.Table(columns, rows, view.say("deck.agenda"))
    people = _people(view, there)
    decisions = next((s.body for s in body if isinstance(s.body, b.Decisions)), None)
    count = len(decisions.items) if decisions else 0
    shown: b.Block = b.Beside(((table,), people), (7, 5)) if people else table
    title = told(view, "deck.agenda_title", count)
    return [b.Slide(view.say("deck.agenda"), title, shown, origin=view.origin("plan")), *body]


def _people(view: View, there: Iterable[str]) -> tuple[b.Section, ...]:
    """Who takes part, side by side in the order of the sides."""
    found: dict[str, list[b.Person]] = {}
    for name in there:
        if someone := view.person(name):
            found.setdefault(view.side_name(side_of(name)), []).append(someone)
    return tuple(b.Section(side, (_names(people, side),)) for side, people in found.items())


def _names(people: Sequence[b.Person], side: str) -> b.Table:
    rows = tuple(b.Row((b.Cell(person=p), b.Cell(b.text(p.detail)))) for p in people)
    return b.Table((b.Column(""), b.Column("", wide=True)), rows, side)


def deck(
    view: View,
    kind: str,
    made: Sequence[b.Slide],
    when: date | None = None,
    there: Sequence[str] = (),
) -> b.Deck | None:
    """A deck of these slides, of a meeting on that day with those who are named; None without any
    slide. Only we get notes of what the slides are taken from: that is in the plans; clients get those
    that the plan releases."""
    if not made:
        return None
    us = house(view.portfolio, view.say)
    day = view.long_day(when) or view.long_day(view.today)
    facts = [(view.say("deck.date"), day), (view.say("deck.client"), view.client)]
    facts.append((view.say("deck.us"), us))
    if names := [name for one in there if (name := view.name(one))]:
        facts.append((view.say("deck.attendees"), ", ".join(names)))
    said = tuple(replace(s, notes=notes(view, s)) for s in made) if view.internal else tuple(made)
    return b.Deck(
        name=file_name(kind, view),
        title=kind,
        subtitle=view.period_name(),
        language=view.language,
        slides=said,
        facts=tuple(facts),
        footer=view.say("deck.footer", organisation=us, kind=kind, client=view.client, day=day),
        author=us,
        as_of=view.today,
        labels=labels(view.say),
        mark=mark(view.portfolio, view.account.draft, view.say),
    )
