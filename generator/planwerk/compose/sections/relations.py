"""How we stand with the client's people: who knows whom, the last contact, the next step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from planwerk import blocks as b
from planwerk.compose.view import View, due_key
from planwerk.model.account import Relationship, Stakeholder
from planwerk.model.log import column
from planwerk.model.plan import Task
from planwerk.model.types import OPEN

LEVELS = {"none": 0, "vendor": 1, "credible_source": 2, "problem_solver": 3, "trusted_advisor": 4}
"""Relationships in steps, as the bars show them."""
DISPOSITIONS: dict[str, b.Level] = {
    "-2": "bad", "-1": "bad", "0": "neutral", "1": "good", "2": "good",
}  # fmt: skip
STRONG = 4
"""From this influence on somebody is to be won or involved."""


def influence(person: Stakeholder) -> int | None:
    """Influence from 1 to 5; None where it is not known."""
    return int(person.influence) if person.influence in ("1", "2", "3", "4", "5") else None


def standing(person: Stakeholder) -> int | None:
    """Disposition from -2 to 2; None where it is not known."""
    return int(person.disposition) if person.disposition in DISPOSITIONS else None


def disposition(view: View, person: Stakeholder) -> b.Status:
    """How somebody stands to us; the triangle is never used for it."""
    key = person.disposition or "open"
    if key not in DISPOSITIONS:
        return b.Status("open", view.open)
    return b.Status(DISPOSITIONS[key], view.say(f"disposition.{key.replace('-', 'minus_')}"))


def legend(view: View) -> tuple[b.Status, ...]:
    """What the shapes of dispositions mean."""
    words = (("good", "1"), ("neutral", "0"), ("bad", "minus_1"))
    known = tuple(b.Status(level, view.say(f"disposition.{key}")) for level, key in words)  # type: ignore[arg-type]
    return (*known, b.Status("open", view.open))


def best(person: Stakeholder) -> Relationship | None:
    """The closest relationship of one of us; of equal ones the one named first."""
    return max(person.relationships, key=lambda r: LEVELS.get(r.level, -1), default=None)


def knows(view: View, relationship: Relationship | None) -> b.Knows:
    """A relationship as bars and words; without one, that nobody of us knows them."""
    if relationship is None:
        return b.Knows(0, None, view.say("stakeholders.nobody"), view.say("relationship.none"))
    level = LEVELS.get(relationship.level)
    today = view.say(f"relationship.{relationship.level}") if level is not None else view.open
    target = relationship.target
    wanted = f"{today} → {view.say(f'relationship.{target}')}" if target and target != relationship.level else today  # fmt: skip
    return b.Knows(level, LEVELS.get(target or ""), wanted, today)


def name(view: View, person: Stakeholder) -> str:
    """Somebody's name, or that it is not known."""
    return view.say("stakeholders.nameless") if person.name is OPEN else view.text(person.name)


def last_name(view: View, person: Stakeholder) -> str:
    """What stands at a mark: the last name; of somebody without a name the title."""
    if person.name is OPEN:
        return view.text(view.called(person))
    return view.text(person.name).split()[-1] if view.text(person.name) else view.open


def last_contacts(view: View) -> dict[str, date]:
    """The last day on which each of the client's people had to do with us, by id."""
    log = view.account.interactions
    found: dict[str, date] = {}
    pairs = list(zip(column(log, "with_"), column(log, "date"), strict=True))
    pairs += [(who, meeting.on) for meeting in view.account.meetings for who in meeting.attendees]
    for who, day in pairs:
        if isinstance(who, str) and isinstance(day, date) and day <= view.today:
            key = who.removeprefix("client:")
            found[key] = max(day, found.get(key, day))
    return found


def next_task(view: View, people: Collection[str]) -> Task | None:
    """The open task that comes next with one of these people (ids): theirs, or one they are asked
    about; else one they hear of."""
    ids = {f"client:{person}" for person in people}
    tasks = view.period.tasks.tasks if view.period else ()
    open_ = sorted((t for t in tasks if not isinstance(t.done_on, date)), key=due_key)
    with_them = (t for t in open_ if t.accountable in ids or ids & {*t.consulted})
    return next(with_them, next((t for t in open_ if ids & {*t.informed}), None))


def by_when(view: View, task: Task) -> str:
    """Until when, and who is accountable."""
    day = view.day(task.due_day)
    words = view.say("word.by_day", day=day) if isinstance(task.due_day, date) else day
    return ", ".join(part for part in (words, view.name(task.accountable)) if part)
