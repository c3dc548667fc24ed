"""Word documents: which chapters, in which order, with which cover."""

from __future__ import annotations

from datetime import date

from planwerk import blocks as b
from planwerk.compose.marks import footer, house, mark
from planwerk.compose.portal import labels
from planwerk.compose.sections import (
    competition,
    goals,
    history,
    interview,
    journey,
    meetings,
    overview,
    profile,
    reviews,
    risks,
    since,
    stakeholders,
    tasks,
    unknowns,
    white_space,
)
from planwerk.compose.view import View

ACCOUNT_PLAN = (
    profile, interview, stakeholders, journey, white_space, competition, goals, tasks, risks,
    meetings, reviews, since, unknowns, history,
)  # fmt: skip
"""The five steps in their order: know the client, its competition, plan and run, evaluate."""
JOINT_PLAN = (goals, tasks, since)


def account_plan(view: View) -> b.Document:
    """The internal account plan: everything we know and intend."""
    chapters = [overview.summary(view)]
    chapters += [c for section in ACCOUNT_PLAN if (c := section.chapter(view))]
    return _document(view, view.say("document.account_plan"), tuple(chapters))


def joint_plan(view: View) -> b.Document:
    """What both sides agreed: vision, goals, tasks; for the client to file and sign."""
    chapters = [c for c in (profile.together(view),) if c]
    chapters += [c for section in JOINT_PLAN if (c := section.chapter(view))]
    return _document(view, view.say("document.joint_plan"), tuple(chapters))


def _document(view: View, kind: str, chapters: tuple[b.Chapter, ...]) -> b.Document:
    us = house(view.portfolio, view.say)
    name = f"{kind} {view.client}"
    facts = [(view.say("document.client"), view.client, _since(view))]
    if owner := _owner(view):
        facts.append((view.say("document.responsible"), owner.name, owner.detail))
    facts.append((view.say("document.as_of"), view.long_day(view.today), _agreed(view)))
    period = view.period_name() if view.period else view.say("document.begun")
    return b.Document(
        name=file_name(kind, view),
        title=f"{kind}\n{view.client}",
        subtitle=period,
        language=view.language,
        chapters=chapters,
        facts=tuple(facts),
        header=f"{kind} · {view.client}",
        footer=footer(view.portfolio, view.account.commit, view.say),
        author=us,
        as_of=view.today,
        labels={**labels(view.say), "title": name},
        mark=mark(view.portfolio, view.account.draft, view.say),
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
    from planwerk.model.types import suggest_id

    period = f"-{view.period.id}" if view.period else ""
    return suggest_id(kind) + period
