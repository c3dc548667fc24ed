"""What we do not know yet, with who finds it out. Unknowns are data, not embarrassments."""

from __future__ import annotations

from collections.abc import Iterator

from planwerk import blocks as b
from planwerk.compose.view import View
from planwerk.model.record import Record
from planwerk.model.types import OPEN


def found(view: View) -> Iterator[tuple[str, str]]:
    """What is unknown and who answers for it: a thing and a name."""
    owner = "" if view.profile.owner is OPEN else view.name(view.profile.owner)
    yield from ((words, owner) for words in _fields(view, view.profile, ""))
    for year in view.profile.financials:
        yield from (
            (words, owner)
            for words in _fields(view, year, "" if year.year is OPEN else view.text(year.year))
        )
    for department in view.account.departments:
        yield from ((words, owner) for words in _fields(view, department, department.name))
    for person in view.account.stakeholders:
        about = view.text(person.title) if person.name is OPEN else view.text(person.name)
        yield from ((words, owner) for words in _fields(view, person, about))
    if view.period:
        for kpi in view.period.plan.kpis:
            who = owner if kpi.owner is OPEN else view.name(kpi.owner) or owner
            yield from ((words, who) for words in _fields(view, kpi, view.kpi_name(kpi.kpi)))


def _fields(view: View, record: Record, about: str) -> Iterator[str]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if value is OPEN or value in ("offen", "open"):
            key = f"field.{name}"
            what = view.say(key) if view.say.has(key) else name
            yield f"{what}: {about}" if about else what


def listing(view: View, limit: int = 99) -> b.DatedList:
    """The unknowns as a list."""
    status = b.Status("open", view.open)
    items = tuple(b.Dated("", what, who, status) for what, who in found(view))
    shown = items[:limit]
    if len(items) > limit:
        rest = view.say("unknowns.more", count=len(items) - limit)
        shown = (*shown, b.Dated("", rest))
    return b.DatedList(shown, view.say("unknowns.label"), view.say("unknowns.none"))


def chapter(view: View) -> b.Chapter | None:
    """The unknowns as a chapter of the internal plan."""
    if not view.internal:
        return None
    listed = listing(view)
    if not listed.items:
        return None
    count = len(listed.items)
    lead = view.sentence(view.say("unknowns.lead", count=count, number=view.in_words(count)))
    return b.Chapter(view.say("unknowns.label"), lead, (listed,))
