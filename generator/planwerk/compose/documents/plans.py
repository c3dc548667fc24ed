"""The account plan for us, the joint plan for the client: books with cover and contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planwerk import blocks as b
from planwerk.compose.documents.frame import book, ordered
from planwerk.compose.sections import (
    competition,
    contact,
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

Made = Callable[[View], b.Chapter | None]
ACCOUNT_PLAN: Mapping[str, Made] = {
    "summary": overview.summary, "profile": profile.chapter, "interview": interview.chapter,
    "stakeholders": stakeholders.chapter, "journey": journey.chapter,
    "white_space": white_space.chapter, "competition": competition.chapter,
    "goals": goals.chapter, "tasks": tasks.chapter, "risks": risks.chapter,
    "meetings": meetings.chapter, "reviews": reviews.chapter, "since": since.chapter,
    "unknowns": unknowns.chapter, "definitions": goals.definitions, "history": history.chapter,
}  # fmt: skip
"""The five steps in their order: know the client, its competition, plan and run, evaluate."""
JOINT_PLAN: Mapping[str, Made] = {
    "together": profile.together, "goals": goals.chapter, "tasks": tasks.chapter,
    "since": since.chapter, "contact": contact.chapter,
}  # fmt: skip
FURTHER: Mapping[str, Made] = {
    "profile": profile.chapter, "interview": interview.chapter, "journey": journey.chapter,
    "competition": competition.chapter, "meetings": meetings.chapter, "reviews": reviews.chapter,
}  # fmt: skip
"""What a joint plan holds only where the house asks for it, and as far as it was shared."""


def account_plan(view: View) -> b.Document:
    """The internal account plan: everything we know and intend."""
    asked = view.portfolio.workspace.documents.account_plan
    chapters = tuple(c for make in ordered(asked, ACCOUNT_PLAN) if (c := make(view)))
    return book(view, view.say("document.account_plan"), chapters)


def joint_plan(view: View) -> b.Document:
    """What both sides agreed: vision, goals, tasks; for the client to file and sign."""
    asked = view.portfolio.workspace.documents.joint_plan
    known = {**JOINT_PLAN, **FURTHER} if asked else JOINT_PLAN
    chapters = tuple(c for make in ordered(asked, known) if (c := make(view)))
    return book(view, view.say("document.joint_plan"), chapters)
