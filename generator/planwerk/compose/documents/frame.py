"""What every Word document has: its title, the facts under it, header, footer, file name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from planwerk import blocks as b
from planwerk.compose.marks import footer, house, mark
from planwerk.compose.portal import labels
from planwerk.compose.view import View
from planwerk.model.types import suggest_id

T = TypeVar("T")


def ordered(asked: Sequence[str], parts: Mapping[str, T]) -> Iterator[T]:
    """The parts that the house asks for, in its order; all of them in ours where it asks for none."""
    return (parts[name] for name in (asked or parts) if name in parts)


def book(view: View, kind: str, chapters: tuple[b.Chapter, ...]) -> b.Document:
    """A document with cover and contents about an account."""
    facts = [(view.say("document.client"), view.client, _since(view))]
    if owner := _owner(view):
        facts.append((view.say("document.responsible"), owner.name, owner.detail))
    facts.append((view.say("document.as_of"), view.long_day(view.today), _agreed(view)))
    period = view.period_name() if view.period else view.say("document.begun")
    return _document(view, kind, period, chapters, tuple(facts), form="book")


def sheet(
    view: View, kind: str, chapters: tuple[b.Chapter, ...], facts: tuple[tuple[str, str], ...] = ()
) -> b.Document:
    """A short document: title, facts (label, value; "" to fill in by hand), chapters."""
    client = (view.say("document.client"), view.client, "")
    told = (client, *((label, value, "") for label, value in facts))
    return _document(view, kind, view.period_name(), chapters, told, form="sheet")


def page(view: View, kind: str, chapter: b.Chapter) -> b.Document:
    """A document of one landscape page: one chapter of cards and columns."""
    about = (view.period_name(), _since(view), view.name(view.profile.owner))
    told = ", ".join(word for word in about if word)
    return _document(view, kind, told, (chapter,), (), form="page")


def _document(
    view: View,
    kind: str,
    subtitle: str,
    chapters: tuple[b.Chapter, ...],
    facts: tuple[tuple[str, str, str], ...],
    form: b.Form,
) -> b.Document:
    return b.Document(
        name=file_name(kind, view),
        title=kind if form == "sheet" else f"{kind}\n{view.client}",
        subtitle=subtitle,
        language=view.language,
        chapters=chapters,
        facts=facts,
        header=f"{kind} · {view.client}",
        footer=footer(view.portfolio, view.account.commit, view.say),
        author=house(view.portfolio, view.say),
        as_of=view.today,
        labels={**labels(view.say), "title": f"{kind} {view.client}"},
        mark=mark(view.portfolio, view.account.draft, view.say),
        form=form,
    )


def _owner(view: View) -> b.Person | None:
    if view.internal:
        return view.person(view.profile.owner)
    owners = [goal.owner for goal in view.period.plan.goals] if view.period else []
    return view.person(owners[0]) if owners else None


def _since(view: View) -> str:
    since = view.profile.customer_since
    if not isinstance(since, date):
        return ""
    return view.say("profile.since", day=str(since.year))


def _agreed(view: View) -> str:
    agreed = view.period.plan.agreed_on if view.period else None
    return (
        view.say("document.agreed", day=view.long_day(agreed)) if isinstance(agreed, date) else ""
    )


def file_name(kind: str, view: View) -> str:
    """The file's name without its ending: kind and period, plain letters only."""
    period = f"-{view.period.id}" if view.period else ""
    return suggest_id(kind) + period
